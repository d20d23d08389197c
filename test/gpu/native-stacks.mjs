// Where the native threads of a process that hangs are: as gdb tells it, or else what the system knows of each.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

const LIMIT_MS = 60_000;

export function nativeStacks(pid) {
  const commands = ["-batch", "-p", String(pid), "-ex", "thread apply all backtrace 24"];
  const { status, stdout } = spawnSync("gdb", commands, { encoding: "utf8", timeout: LIMIT_MS });
  return status === 0 && stdout.includes("#0") ? stdout : threadStates(pid);
}

/** One line a thread: its name, its state, and the function of the system that it waits in. */
function threadStates(pid) {
  const tasks = `/proc/${pid}/task`;
  const threads = readdirSync(tasks).map((id) => {
    const read = (file) => readOr(`${tasks}/${id}/${file}`, "?").trim();
    const state = /^State:\s*(.*)$/m.exec(read("status"))?.[1];
    return `${id} ${read("comm")}: ${state}, waits in ${read("wchan")}, system call ${read("syscall")}`;
  });
  return threads.join("\n");
}

function readOr(file, otherwise) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return otherwise;
  }
}
