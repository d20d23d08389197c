"""torch eager and torch.compile on the chains of test/bench/jit.bench.mjs, by the same method. Prints one JSON line
{chain: {"forward" | "both": {"eager": us, "compiled": us}}}."""

import json
import math
import sys

import torch
from gpu_time import gpu_ms

SIZES = json.loads(sys.argv[1])
TOKENS, HIDDEN, FFN = SIZES["TOKENS"], SIZES["HIDDEN"], SIZES["FFN"]


def gpu_us(call):
    return gpu_ms(call) * 1000


def gelu(x, bias):
    z = x + bias
    inner = (z + z * z * z * 0.044715) * math.sqrt(2 / math.pi)
    return z * 0.5 * (inner.tanh() + 1)


def ten(x, y, z):
    return ((torch.nn.functional.silu(x * y) + z.sigmoid() * x - y.tanh()) * z + x.exp().neg().exp()) * 0.5


CASES = {
    "x.mul(y).silu()": (lambda x, y: torch.nn.functional.silu(x * y), [(TOKENS, FFN)] * 2),
    "bias and GELU (tanh)": (gelu, [(TOKENS, FFN), (FFN,)]),
    "ten operations": (ten, [(TOKENS, HIDDEN)] * 3),
}
results = {}
for name, (body, shapes) in CASES.items():
    results[name] = {"forward": {}, "both": {}}
    for kind, run in (("eager", body), ("compiled", torch.compile(body, dynamic=False))):
        inputs = [torch.randn(*shape, device="cuda", dtype=torch.bfloat16) for shape in shapes]
        with torch.no_grad():
            results[name]["forward"][kind] = gpu_us(lambda: run(*inputs))
        for x in inputs:
            x.requires_grad_()
        seed = torch.randn(*shapes[0], device="cuda", dtype=torch.bfloat16)
        results[name]["both"][kind] = gpu_us(lambda: torch.autograd.grad(run(*inputs), inputs, seed))
print(json.dumps(results))
