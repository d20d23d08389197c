// Signals that a cell sends its own process and that do not end it. Before Node sends one, unless JavaScript listens for it, it
// tears down what it would at its exit, the inspector included, through which cells are evaluated: a shell sends it instead.

import { execFileSync } from "node:child_process";
import { constants } from "node:os";

const HARMLESS = "STOP TSTP TTIN TTOU CONT CHLD URG WINCH"
  .split(" ")
  .map((name) => constants.signals[`SIG${name}` as NodeJS.Signals]);

/** Makes `process.kill` leave the inspector alone. */
export function installKill(): void {
  const kill = process.kill.bind(process);
  process.kill = (pid, signal) => {
    const number =
      typeof signal === "string" ? constants.signals[signal as NodeJS.Signals] : signal;
    if (pid !== process.pid || number === undefined || !HARMLESS.includes(number))
      return kill(pid, signal);
    execFileSync("/bin/sh", ["-c", `kill -${number} ${pid}`]);
    return true;
  };
}
