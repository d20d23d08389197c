// Who wrote a file, so that the leftovers of the dead can be told from the work of the living. A pid alone is reused; pid and
// start time (field 22 of /proc/<pid>/stat, in clock ticks since boot) are not. Threads of a process have pids of their own, so
// that what one leaves that saved in the background goes before its process ends.

import fs from "node:fs";
import os from "node:os";
import path from "node:path";

export interface ProcessIdentity {
  /** Of a thread; that of the first is the process's. */
  readonly pid: number;
  /** Start time in clock ticks since boot; empty where there is no /proc. */
  readonly started: string;
  readonly host: string;
}

/** The identity of this thread. */
export function ownIdentity(): ProcessIdentity {
  const pid = ownPid();
  return { pid, started: startTime(pid) ?? "", host: os.hostname() };
}

function ownPid(): number {
  try {
    return Number(path.basename(fs.readlinkSync("/proc/thread-self")));
  } catch {
    return process.pid; // no /proc
  }
}

/** The process that a living thread is of. */
export function processOf({ pid }: ProcessIdentity): number {
  try {
    const [, process] =
      /^Tgid:\s*(\d+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Number(process ?? pid);
  } catch {
    return pid; // no /proc, or it has just ended
  }
}

/** Whether the thread still runs; undefined for one on another host, where we cannot look. */
export function isRunning(identity: ProcessIdentity): boolean | undefined {
  if (identity.host !== os.hostname()) return undefined;
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM means that it runs under another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  return identity.started === (startTime(identity.pid) ?? "");
}

/** Undefined where there is no /proc (macOS), and for a process that has ended, waited for by its parent or not. */
function startTime(pid: number): string | undefined {
  let stat: string;
  try {
    stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return undefined;
  }
  // The second field is the program's name in parentheses and may hold spaces.
  const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return state === "Z" || state === "X" ? undefined : fields[18];
}
