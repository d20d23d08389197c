// Ends what the kernel leaves behind when it is killed: workers, stopped ones too, their children, and the folder of their
// launch. A shell waits beside the kernel for the end of a pipe; it knows the workers by what was written to that.

import { spawn } from "node:child_process";
import type { Writable } from "node:stream";

/** Lines are "+ PID" and "- PID"; each process leads a group. $1 is the folder. */
const SCRIPT = `
pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) case $pids in *" $pid "*) pids="\${pids%% "$pid" *} \${pids#* "$pid" }" ;; esac ;;
  esac
done
for pid in $pids; do kill -s KILL -- "-$pid"; done 2>/dev/null
rm -rf -- "$1"
`;

export class Reaper {
  readonly #pipe: Writable;

  /** `folder` is removed at the end. */
  constructor(folder: string) {
    const shell = spawn("/bin/sh", ["-c", SCRIPT, "notebooster-reaper", folder], {
      detached: true, // whoever kills the kernel's process group does not mean it
      stdio: ["pipe", "ignore", "ignore"],
    });
    shell.on("error", () => undefined); // then only workers that run end by themselves
    shell.unref();
    this.#pipe = shell.stdin;
    this.#pipe.on("error", () => undefined);
  }

  /** The process leads a group that is to end with the kernel. */
  add(pid: number): void {
    this.#pipe.write(`+ ${pid}\n`);
  }

  /** The group has ended; its number may soon be another's. */
  remove(pid: number): void {
    this.#pipe.write(`- ${pid}\n`);
  }
}
