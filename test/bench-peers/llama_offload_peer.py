"""LLaMA-2-7B's shape, transformers' model under FSDP2 with CPUOffloadPolicy and torch.compile on one GPU, layers computed again, float32
parameters and AdamW on the host, bfloat16 on the GPU; prints one JSON line. Arguments: layers, batch, length, steps."""
import json
import os
import sys
import time

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch.distributed.algorithms._checkpoint.checkpoint_wrapper import apply_activation_checkpointing
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import CPUOffloadPolicy, MixedPrecisionPolicy, fully_shard
from transformers import LlamaConfig, LlamaForCausalLM
from transformers.models.llama.modeling_llama import LlamaDecoderLayer

LAYERS, BATCH, LENGTH, STEPS = map(int, sys.argv[1:])
os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT="29611", RANK="0", WORLD_SIZE="1")
torch.cuda.set_device(0)
dist.init_process_group("cuda:nccl,cpu:gloo")
mesh = init_device_mesh("cuda", (1,))
config = LlamaConfig(
    vocab_size=32000, hidden_size=4096, intermediate_size=11008, num_hidden_layers=LAYERS, num_attention_heads=32,
    num_key_value_heads=32, max_position_embeddings=LENGTH, use_cache=False, attn_implementation="sdpa")
with torch.device("meta"):
    model = LlamaForCausalLM(config)
apply_activation_checkpointing(model, check_fn=lambda module: isinstance(module, LlamaDecoderLayer))
policy = dict(mesh=mesh, mp_policy=MixedPrecisionPolicy(param_dtype=torch.bfloat16, reduce_dtype=torch.bfloat16), offload_policy=CPUOffloadPolicy())
for layer in model.model.layers:
    layer.compile()
    fully_shard(layer, **policy)
fully_shard(model, **policy)
model.to_empty(device="cpu")
for parameter in model.parameters():
    torch.nn.init.constant_(parameter, 0.01)
for module in model.modules():
    if hasattr(module, "inv_freq"):
        module.inv_freq = (1 / 10000 ** (torch.arange(0, 128, 2).float() / 128)).cuda()
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, fused=True)
loss_of = torch.compile(F.cross_entropy)
ids = torch.randint(0, 32000, (BATCH, LENGTH), device="cuda")
times = []
for step in range(STEPS):
    torch.cuda.synchronize()
    begin = time.perf_counter()
    logits = model(input_ids=ids, use_cache=False).logits
    loss_of(logits[:, :-1].reshape(-1, 32000).float(), ids[:, 1:].reshape(-1)).backward()
    torch.cuda.synchronize()
    passed = time.perf_counter()
    optimizer.step()
    optimizer.zero_grad()
    torch.cuda.synchronize()
    times.append((time.perf_counter() - begin, passed - begin))
seconds, passes = times[-1]
print(json.dumps({"seconds": seconds, "passesSeconds": passes, "tokensPerSecond": BATCH * LENGTH / seconds, "all": times,
                  "peakGiB": torch.cuda.max_memory_allocated() / 2**30}))
dist.destroy_process_group()
