// Who wrote a file, so that the leftovers of a dead process can be told from the work of a live one. A pid alone is
// reused; pid and start time (field 22 of /proc/<pid>/stat, in clock ticks since boot) are not.

import fs from "node:fs";
import os from "node:os";

export interface ProcessIdentity {
  readonly pid: number;
  /** Start time in clock ticks since boot; empty where there is no /proc. */
  readonly started: string;
  readonly host: string;
}

/** The identity of this process. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: startTime(process.pid) ?? "", host: os.hostname() };
}

/** Whether the process still runs; undefined for a process on another host, where we cannot look. */
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
