"""PyTorch's times for the operations of test/bench/kernels.bench.mjs: eager (ATen's fused kernels where it has them)
and torch.compile, on the same shapes, by the same method. Prints one JSON line {case: {"eagerUs": ..., "compiledUs": ...}}.

  kernels_peer.py '{"tokens": 8192, "hidden": 4096, "ffn": 11008, "vocab": 32000, "heads": 32, "params": 1e9,
                   "batch": 1, "length": 2048, "small": {"tokens": 4096, "hidden": 768, "vocab": 50257}}'
"""

import json
import statistics
import sys

import torch
import torch.nn.functional as F

SETS, TURNS, ROUNDS = 4, 20, 7


def gpu_us(calls, turns=TURNS):
    """Median over rounds of the mean time of a call, by CUDA events; `calls` are taken in turns (cold caches)."""
    for call in calls:
        call()
    rounds = []
    for _ in range(ROUNDS):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        calls[0]()  # keeps the GPU busy until the next ones are queued
        begin.record()
        for turn in range(turns):
            calls[turn % len(calls)]()
        end.record()
        end.synchronize()
        rounds.append(begin.elapsed_time(end) * 1000 / turns)
    return statistics.median(rounds)


def random(*shape, grad=False):
    return torch.randn(*shape, device="cuda", dtype=torch.bfloat16, requires_grad=grad)


def time_both(name, function, make, results):
    """forward and backward of `function(*make())`, eager and compiled"""
    for kind, run in (("eagerUs", function), ("compiledUs", torch.compile(function, dynamic=False))):
        sets = [make() for _ in range(SETS)]
        with torch.no_grad():
            results.setdefault(name, {})[kind] = gpu_us([lambda s=s: run(*s) for s in sets])
        backwards = []
        for inputs in sets:
            outputs = run(*inputs)
            outputs = outputs if isinstance(outputs, tuple) else (outputs,)
            seeds = [torch.randn_like(o) for o in outputs]
            wanted = [x for x in inputs if x.requires_grad]
            backwards.append(lambda o=outputs, w=wanted, s=seeds: torch.autograd.grad(o, w, s, retain_graph=True))
        results.setdefault(f"{name} backward", {})[kind] = gpu_us(backwards)


def rms_norm(x, weight):
    return F.rms_norm(x, (x.shape[-1],), weight, 1e-5)


def add_rms_norm(x, residual, weight):
    total = x + residual
    return F.rms_norm(total, (x.shape[-1],), weight, 1e-5), total


def swiglu(gate, up):
    return F.silu(gate) * up


def layer_norm(x, weight, bias):
    return F.layer_norm(x, (x.shape[-1],), weight, bias, 1e-5)


def add_layer_norm(x, residual, weight, bias):
    total = x + residual
    return F.layer_norm(total, (x.shape[-1],), weight, bias, 1e-5), total


def geglu(approximate):
    return lambda gate, up: F.gelu(gate, approximate=approximate) * up


def bias_gelu(approximate):
    return lambda x, bias: F.gelu(x + bias, approximate=approximate)


def bias_dropout_add(x, bias, residual):
    return residual + F.dropout(x + bias, 0.1)


def rope(x, cos, sin):
    half = x.shape[-1] // 2
    return x * cos + torch.cat((-x[..., half:], x[..., :half]), -1) * sin


