"""LLaMA-2-7B's shape with fewer layers, transformers' model under FSDP2 and torch.compile, bfloat16 with float32 masters, one
process a GPU; prints one JSON line of the slowest rank's median step. Arguments: number of GPUs, layers, batch, length."""
import json
import os
import statistics
import sys

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn.functional as F
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.fsdp import MixedPrecisionPolicy, fully_shard
from transformers import LlamaConfig, LlamaForCausalLM

SIZE, LAYERS, BATCH, LENGTH = map(int, sys.argv[1:])
WARM_UP, STEPS = 3, 8


def make(mesh):
    config = LlamaConfig(
        vocab_size=32000, hidden_size=4096, intermediate_size=11008, num_hidden_layers=LAYERS, num_attention_heads=32,
        num_key_value_heads=32, max_position_embeddings=LENGTH, use_cache=False, attn_implementation="sdpa")
    with torch.device("meta"):
        model = LlamaForCausalLM(config)
    policy = MixedPrecisionPolicy(param_dtype=torch.bfloat16, reduce_dtype=torch.float32)
    for layer in model.model.layers:
        layer.compile()
        fully_shard(layer, mesh=mesh, mp_policy=policy)
    fully_shard(model, mesh=mesh, mp_policy=policy)
    model.to_empty(device="cuda")
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.02)
    for module in model.modules():
        if hasattr(module, "inv_freq"):
            steps = torch.arange(0, 128, 2, device="cuda").float() / 128
            module.inv_freq.copy_(1 / 10000**steps)
    return model


def run(rank, port):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), RANK=str(rank), WORLD_SIZE=str(SIZE))
    torch.cuda.set_device(rank)
    dist.init_process_group("nccl")
    model = make(init_device_mesh("cuda", (SIZE,)))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-5, fused=True)
    loss_of = torch.compile(F.cross_entropy)
    ids = torch.randint(0, 32000, (BATCH, LENGTH), device="cuda")
    times = []
    for step in range(WARM_UP + STEPS):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        logits = model(input_ids=ids, use_cache=False).logits
        loss_of(logits[:, :-1].reshape(-1, 32000).float(), ids[:, 1:].reshape(-1)).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        end.record()
        torch.cuda.synchronize()
        if step >= WARM_UP:
            times.append(begin.elapsed_time(end))
    slowest = torch.tensor(statistics.median(times), device="cuda")
    dist.all_reduce(slowest, dist.ReduceOp.MAX)
    if rank == 0:
        print(json.dumps({"ms": slowest.item(), "peakGiB": torch.cuda.max_memory_allocated() / 2**30}))
    dist.destroy_process_group()


if __name__ == "__main__":
    mp.spawn(run, args=(29400 + os.getpid() % 1000,), nprocs=SIZE)
