"""LLaMA-2-7B with a LoRA adapter of PEFT's on all linear layers, bfloat16 with a float32 adapter, layers computed again in the
backward pass, on one GPU; prints one JSON line of the median step. Arguments: 1 for torch.compile, layers, batch, length, rank, and 1 for
frozen weights of four bits by bitsandbytes."""
import json
import statistics
import sys

import torch
import torch.nn.functional as F
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM

COMPILED, LAYERS, BATCH, LENGTH, RANK, QUANTIZED = map(int, sys.argv[1:])
WARM_UP, STEPS = 4, 8

config = LlamaConfig(
    vocab_size=32000, hidden_size=4096, intermediate_size=11008, num_hidden_layers=LAYERS, num_attention_heads=32,
    num_key_value_heads=32, max_position_embeddings=LENGTH, use_cache=False, attn_implementation="sdpa")
torch.set_default_dtype(torch.bfloat16)
with torch.device("cuda"):
    model = LlamaForCausalLM(config)
torch.set_default_dtype(torch.float32)
if QUANTIZED:
    import bitsandbytes as bnb

    for name, module in list(model.named_modules()):
        if not isinstance(module, torch.nn.Linear) or name == "lm_head":
            continue
        layer = bnb.nn.Linear4bit(module.in_features, module.out_features, bias=False, compute_dtype=torch.bfloat16,
                                  compress_statistics=True, quant_type="nf4", device="meta")
        weight = module.weight.data.cpu()
        module.weight = None
        layer.weight = bnb.nn.Params4bit(weight, requires_grad=False, compress_statistics=True, quant_type="nf4").to("cuda")
        parent, _, child = name.rpartition(".")
        setattr(model.get_submodule(parent), child, layer)
    model.is_loaded_in_4bit = True
    torch.cuda.empty_cache()
    torch.cuda.reset_peak_memory_stats()
lora = LoraConfig(r=RANK, lora_alpha=2 * RANK, target_modules="all-linear", task_type="CAUSAL_LM")
model = get_peft_model(model, lora)
model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": False})
model.train()
if COMPILED:
    for layer in model.base_model.model.model.layers:
        layer.compile()
loss_of = torch.compile(F.cross_entropy) if COMPILED else F.cross_entropy
optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=1e-4, fused=True)
ids = torch.randint(0, 32000, (BATCH, LENGTH), device="cuda")
times = []
for step in range(WARM_UP + STEPS):
    begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    begin.record()
    with torch.autocast("cuda", torch.bfloat16):
        logits = model(input_ids=ids, use_cache=False).logits
    loss_of(logits[:, :-1].reshape(-1, 32000).float(), ids[:, 1:].reshape(-1)).backward()
    optimizer.step()
    optimizer.zero_grad()
    end.record()
    torch.cuda.synchronize()
    if step >= WARM_UP:
        times.append(begin.elapsed_time(end))
print(json.dumps({"ms": statistics.median(times), "peakGiB": torch.cuda.max_memory_allocated() / 2**30}))
