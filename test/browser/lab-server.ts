// A JupyterLab of its own: the project's .venv and settings, a folder of notebooks and a state that nobody else uses.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { jupyterEnvironment } from "../../setup/environment.mjs";

const venvPython = fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));
const START_MS = 300_000;

export interface LabServer extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
}

interface LabOptions {
  readonly extra?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** Options that let a page reach JupyterLab's commands, as `jupyterapp`. */
export const EXPOSED = ["--LabApp.expose_app_in_browser=True"];

/** Options that leave a server without any kernel. */
export const NO_KERNELS = [
  "--KernelSpecManager.allowed_kernelspecs=['none']",
  "--KernelSpecManager.ensure_native_kernel=False",
];

/**
 * Starts JupyterLab on loopback with a token; `folder` holds the notebooks, `state` everything Jupyter writes.
 * `extra` are further options of its command line, `environment` further variables.
 */
export async function startLab(
  folder: string,
  state: string,
  { extra = [], environment = {} }: LabOptions = {},
): Promise<LabServer> {
  const options = [`--ServerApp.root_dir=${folder}`, "--ip=127.0.0.1", "--port=0", "--no-browser"];
  mkdirSync(state, { recursive: true });
  const server = spawn(venvPython, ["-m", "jupyterlab", "--allow-root", ...options, ...extra], {
    env: { ...process.env, ...jupyterEnvironment(), ...stateIn(state), ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  server.stderr.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  server.once("error", (error) => {
    log += error.message;
  });
  try {
    const { port, token } = await addressOf(server, join(state, "runtime"));
    const url = `http://127.0.0.1:${port}`;
    return { url, token, [Symbol.asyncDispose]: () => stop(server) };
  } catch (cause) {
    await stop(server);
    throw new Error(`JupyterLab of ${dirname(venvPython)} did not start:\n${log}`, { cause });
  }
}

function stateIn(state: string): Record<string, string> {
  return {
    JUPYTER_CONFIG_DIR: join(state, "config"),
    JUPYTER_DATA_DIR: join(state, "data"),
    JUPYTER_RUNTIME_DIR: join(state, "runtime"),
    JUPYTERLAB_SETTINGS_DIR: join(state, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(state, "workspaces"),
  };
}

async function addressOf(
  server: ChildProcess,
  runtime: string,
): Promise<{ port: number; token: string }> {
  const file = join(runtime, `jpserver-${server.pid}.json`);
  for (const end = Date.now() + START_MS; Date.now() < end; await sleep(100)) {
    if (server.exitCode !== null) throw new Error(`JupyterLab ended with ${server.exitCode}`);
    if (existsSync(file) && readFileSync(file, "utf8").endsWith("}")) {
      return JSON.parse(readFileSync(file, "utf8"));
    }
  }
  throw new Error(`JupyterLab did not listen within ${START_MS / 1000} s`);
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  const forced = setTimeout(() => server.kill("SIGKILL"), 15_000);
  await ended;
  clearTimeout(forced);
}