def heads_first(shape):
    x = random(2, shape["tokens"] // 2, shape["heads"], shape["hidden"] // shape["heads"])
    return x.transpose(1, 2).requires_grad_()


def rope_inputs(shape):
    angles = torch.randn(shape["tokens"] // 2, shape["hidden"] // shape["heads"], device="cuda")
    return heads_first(shape), angles.cos().bfloat16(), angles.sin().bfloat16()


def time_softmax(shape, results):
    heads, length = shape["heads"], shape["length"]
    scores = lambda: random(shape["batch"], heads, length, length, grad=True)
    allowed = torch.rand(shape["batch"], 1, length, length, device="cuda") > 0.1
    causal = torch.ones(length, length, device="cuda", dtype=torch.bool).tril()
    masked = lambda mask: lambda x: torch.softmax((x * 0.1).masked_fill(~mask, float("-inf")), -1)
    time_both("softmax", masked(allowed), lambda: (scores(),), results)
    time_both("causal softmax", masked(causal), lambda: (scores(),), results)


def time_linear_cross_entropy(shape, results):
    n, c, v = (shape["small"][key] for key in ("tokens", "hidden", "vocab"))
    hidden, weight = random(n, c, grad=True), random(v, c, grad=True)
    targets = torch.randint(v, (n,), device="cuda")
    loss = lambda h, w: F.cross_entropy(F.linear(h, w), targets)
    for kind, run in (("eagerUs", loss), ("compiledUs", torch.compile(loss, dynamic=False))):
        call = lambda run=run: torch.autograd.grad(run(hidden, weight), (hidden, weight))
        results.setdefault("linear_cross_entropy", {})[kind] = gpu_us([call])


def time_cross_entropy(shape, results):
    targets = torch.randint(shape["vocab"], (shape["tokens"],), device="cuda")
    sets = [random(shape["tokens"], shape["vocab"], grad=True) for _ in range(2)]
    compiled_loss = torch.compile(lambda x: F.cross_entropy(x, targets), dynamic=False)
    loss_of = {"eagerUs": lambda x: F.cross_entropy(x, targets), "compiledUs": compiled_loss}
    for kind, loss in loss_of.items():
        calls = [lambda x=x, loss=loss: torch.autograd.grad(loss(x), x) for x in sets]
        results.setdefault("cross_entropy", {})[kind] = gpu_us(calls)


def adamw_state(count, device):
    make = lambda dtype: torch.rand(count, device=device, dtype=dtype)
    return make(torch.bfloat16), make(torch.bfloat16), make(torch.float32), make(torch.float32), make(torch.float32)


def fused_step(param, grad, master, m, v, step):
    """ATen's fused kernel on a float32 master, as an optimizer with 16-bit parameters must call it."""
    torch._fused_adamw_([master], [grad.float()], [m], [v], [], [step], lr=1e-3, beta1=0.9, beta2=0.95,
                        weight_decay=0.1, eps=1e-8, amsgrad=False, maximize=False)
    param.copy_(master)


def plain_step(param, grad, master, m, v):
    g = grad.float()
    m.lerp_(g, 0.1)
    v.mul_(0.95).addcmul_(g, g, value=0.05)
    master.mul_(1 - 1e-4).addcdiv_(m, v.sqrt() * 1.1 + 1e-8, value=-1e-3)
    param.copy_(master)


def time_adamw(shape, results):
    state = adamw_state(int(shape["params"]), "cuda")
    step = torch.ones((), device="cuda")
    compiled = torch.compile(plain_step, dynamic=False)
    with torch.no_grad():
        eager = gpu_us([lambda: fused_step(*state, step)], turns=3)
        results["adamw"] = {"eagerUs": eager, "compiledUs": gpu_us([lambda: compiled(*state)], turns=3)}
        norm = lambda x: torch.linalg.vector_norm(x, dtype=torch.float32)
        compiled_norm = torch.compile(lambda x: x.float().square().sum().sqrt(), dynamic=False)
        results["l2_norm"] = {"eagerUs": gpu_us([lambda: norm(state[1])]), "compiledUs": gpu_us([lambda: compiled_norm(state[1])])}


def main():
    shape = json.loads(sys.argv[1])
    tokens, hidden, ffn = shape["tokens"], shape["hidden"], shape["ffn"]
    results = {}
    weight = lambda: random(hidden, grad=True)
    wide = lambda size: random(tokens, size, grad=True)
    time_both("rms_norm", rms_norm, lambda: (wide(hidden), weight()), results)
    time_both("add_rms_norm", add_rms_norm, lambda: (wide(hidden), wide(hidden), weight()), results)
    for n, c, place in ((tokens, hidden, ""), (shape["small"]["tokens"], shape["small"]["hidden"], ", 4096 x 768")):
        vector = lambda c=c: random(c, grad=True)
        rows = lambda n=n, c=c: random(n, c, grad=True)
        time_both(f"layer_norm{place}", layer_norm, lambda: (rows(), vector(), vector()), results)
        time_both(f"add_layer_norm{place}", add_layer_norm, lambda: (rows(), rows(), vector(), vector()), results)
    for approximate in ("none", "tanh"):
        time_both(f"geglu {approximate}", geglu(approximate), lambda: (wide(ffn), wide(ffn)), results)
        time_both(f"bias_gelu {approximate}", bias_gelu(approximate), lambda: (wide(ffn), random(ffn, grad=True)), results)
    time_both("bias_dropout_add", bias_dropout_add, lambda: (wide(hidden), weight(), wide(hidden)), results)
    time_softmax(shape, results)
    time_both("swiglu", swiglu, lambda: (wide(ffn), wide(ffn)), results)
    time_both("rope", rope, lambda: rope_inputs(shape), results)
    torch.cuda.empty_cache()
    time_cross_entropy(shape, results)
    torch.cuda.empty_cache()
    time_linear_cross_entropy(shape, results)
    torch.cuda.empty_cache()
    time_adamw(shape, results)
    print(json.dumps(results))


main()
