"""Python torch's side of `notebooster bench dispatch`: one JSON request a line, {"device", "task", "calls", "perWait"}, answered
with {"usPerCall"}: the process's CPU time, the GPU waited for outside of it, before every `perWait` calls. The LLaMA layer is
written as one would in PyTorch, without transformers: fused rms_norm, scaled_dot_product_attention, rotary positions in five
operators.
"""

import json
import sys
import time
from operator import setitem

import torch
import torch.nn.functional as F
from torch import nn


class Layer(nn.Module):
    def __init__(self, hidden, heads, inner):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(hidden, hidden, bias=False) for _ in range(4))
        self.gate, self.up = (nn.Linear(hidden, inner, bias=False) for _ in range(2))
        self.down = nn.Linear(inner, hidden, bias=False)
        self.norm1, self.norm2 = nn.RMSNorm(hidden, eps=1e-6), nn.RMSNorm(hidden, eps=1e-6)

    def forward(self, x, cos, sin):
        batch, length, _ = x.shape
        normed = self.norm1(x)
        q, k, v = (p(normed).view(batch, length, self.heads, -1).transpose(1, 2) for p in (self.q, self.k, self.v))
        out = F.scaled_dot_product_attention(rotate(q, cos, sin), rotate(k, cos, sin), v, is_causal=True)
        x = x + self.o(out.transpose(1, 2).reshape(batch, length, -1))
        normed = self.norm2(x)
        return x + self.down(F.silu(self.gate(normed)) * self.up(normed))


def rotate(x, cos, sin):
    first, second = x.chunk(2, dim=-1)
    return x * cos + torch.cat((-second, first), dim=-1) * sin


def layer_backward(device, shape):
    hidden, heads, tokens = shape["hidden"], shape["heads"], shape["tokens"]
    layer = Layer(hidden, heads, shape["inner"]).to(device)
    x = torch.randn(1, tokens, hidden, device=device)
    angles = torch.arange(tokens, device=device).float()[:, None] * torch.randn(1, hidden // heads, device=device)
    cos, sin = angles.cos(), angles.sin()
    parameters = list(layer.parameters())

    def run():
        layer(x, cos, sin).sum().backward()
        for parameter in parameters:
            parameter.grad = None

    return run


def matmul_backward(device):
    a, b = (torch.randn(64, 64, device=device, requires_grad=True) for _ in range(2))

    def run():
        (a @ b).sum().backward()
        a.grad = None
        b.grad = None

    return run


def make(task, device, shape):
    a, b = torch.randn(4, 4, device=device), torch.randn(4, 4, device=device)
    tasks = {
        "a + b": lambda: lambda: a + b,
        "a * 2": lambda: lambda: a * 2,
        "add_(b, alpha)": lambda: lambda: a.add_(b, alpha=0.001),
        "sum(1, keepdim)": lambda: lambda: a.sum(1, keepdim=True),
        "mean(-1)": lambda: lambda: a.mean(-1),
        "softmax(-1)": lambda: lambda: a.softmax(-1),
        "silu": lambda: lambda: F.silu(a),
        "shape": lambda: lambda: a.shape,
        "view(2, 8)": lambda: lambda: a.view(2, 8),
        "reshape(2, 8)": lambda: lambda: a.reshape(2, 8),
        "transpose(0, 1)": lambda: lambda: a.transpose(0, 1),
        "permute(1, 0)": lambda: lambda: a.permute(1, 0),
        "index [0]": lambda: lambda: a[0],
        "index [1:]": lambda: lambda: a[1:],
        "index [1:, 0]": lambda: lambda: a[1:, 0],
        "index [..., None, 0]": lambda: lambda: a[..., None, 0],
        "index [mask]": lambda: lambda mask=a > 0: a[mask],
        "index [0] = 1": lambda: lambda: setitem(a, 0, 1),
        "index [mask] = 0": lambda: lambda mask=a > 0: setitem(a, mask, 0),
        "split(2)": lambda: lambda: a.split(2),
        "cat": lambda: lambda: torch.cat([a, b], 1),
        "stack": lambda: lambda: torch.stack([a, b]),
        "topk(2)": lambda: lambda: a.topk(2),
        "matmul": lambda: lambda: a @ b,
        "linear": lambda: lambda: F.linear(a, b),
        "embedding": lambda: lambda indices=torch.arange(4, device=device): F.embedding(indices, a),
        "matmul 64 and backward": lambda: matmul_backward(device),
        "LLaMA layer and backward": lambda: layer_backward(device, shape),
    }
    return tasks[task]()


def measure(run, device, calls, per_wait):
    total = 0.0
    for _ in range(calls // per_wait):
        if device.startswith("cuda"):
            torch.cuda.synchronize(device)
        begin = time.process_time()
        for _ in range(per_wait):
            run()
        total += time.process_time() - begin
    return total / calls * 1e6


def main():
    torch.set_num_threads(1)
    shape = json.loads(sys.argv[1])
    made = {}
    for line in sys.stdin:
        request = json.loads(line)
        key = request["task"], request["device"]
        if key not in made:
            made[key] = make(*key, shape)
        print(json.dumps({"usPerCall": measure(made[key], request["device"], request["calls"], request["perWait"])}), flush=True)


if __name__ == "__main__":
    main()
