// Runs a program to its end, with all its output in .setup/log/<step>.log. The program is in a process group of its own
// that ends with everything in it when we are interrupted, and also when we are killed.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { paths } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

const tailLines = 15;
const diskFull = /No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/;
// The shell leads the group. Its reader sees the other end of the pipe close when we have gone, however we went.
const guard = `
(read -r _ <&3; kill -s KILL 0) & reader=$!
"$@" 3<&- & wait $!; code=$?
kill $reader; exit $code`;

/**
 * Runs `[program, ...args]`; resolves when it exits with 0.
 * Options: `log` (name of the log), `advice` (the sentence shown when it fails), `env` (added variables), `cwd`.
 */
export async function runLogged(command, { log, advice, env = {}, cwd = paths.root }) {
  mkdirSync(paths.logs, { recursive: true });
  const file = join(paths.logs, `${log}.log`);
  appendFileSync(file, `\n$ ${command.join(" ")}\n`);
  const { size } = statSync(file);
  const { code, signal, error } = await runToEnd(command, file, { env, cwd });
  if (code === 0) return;
  const end = error?.message ?? (signal === null ? `exit code ${code}` : `signal ${signal}`);
  const said = readFileSync(file).subarray(size).toString();
  const remedy = diskFull.test(said) ? noSpace : advice;
  throw new SetupError(
    `${tail(said)}\n\n${command[0]} failed (${end}). ${remedy}\nFull log: ${file}`,
  );
}

/** What to do when a disk is full. */
export const noSpace = `The disk is full: make room on that of ${paths.root} (setup needs 5 GB in all, what works stays as it is), then run the same command again.`;

/**
 * Runs a short program and returns its standard output, or undefined when it fails or does not exist.
 * @param {string[]} command the program and its arguments
 */
export function output([program, ...args], env = {}) {
  const result = spawnSync(program, args, { encoding: "utf8", env: { ...process.env, ...env } });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function runToEnd(command, file, { env, cwd }) {
  const descriptor = openSync(file, "a");
  const child = spawn("/bin/sh", ["-c", guard, "sh", ...command], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", descriptor, descriptor, "pipe"],
    detached: true,
  });
  closeSync(descriptor);
  const stopForwarding = endWithUs(child);
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ code: null, signal: null, error }));
    child.once("exit", (code, signal) => resolve({ code, signal }));
  }).finally(stopForwarding);
}

// The program gets SIGTERM and, if it stays, SIGKILL; we leave after it, so that nothing still writes when the lock goes.
function endWithUs(child) {
  const stop = (signal) => {
    process.stderr.write("\nInterrupted. Run the same command again to go on.\n");
    child.once("exit", () => process.exit(signal === "SIGINT" ? 130 : 143));
    killGroup(child, "SIGTERM");
    setTimeout(killGroup, 3000, child, "SIGKILL");
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.once(signal, stop);
  return () => {
    for (const signal of signals) process.off(signal, stop);
  };
}

function killGroup(child, signal) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: the group ended between the check and the call.
    if (error.code !== "ESRCH") throw error;
  }
}

function tail(text) {
  return text.trimEnd().split("\n").slice(-tailLines).join("\n");
}
