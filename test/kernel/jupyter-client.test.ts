// The kernel as Jupyter's own Python clients see it: jupyter_client over TCP, nbclient on a notebook.

import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { kernelspecs, USE_KERNELSPECS } from "./kernelspec.js";

test("jupyter_client starts, executes, interrupts, restarts and shuts down", () => {
  const program = `${USE_KERNELSPECS}
import time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="notebooster")
def run(code):
    out = []
    reply = client.execute_interactive(code, timeout=30, output_hook=lambda m: out.append((m["msg_type"], m["content"].get("text") or m["content"].get("data") or m["content"].get("ename"))))
    return reply["content"]["status"], [o for o in out if o[0] not in ("status", "execute_input")]
seen = {}
seen["sum"] = run("1 + 1")
seen["lines"] = run("for (let i = 0; i < 20_000; i++) console.log(i)")[1]
seen["lines"] = "".join(text for _, text in seen["lines"]) == "".join(f"{i}\\n" for i in range(20000))
seen["error"] = run("throw new TypeError('t')")
run("let kept = 3")
identifier = client.execute("await new Promise(() => {})")
while client.get_iopub_msg(timeout=10)["msg_type"] != "execute_input": pass
manager.interrupt_kernel()
while True:
    reply = client.get_shell_msg(timeout=10)
    if reply["parent_header"]["msg_id"] == identifier: break
seen["interrupted"] = reply["content"]["ename"]
seen["kept"] = run("kept")
manager.restart_kernel(now=False)
client.wait_for_ready(timeout=30)
seen["fresh"] = run("typeof kept")
manager.shutdown_kernel(now=False)
seen["alive"] = manager.is_alive()
print(json.dumps(seen))`;
  expect(python(program, kernelspecs())).toEqual({
    sum: ["ok", [["execute_result", { "text/plain": "2" }]]],
    lines: true,
    error: ["error", [["error", "TypeError"]]],
    interrupted: "InterruptedError",
    kept: ["ok", [["execute_result", { "text/plain": "3" }]]],
    fresh: ["ok", [["execute_result", { "text/plain": "'undefined'" }]]],
    alive: false,
  });
});

test("nbclient executes a notebook, updates of displays included", () => {
  const program = `${USE_KERNELSPECS}
import nbformat
from nbclient import NotebookClient
book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code) for code in args[1]])
book.metadata.kernelspec = {"name": "notebooster", "display_name": "x", "language": "typescript"}
NotebookClient(book, timeout=60, kernel_name="notebooster").execute()
nbformat.validate(book)
print(json.dumps([cell.outputs for cell in book.cells]))`;
  const cells = [
    "display({ 'text/plain': 'old' }, { displayId: 'd' })",
    "for (let i = 0; i < 20_000; i++) console.log(i)",
    "display({ 'text/plain': 'new' }, { displayId: 'd', update: true }); 'end'",
  ];
  const [first, second, third] = python(program, kernelspecs(), cells) as Record<
    string,
    unknown
  >[][];
  expect(first?.[0]).toMatchObject({ output_type: "display_data", data: { "text/plain": "new" } });
  expect(second?.map((output) => output["text"]).join("")).toBe(
    Array.from({ length: 20_000 }, (_, i) => `${i}\n`).join(""),
  );
  expect(third?.[0]).toMatchObject({
    output_type: "execute_result",
    data: { "text/plain": "'end'" },
  });
});

test("kernel and worker end when the process that started the kernel is killed", () => {
  const program = `${USE_KERNELSPECS}
import signal, subprocess, time
STARTER = """
import time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="notebooster")
def show(message):
    if message["msg_type"] == "execute_result":
        print(manager.provisioner.pid, message["content"]["data"]["text/plain"], flush=True)
client.execute_interactive("process.pid", timeout=30, output_hook=show)
time.sleep(600)
"""
starter = subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True)
pids = [int(pid) for pid in starter.stdout.readline().split()]
before = [os.path.exists(f"/proc/{pid}") for pid in pids]
starter.send_signal(signal.SIGKILL)
starter.wait()
def lives(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat: return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError: return False
deadline = time.monotonic() + 30
while any(map(lives, pids)) and time.monotonic() < deadline: time.sleep(0.1)
after = [lives(pid) for pid in pids]
for pid, left in zip(pids, after):
    if left: os.kill(pid, signal.SIGKILL)
print(json.dumps({"before": before, "after": after}))`;
  const seen = python(program, kernelspecs());
  expect(seen).toEqual({ before: [true, true], after: [false, false] });
});
