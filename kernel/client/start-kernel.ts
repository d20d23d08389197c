// Starts a kernel process for one client: free ports, a fresh key in a file only this user can read,
// and the first kernel_info reply as the sign that it is ready.

import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Connection, formatConnection } from "../wire/connection.js";
import type { Message } from "../wire/message.js";
import { makeSocketFolder } from "../wire/socket-folder.js";
import { KernelClient } from "./client.js";

const MAIN = fileURLToPath(new URL("../main.js", import.meta.url));
const READY_MS = 60_000;
const ASK_AGAIN_MS = 50;
const SHUTDOWN_MS = 3000;

export interface StartOptions {
  /** Working directory of the kernel. */
  readonly folder: string;
  /** Command as in a kernelspec, with {connection_file}; by default this package's own kernel. */
  readonly argv?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

/** A kernel started here, and its client. */
export class RunningKernel {
  readonly client: KernelClient;
  readonly process: ChildProcess;
  readonly connection: Connection;
  /** Resolves when the process has ended. */
  readonly exited: Promise<void>;
  readonly #directory: string;
  /** Milliseconds from the start of the process to its first kernel_info reply. */
  readonly startMs: number;

  constructor(
    parts: Pick<RunningKernel, "client" | "process" | "connection" | "exited" | "startMs"> & {
      directory: string;
    },
  ) {
    this.client = parts.client;
    this.process = parts.process;
    this.connection = parts.connection;
    this.exited = parts.exited;
    this.startMs = parts.startMs;
    this.#directory = parts.directory;
  }

  /** Asks the kernel to end, kills it when it does not, and removes the connection file. */
  async shutdown(): Promise<void> {
    this.client.send({ type: "shutdown_request", content: { restart: false } }, "control");
    await Promise.race([this.exited, delay(SHUTDOWN_MS, undefined, { ref: false })]);
    this.process.kill("SIGKILL");
    await this.exited;
    this.client.close();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** Starts a kernel and waits until it answers. Throws when it ends before that. */
export async function startKernel(options: StartOptions): Promise<RunningKernel> {
  const directory = makeSocketFolder("notebooster-client-");
  const connection = newConnection(directory);
  const file = join(directory, "connection.json");
  await writeFile(file, formatConnection(connection), { mode: 0o600 });
  const argv = options.argv ?? [process.execPath, MAIN, "{connection_file}"];
  const [command = "", ...words] = argv.map((word) => word.replace("{connection_file}", file));
  const started = performance.now();
  const child = spawn(command, words, {
    cwd: options.folder,
    env: { ...process.env, JPY_PARENT_PID: String(process.pid), ...options.environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const client = new KernelClient(connection);
  const exited = watch(child, client);
  await waitUntilReady(client);
  const startMs = performance.now() - started;
  return new RunningKernel({ client, process: child, connection, exited, startMs, directory });
}

/** Sockets as files in a folder of this user's own: no port to race for and none to reach. */
function newConnection(directory: string): Connection {
  const ports = { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 };
  return {
    transport: "ipc",
    ip: join(directory, "k"),
    key: randomBytes(32).toString("hex"),
    ports,
  };
}

function watch(child: ChildProcess, client: KernelClient): Promise<void> {
  return new Promise((resolve) => {
    child.on("error", (failure) => {
      client.fail(new Error(`the kernel could not be started: ${failure.message}`));
      resolve();
    });
    child.on("exit", (code, signal) => {
      client.fail(new Error(`the kernel ended (${signal ?? `exit code ${code}`})`));
      resolve();
    });
  });
}

/** The first request may leave before IOPub is joined, so it is asked again until idle is heard. */
async function waitUntilReady(client: KernelClient): Promise<void> {
  const ask = (): Promise<Message> => client.request({ type: "kernel_info_request", content: {} });
  const deadline = Date.now() + READY_MS;
  while (Date.now() < deadline) {
    const reply = await Promise.race([ask(), delay(ASK_AGAIN_MS)]);
    if (reply !== undefined) return;
  }
  throw new Error(`the kernel did not answer within ${READY_MS / 1000} s`);
}
