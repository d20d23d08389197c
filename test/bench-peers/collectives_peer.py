"""torch.distributed's collectives, one process a rank: for each request line {operation, bytes, rounds, isAsync} on stdin, seconds
per call (the slowest rank's median over rounds) on stdout of rank 0. Arguments: backend, size, rendezvous file."""
import json
import os
import statistics
import sys
import time

import torch
import torch.distributed as dist
import torch.multiprocessing as mp


def operation(name, numel, device, is_async):
    size, dtype = dist.get_world_size(), torch.bfloat16 if device.type == "cuda" else torch.float32
    whole = torch.ones(numel, dtype=dtype, device=device)
    part = torch.ones(numel // size, dtype=dtype, device=device)
    calls = {
        "all-reduce": lambda: dist.all_reduce(whole, async_op=is_async),
        "all-gather": lambda: dist.all_gather_into_tensor(whole, part, async_op=is_async),
        "reduce-scatter": lambda: dist.reduce_scatter_tensor(part, whole, async_op=is_async),
    }
    call = calls[name]

    def run():
        work = call()
        if is_async:
            work.wait()

    return run


def seconds(run, rounds, calls, device):
    for _ in range(2):
        run()
    times = []
    for _ in range(rounds):
        dist.barrier()
        if device.type == "cuda":
            run()
            begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
            begin.record()
            for _ in range(calls):
                run()
            end.record()
            end.synchronize()
            times.append(begin.elapsed_time(end) / 1000 / calls)
        else:
            begin = time.perf_counter()
            for _ in range(calls):
                run()
            times.append((time.perf_counter() - begin) / calls)
    slowest = torch.tensor([statistics.median(times)], dtype=torch.float64, device=device)
    dist.all_reduce(slowest, op=dist.ReduceOp.MAX)
    return slowest.item()


def rank_main(rank, backend, size, rendezvous, requests, answers):
    device = torch.device("cuda", rank) if backend == "nccl" else torch.device("cpu")
    if backend == "nccl":
        torch.cuda.set_device(device)
    else:
        torch.set_num_threads(1)
    options = {"device_id": device} if backend == "nccl" else {}
    dist.init_process_group(backend, rank=rank, world_size=size, init_method=f"file://{rendezvous}", **options)
    while (request := requests[rank].get()) is not None:
        width = 2 if backend == "nccl" else 4
        run = operation(request["operation"], request["bytes"] // width, device, request["isAsync"])
        result = seconds(run, request["rounds"], request["calls"], device)
        if rank == 0:
            answers.put(result)
    dist.destroy_process_group()


def main():
    backend, size, rendezvous = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    context = mp.get_context("spawn")
    requests, answers = [context.Queue() for _ in range(size)], context.Queue()
    ranks = [
        context.Process(target=rank_main, args=(rank, backend, size, rendezvous, requests, answers)) for rank in range(size)
    ]
    for rank in ranks:
        rank.start()
    for line in sys.stdin:
        for queue in requests:
            queue.put(json.loads(line))
        print(json.dumps({"seconds": answers.get()}), flush=True)
    for queue in requests:
        queue.put(None)
    for rank in ranks:
        rank.join()


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
