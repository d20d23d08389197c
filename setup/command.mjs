// Runs a program to its end, with all its output in .setup/log/<step>.log. The program is the leader of its own
// process group, so that an interrupt ends it with everything it started.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { paths } from "./paths.mjs";
import { SetupError } from "./setup-error.mjs";

const tailLines = 15;

/**
 * Runs `[program, ...args]`; resolves when it exits with 0.
 * Options: `log` (name of the log), `advice` (the sentence shown when it fails), `env` (added variables).
 */
export async function runLogged([program, ...args], { log, advice, env = {} }) {
  mkdirSync(paths.logs, { recursive: true });
  const file = join(paths.logs, `${log}.log`);
  appendFileSync(file, `\n$ ${[program, ...args].join(" ")}\n`);
  const { code, signal, error } = await runToEnd([program, ...args], file, env);
  if (code === 0) return;
  const end = error?.message ?? (signal === null ? `exit code ${code}` : `signal ${signal}`);
  throw new SetupError(`${tail(file)}\n\n${program} failed (${end}). ${advice}\nFull log: ${file}`);
}

/** Runs a short program and returns its standard output, or undefined when it fails or does not exist. */
export function output([program, ...args], env = {}) {
  const result = spawnSync(program, args, { encoding: "utf8", env: { ...process.env, ...env } });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

function runToEnd([program, ...args], file, env) {
  const descriptor = openSync(file, "a");
  const child = spawn(program, args, {
    cwd: paths.root,
    env: { ...process.env, ...env },
    stdio: ["ignore", descriptor, descriptor],
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

function tail(file) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-tailLines).join("\n");
}
