"""How long the GPU takes for a call, by the method of test/bench/gpu-time.mjs."""

import statistics

import torch


def gpu_ms(call, turns=10, rounds=7):
    """Median milliseconds of one call, over `rounds` of `turns` calls queued ahead."""
    for _ in range(3):
        call()
    times = []
    for _ in range(rounds):
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        call()  # keeps the GPU busy until the next ones are queued
        begin.record()
        for _ in range(turns):
            call()
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end) / turns)
    return statistics.median(times)
