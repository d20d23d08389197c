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


def captured(call, turns=10, replays=2):
    """A function that replays `turns` calls captured as a CUDA graph and gives the milliseconds of one."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(3):
            call()
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph, stream=stream):
        for _ in range(turns):
            call()

    def round_ms():
        begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        graph.replay()  # keeps the GPU busy until the timed ones are queued
        begin.record()
        for _ in range(replays):
            graph.replay()
        end.record()
        end.synchronize()
        return begin.elapsed_time(end) / (replays * turns)

    round_ms.call = call  # the graph reads and writes its tensors
    return round_ms
