"""Times Jupyter kernels as a front end sees them, each in the same way and in turn.

usage: kernel_latency.py STARTS ROUND_TRIPS KERNEL...
Prints one JSON line: {KERNEL: {"startMs": [...], "roundTripMs": [...]}}. A start lasts from launching the process to the
first kernel_info_reply; a round trip from sending `1+1` to its execute_reply. The cell's outputs are drained in between.
"""

import json
import subprocess
import sys
import time
from queue import Empty

from jupyter_client.manager import KernelManager

SETTLE_S = 0.5
BLOCK = 20


def wait_for_reply(client, msg_id):
    while True:
        reply = client.get_shell_msg(timeout=60)
        if reply["parent_header"].get("msg_id") == msg_id:
            return reply


def drain_until_idle(client, msg_id):
    while True:
        message = client.get_iopub_msg(timeout=60)
        is_ours = message["parent_header"].get("msg_id") == msg_id
        if is_ours and message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            return


def start(name):
    """Returns (manager, client, milliseconds until the kernel answered)."""
    manager = KernelManager(kernel_name=name)
    begin = time.perf_counter()
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = manager.blocking_client()
    client.start_channels()
    try:
        wait_for_reply(client, client.kernel_info())
    except Empty:
        stop(manager, client)
        raise
    return manager, client, (time.perf_counter() - begin) * 1e3


def stop(manager, client):
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def round_trip(client):
    begin = time.perf_counter()
    msg_id = client.execute("1+1")
    reply = wait_for_reply(client, msg_id)
    elapsed_ms = (time.perf_counter() - begin) * 1e3
    if reply["content"]["status"] != "ok":
        raise SystemExit(f"the cell 1+1 failed: {reply['content']}")
    drain_until_idle(client, msg_id)
    return elapsed_ms


def time_starts(names, starts, result):
    for _ in range(starts):
        for name in names:
            manager, client, elapsed_ms = start(name)
            result[name]["startMs"].append(elapsed_ms)
            stop(manager, client)


def time_round_trips(names, count, result):
    running = {name: start(name) for name in names}
    time.sleep(SETTLE_S)
    for manager, client, _ in running.values():
        for _ in range(BLOCK):
            round_trip(client)
    for _ in range(count // BLOCK):
        for name, (_, client, _) in running.items():
            result[name]["roundTripMs"] += [round_trip(client) for _ in range(BLOCK)]
    for manager, client, _ in running.values():
        stop(manager, client)


def main():
    starts, count, names = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
    result = {name: {"startMs": [], "roundTripMs": []} for name in names}
    time_starts(names, starts, result)
    time_round_trips(names, count, result)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
