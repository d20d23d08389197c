"""ATen's fused AdamW on the CPU, in turns with ours: for each JSON line on stdin one step, {"us": ...}.

  cpu_adamw_peer.py PARAMETERS THREADS
"""

import json
import sys
import time

import torch


def step(param, grad, master, m, v, steps):
    """On a float32 master, as an optimizer with 16-bit parameters and gradients must call it."""
    torch._fused_adamw_([master], [grad.float()], [m], [v], [], [steps], lr=1e-3, beta1=0.9, beta2=0.95,
                        weight_decay=0.1, eps=1e-8, amsgrad=False, maximize=False)
    param.copy_(master)


def main():
    count, threads = int(float(sys.argv[1])), int(sys.argv[2])
    torch.set_num_threads(threads)
    half = [torch.rand(count).bfloat16() for _ in range(2)]
    full = [torch.rand(count) for _ in range(3)]
    for _ in sys.stdin:
        begin = time.perf_counter()
        step(*half, *full, torch.ones(()))
        print(json.dumps({"us": (time.perf_counter() - begin) * 1e6}), flush=True)


with torch.no_grad():
    main()
