"""Measures Jupyter kernels side by side, each in the same way and in turn.

usage: kernel_bench.py KERNEL...   (names of kernelspecs that Jupyter finds)
Prints one JSON line: {KERNEL: {"startMs", "plainMs", "typedMs", "strictMs": [...], "flood": {...}, "memoryMiB": {...}, "lostIdles", "failedCells", "failedStarts"}}. A round trip lasts
from sending a cell to its execute_reply; its outputs are drained in between. Typed cells are ten lines of TypeScript, each
time other ones, or the same in Python; strict ones are refused where their types are wrong, so they wait for the check,
and are measured where a kernel has a magic for it. Kernels rest between blocks: what one does behind a reply is not in the
time of the next. A flood is 20,000 lines printed by one cell: how many arrived before idle, and when.
"""

import json
import subprocess
import sys
import time
from queue import Empty

import psutil
from kernel_latency import start, stop, wait_for_reply

STARTS, BLOCKS, BLOCK, TYPED_BLOCK = 5, 20, 20, 5
NUM_LINES, FLOOD_S = 20_000, 20
NUM_CELLS = 1_000
IDLE_S = 1
REST_S = 0.1

TYPED = """interface Point{i} {{ x: number; y: number }}
type Named{i} = Point{i} & {{ name: string }};
const points{i}: Point{i}[] = [{{ x: 1, y: 2 }}, {{ x: 3, y: {i} }}];
function norm{i}(p: Point{i}): number {{
  return Math.sqrt(p.x * p.x + p.y * p.y);
}}
const named{i}: Named{i}[] = points{i}.map((p, k) => ({{ ...p, name: `p${{k}}` }}));
const norms{i} = named{i}.map(norm{i});
const byName{i} = new Map(named{i}.map((p) => [p.name, p] as const));
norms{i}.reduce((a, b) => a + b, 0) + byName{i}.size"""

PYTHON = """class Point{i}:
    def __init__(self, x, y): self.x, self.y = x, y
points{i} = [Point{i}(1, 2), Point{i}(3, {i})]
def norm{i}(p):
    return (p.x * p.x + p.y * p.y) ** 0.5
named{i} = [(f"p{{k}}", p) for k, p in enumerate(points{i})]
norms{i} = [norm{i}(p) for _, p in named{i}]
by_name{i} = dict(named{i})
total{i} = sum(norms{i})
total{i} + len(by_name{i})"""

STRICT, LENIENT = {"notebooster": "%check strict"}, {"notebooster": "%check warn"}
LOOP = {"python3": f"for i in range({NUM_LINES}): print('line', i)"}
TS_LOOP = f"for (let i = 0; i < {NUM_LINES}; i++) console.log('line ' + i);"


lost_idles = {}
failed_cells = {}  # of the others, which are only compared with
failed_starts = {}


def drain(name, client, msg_id):
    """Reads the outputs of a cell to its idle status, which some kernels lose."""
    try:
        while True:
            message = client.get_iopub_msg(timeout=IDLE_S)
            is_status = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if is_status and message["parent_header"].get("msg_id") == msg_id:
                return
    except Empty:
        lost_idles[name] = lost_idles.get(name, 0) + 1


def round_trip(name, client, code):
    begin = time.perf_counter()
    msg_id = client.execute(code)
    reply = wait_for_reply(client, msg_id)
    elapsed_ms = (time.perf_counter() - begin) * 1e3
    if reply["content"]["status"] != "ok":
        if name == "notebooster":
            raise SystemExit(f"the cell {code!r} of {name} failed: {reply['content']}")
        failed_cells[name] = failed_cells.get(name, 0) + 1
    drain(name, client, msg_id)
    return elapsed_ms


def begin(name):
    """Starts a kernel; some do not answer at times, which is counted and tried again."""
    for _ in range(STARTS):
        try:
            return start(name)
        except Empty:
            failed_starts[name] = failed_starts.get(name, 0) + 1
    raise SystemExit(f"{name} did not answer its first kernel_info_request in {STARTS} starts")


def typed_cell(name, i):
    return (PYTHON if name == "python3" else TYPED).format(i=i)


def typed_block(name, client, first):
    cells = [typed_cell(name, first + i) for i in range(TYPED_BLOCK)]
    return [round_trip(name, client, cell) for cell in cells]


def strict_block(name, client, first):
    """As `typed_block`, with the check of types before each run."""
    if name not in STRICT:
        return []
    round_trip(name, client, STRICT[name])
    times = typed_block(name, client, first)
    round_trip(name, client, LENIENT[name])
    return times


def flood(name, client):
    """Lines that came before idle, whether idle came, and seconds until then."""
    begin = time.perf_counter()
    msg_id = client.execute(LOOP.get(name, TS_LOOP))
    lines, is_idle = 0, False
    while not is_idle and time.perf_counter() - begin < FLOOD_S:
        try:
            message = client.get_iopub_msg(timeout=1)
        except Empty:
            continue
        if message["parent_header"].get("msg_id") != msg_id:
            continue
        if message["msg_type"] == "stream":
            lines += message["content"]["text"].count("\n")
        is_idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
    return {"lines": lines, "idle": is_idle, "seconds": time.perf_counter() - begin}


def memory_mib(manager):
    process = psutil.Process(manager.provisioner.process.pid)
    return sum(p.memory_info().rss for p in [process, *process.children(recursive=True)]) / 2**20


def grow(name, manager, client):
    for i in range(NUM_CELLS // 10):
        round_trip(name, client, f"{'' if name == 'python3' else 'const '}grown{i} = {i}")
    before = memory_mib(manager)
    for i in range(NUM_CELLS):
        round_trip(name, client, f"{'' if name == 'python3' else 'var '}cell{i % 100} = {i}")
    return {"after100": before, "after1100": memory_mib(manager)}


def main():
    names = sys.argv[1:]
    result = {name: {"startMs": [], "plainMs": [], "typedMs": [], "strictMs": []} for name in names}
    for _ in range(STARTS):
        for name in names:
            manager, client, elapsed_ms = begin(name)
            result[name]["startMs"].append(elapsed_ms)
            stop(manager, client)
    running = {name: begin(name) for name in names}
    for name, (_, client, _) in running.items():
        for i in range(BLOCK):
            round_trip(name, client, typed_cell(name, 10_000 + i))
    for block in range(BLOCKS):
        for name, (_, client, _) in running.items():
            time.sleep(REST_S)
            result[name]["plainMs"] += [round_trip(name, client, "1+1") for _ in range(BLOCK)]
        for name, (_, client, _) in running.items():
            time.sleep(REST_S)
            first = block * TYPED_BLOCK
            result[name]["typedMs"] += typed_block(name, client, first)
            result[name]["strictMs"] += strict_block(name, client, first)
    for name, (manager, client, _) in running.items():
        result[name]["memoryMiB"] = grow(name, manager, client)
        result[name]["flood"] = flood(name, client)
        stop(manager, client)
        result[name]["lostIdles"] = lost_idles.get(name, 0)
        result[name]["failedCells"] = failed_cells.get(name, 0)
        result[name]["failedStarts"] = failed_starts.get(name, 0)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
