"""GPT-2 124M of transformers under torch.compile, for test/bench/graph.bench.mjs. Reads one JSON request a line: "losses" is
answered by those of the first ten steps, "round" by the milliseconds of a step, the mean of ten.

  graph_peer.py BATCH LENGTH autocast|bf16 DROPOUT [FOLDER]     saves the initial weights in FOLDER
"""

import json
import sys
import time

import torch
import torch.nn.functional as F
from transformers import GPT2Config, GPT2LMHeadModel

BATCH, LENGTH = int(sys.argv[1]), int(sys.argv[2])
KIND, DROPOUT, *FOLDER = sys.argv[3:]
VOCABULARY = 50257


def make(dropout, dtype):
    torch.manual_seed(1)
    config = GPT2Config(use_cache=False, attn_implementation="sdpa", resid_pdrop=dropout, embd_pdrop=dropout, attn_pdrop=dropout)
    model = GPT2LMHeadModel(config)
    if FOLDER:
        model.save_pretrained(FOLDER[0])
    return model.cuda().train().to(dtype)


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


def milliseconds(step, count=10):
    torch.cuda.synchronize()
    begin = time.perf_counter()
    for _ in range(count):
        step()
    torch.cuda.synchronize()
    return (time.perf_counter() - begin) * 1000 / count


# the same numbers as in the bench
ids = (torch.arange(BATCH * LENGTH, device="cuda").square() * 48271 % VOCABULARY).view(BATCH, LENGTH)
step = {"autocast": autocast_step, "bf16": bf16_step}[KIND](float(DROPOUT), ids)
for line in sys.stdin:
    losses = json.loads(line) == "losses"
    print(json.dumps([step().item() for _ in range(10)] if losses else milliseconds(step)), flush=True)
