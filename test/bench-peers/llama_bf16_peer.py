"""LLaMA-2-7B's shape, transformers' model under torch.compile on one GPU, parameters, gradients and AdamW's moments in bfloat16, rounded to
nearest; prints one JSON line. Arguments: layers, batch, length, accumulation, steps, GiB of memory."""
import json
import sys
import time

import torch
import torch.nn.functional as F
from transformers import LlamaConfig, LlamaForCausalLM

LAYERS, BATCH, LENGTH, ACCUMULATION, STEPS, MEMORY_GIB = map(int, sys.argv[1:])
torch.cuda.set_device(0)
torch.cuda.set_per_process_memory_fraction(min(1.0, MEMORY_GIB * 2**30 / torch.cuda.get_device_properties(0).total_memory))
config = LlamaConfig(
    vocab_size=32000, hidden_size=4096, intermediate_size=11008, num_hidden_layers=LAYERS, num_attention_heads=32,
    num_key_value_heads=32, max_position_embeddings=LENGTH, use_cache=False, attn_implementation="sdpa")
torch.set_default_dtype(torch.bfloat16)
with torch.device("cuda"):
    model = LlamaForCausalLM(config)
for module in model.modules():
    if hasattr(module, "inv_freq"):
        module.inv_freq = (1 / 10000 ** (torch.arange(0, 128, 2, dtype=torch.float32) / 128)).cuda()
for layer in model.model.layers:
    layer.compile()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, fused=True)
loss_of = torch.compile(F.cross_entropy)
ids = torch.randint(0, 32000, (BATCH, LENGTH), device="cuda")
times = []
for step in range(STEPS):
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for _ in range(ACCUMULATION):
        logits = model(input_ids=ids, use_cache=False).logits
        (loss_of(logits[:, :-1].reshape(-1, 32000).float(), ids[:, 1:].reshape(-1)) / ACCUMULATION).backward()
        del logits
    optimizer.step()
    optimizer.zero_grad()
    torch.cuda.synchronize()
    times.append(time.perf_counter() - begin)
seconds = sorted(times[2:])[len(times[2:]) // 2]
print(json.dumps({"seconds": seconds, "tokensPerSecond": BATCH * LENGTH * ACCUMULATION / seconds, "all": times,
                  "peakGiB": torch.cuda.max_memory_allocated() / 2**30}))
