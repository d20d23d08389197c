"""PyTorch's side of `notebooster bench graph`: prints one JSON object {name: {us}}. Argument: JSON {operators, numel, batch, length}."""
import json
import statistics
import sys

import torch


def microseconds(step, turns, warmup):
    for _ in range(warmup):
        step()
    times = []
    for _ in range(5):
        step()
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        for _ in range(turns):
            step()
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end) * 1000 / turns)
    return {"us": statistics.median(times)}


def chain(operators, numel):
    x = torch.ones(numel, device="cuda")

    def body():
        y = x
        for _ in range(operators):
            y = y * 1.0001
        return y

    with torch.no_grad():
        results = {"chain eager": microseconds(body, 20, 6)}
        graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(graph):
            body()
        results["chain graph"] = microseconds(graph.replay, 20, 6)
    return results


def gpt2(batch, length, is_compiled):
    from transformers import GPT2Config, GPT2LMHeadModel

    torch.manual_seed(0)
    model = GPT2LMHeadModel(GPT2Config(use_cache=False, attn_implementation="sdpa")).cuda()
    run = torch.compile(model) if is_compiled else model
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4, fused=True)
    ids = torch.randint(0, 50257, (batch, length), device="cuda")

    def step():
        with torch.autocast("cuda", torch.bfloat16):
            loss = run(ids, labels=ids).loss
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)

    return microseconds(step, 10, 6)


def main():
    given = json.loads(sys.argv[1])
    torch.set_float32_matmul_precision("high")
    results = chain(given["operators"], given["numel"])
    for name, is_compiled in [("gpt2 eager", False), ("gpt2 compile", True)]:
        results[name] = gpt2(given["batch"], given["length"], is_compiled)
        torch.cuda.empty_cache()
    print(json.dumps(results))


main()
