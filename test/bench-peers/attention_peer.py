"""PyTorch's attention for test/bench/attention.bench.mjs, by the same method. Reads one JSON request a line: a shape is
captured for each back end of scaled_dot_product_attention, "round" is answered by {back end: {"forward": ms, "both": ms}}."""

import json
import sys

import torch
import torch.nn.functional as F
from gpu_time import captured
from torch.nn.attention import SDPBackend, sdpa_kernel

BACKENDS = {"cudnn": SDPBackend.CUDNN_ATTENTION, "flash": SDPBackend.FLASH_ATTENTION}


def capture_both(attend, inputs):
    with torch.no_grad():
        forward = captured(lambda: attend(*inputs))
        seed = torch.randn_like(attend(*inputs))
    for x in inputs:
        x.requires_grad_()
    return {"forward": forward, "both": captured(lambda: torch.autograd.grad(attend(*inputs), inputs, seed))}


def random(*shape):
    return torch.randn(*shape, device="cuda", dtype=torch.bfloat16)


def dense(shape):
    batch, tokens, dim = shape["batch"], shape["tokens"], shape["dim"]
    heads = (shape["heads"], shape["keyHeads"], shape["keyHeads"])
    grouped = shape["heads"] != shape["keyHeads"]
    results = {}
    for name, backend in BACKENDS.items():
        inputs = [random(batch, h, tokens, dim) for h in heads]
        with sdpa_kernel(backend):
            attend = lambda q, k, v: F.scaled_dot_product_attention(q, k, v, is_causal=shape["causal"], enable_gqa=grouped)
            results[name] = capture_both(attend, inputs)
    return results


def packed(shape):
    """ATen's variable-length FlashAttention-2, as torch.nn.attention.varlen calls it."""
    lengths = torch.tensor(shape["lengths"])
    starts = F.pad(lengths.cumsum(0), (1, 0)).int().cuda()
    longest = int(lengths.max())
    inputs = [random(int(lengths.sum()), h, shape["dim"]) for h in (shape["heads"], shape["keyHeads"], shape["keyHeads"])]
    attend = lambda q, k, v: torch.ops.aten._flash_attention_forward(q, k, v, starts, starts, longest, longest, 0.0, True, False)[0]
    return {"varlen flash": capture_both(attend, inputs)}


calls = {}
for line in sys.stdin:
    request = json.loads(line)
    if request == "round":
        print(json.dumps({name: {kind: time() for kind, time in both.items()} for name, both in calls.items()}), flush=True)
        continue
    calls.clear()
    torch.cuda.empty_cache()
    calls = packed(request) if "lengths" in request else dense(request)
    print(json.dumps(list(calls)), flush=True)
