// `npm start [-- --port N] [--no-browser]`: sets up what is missing, then runs JupyterLab on loopback with a token
// of its own making and prints the address. Other arguments go to JupyterLab as they are.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jupyterEnvironment } from "./environment.mjs";
import { paths } from "./paths.mjs";
import { runAsProgram } from "./run-as-program.mjs";
import { runSetup } from "./setup.mjs";
import { SetupError } from "./setup-error.mjs";

/** What --help says of the options. */
export const labHelp = `
  --port N       the port to listen on (8888 or the next free one when left out)
  --no-browser   only print the address
Other options go to JupyterLab as they are; .venv/bin/jupyter-lab --help lists them.`;
const usage = `usage: npm start -- [options]

Sets up what is missing, then runs JupyterLab on loopback with a token.
${labHelp}`;

/** Runs JupyterLab until it ends; returns its exit code. */
export async function start(args) {
  const port = requestedPort(args);
  await runSetup();
  mkdirSync(paths.notebooks, { recursive: true });
  // by its own path: .venv may come to name another environment while this one runs
  const python = join(realpathSync(paths.venv), "bin/python");
  const lab = spawn(python, ["-m", "jupyterlab", ...labArguments(), ...args], {
    cwd: paths.root,
    env: { ...process.env, ...jupyterEnvironment() },
    stdio: "inherit",
  });
  forwardSignals(lab);
  const ended = new Promise((resolve, reject) => {
    lab.once("error", reject);
    lab.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
  await announce(lab, port);
  return ended;
}

function labArguments() {
  const fixed = ["--ip=127.0.0.1", `--ServerApp.root_dir=${paths.notebooks}`];
  return process.getuid?.() === 0 ? [...fixed, "--allow-root"] : fixed;
}

function requestedPort(args) {
  const index = args.findIndex((argument) => /^--port(=|$)/.test(argument));
  if (index === -1) return undefined;
  const text = args[index].includes("=") ? args[index].split("=")[1] : args[index + 1];
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new SetupError(`--port is ${text ?? "missing"}: give a whole number from 1 to 65535`);
}

// Jupyter writes its address and token, readable by its owner only, into its runtime folder once it listens.
async function announce(lab, wantedPort) {
  const file = join(paths.jupyter, "runtime", `jpserver-${lab.pid}.json`);
  while (!existsSync(file)) {
    if (lab.exitCode !== null || lab.signalCode !== null) return;
    await sleep(100);
  }
  await sleep(100);
  const { port, token } = JSON.parse(readFileSync(file, "utf8"));
  if (wantedPort !== undefined && port !== wantedPort)
    console.log(`Port ${wantedPort} is taken, using ${port}`);
  console.log(`\nJupyterLab: http://127.0.0.1:${port}/lab?token=${token}\nStop it with Ctrl-C.\n`);
}

// Ctrl-C reaches Jupyter from the terminal; what is sent to this process alone is passed on.
function forwardSignals(lab) {
  process.on("SIGINT", () => {
    if (!process.stdin.isTTY) lab.kill("SIGTERM");
  });
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => lab.kill("SIGTERM"));
}

await runAsProgram(import.meta.url, { usage }, start);
