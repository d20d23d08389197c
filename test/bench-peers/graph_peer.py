"""GPT-2 124M of transformers under torch.compile, for test/bench/graph.bench.mjs: the time of a training step.
Prints one JSON line {name: {"ms": ..., "loss": ...}}.

  graph_peer.py BATCH LENGTH
"""

import json
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from transformers import GPT2Config, GPT2LMHeadModel

BATCH, LENGTH = int(sys.argv[1]), int(sys.argv[2])
VOCABULARY = 50257


def make(dropout, dtype):
    torch.manual_seed(1)
    config = GPT2Config(use_cache=False, attn_implementation="sdpa", resid_pdrop=dropout, embd_pdrop=dropout, attn_pdrop=dropout)
    return GPT2LMHeadModel(config).cuda().train().to(dtype)


def loss_of(logits, ids):
    return F.cross_entropy(logits[:, :-1].reshape(-1, VOCABULARY).float(), ids[:, 1:].reshape(-1))


def autocast_step(dropout, ids):
    model = make(dropout, torch.float32)
    run = torch.compile(model)
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, fused=True)

    def step():
        with torch.autocast("cuda", torch.bfloat16):
            logits = run(input_ids=ids).logits
        loss = loss_of(logits, ids)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        return loss

    return step


def bf16_step(dropout, ids):
    """bfloat16 weights, float32 masters; the loss is compiled with the model."""
    model = make(dropout, torch.bfloat16)
    parameters = list(model.parameters())
    masters = [p.detach().float() for p in parameters]
    optimizer = torch.optim.AdamW(masters, lr=1e-4, fused=True)
    run = torch.compile(lambda x: loss_of(model(input_ids=x).logits, x))

    def step():
        loss = run(ids)
        loss.backward()
        for master, p in zip(masters, parameters):
            master.grad = p.grad.float()
        optimizer.step()
        torch._foreach_copy_([p.data for p in parameters], masters)
        for p in parameters:
            p.grad = None
        return loss

    return step


def measure(step):
    for _ in range(6):
        step()
    times = []
    for _ in range(7):
        torch.cuda.synchronize()
        begin = time.perf_counter()
        for _ in range(10):
            loss = step()
        value = loss.item()
        times.append((time.perf_counter() - begin) * 100)
    return {"ms": statistics.median(times), "loss": value}


results = {}
ids = torch.randint(0, VOCABULARY, (BATCH, LENGTH), device="cuda")
for name, make_step, dropout in (
    ("torch.compile, autocast, dropout 0.1", autocast_step, 0.1),
    ("torch.compile, bf16, dropout 0.1", bf16_step, 0.1),
    ("torch.compile, bf16, dropout 0", bf16_step, 0.0),
):
    results[name] = measure(make_step(dropout, ids))
    torch.compiler.reset()
    torch.cuda.empty_cache()
print(json.dumps(results))
