// What the Jupyter extension of VS Code does with a kernelspec, by its protocol (its "raw kernel"): it starts the command over
// TCP, probes the ports, speaks as @jupyterlab/services does over ZeroMQ sockets of one identity, and ends the process.

import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { decode, encode } from "../../dist/kernel/wire/codec.js";
import type { Content, Message } from "../../dist/kernel/wire/message.js";
import { Signer } from "../../dist/kernel/wire/signature.js";
import { kernelJson } from "../../setup/steps/kernelspec.mjs";
import { sharedFolder } from "../fixtures/scratch.js";

const NAMES = ["shell", "iopub", "stdin", "control", "hb"] as const;
const folder = sharedFolder();
const key = randomUUID();
const session = randomUUID();
const signer = new Signer(key);
const socketOptions = { routingId: session, linger: 0 };
const sockets = { shell: new Dealer(socketOptions), control: new Dealer(socketOptions) };
const iopub = new Subscriber({ linger: 0 });
const published: Message[] = [];
const replies: Message[] = [];
let kernel: ChildProcess;

beforeAll(async () => {
  const ports = Object.fromEntries(
    await Promise.all(NAMES.map(async (name) => [`${name}_port`, await freePort()] as const)),
  );
  const file = join(folder, "kernel-v3.json");
  const rest = {
    version: 3,
    transport: "tcp",
    ip: "127.0.0.1",
    signature_scheme: "hmac-sha256",
    key,
  };
  writeFileSync(file, JSON.stringify({ ...ports, ...rest, kernel_name: "notebooster" }));
  const { argv, env } = kernelJson();
  const [command = "", ...words] = argv.map((word) => word.replace("{connection_file}", file));
  const environment = { ...process.env, ...env, NOTEBOOSTER_HISTORY: "off" };
  kernel = spawn(command, words, { cwd: folder, env: environment, stdio: "inherit" });
  for (const name of ["shell", "iopub"]) await untilUsed(Number(ports[`${name}_port`]));
  for (const name of ["shell", "control"] as const) {
    sockets[name].connect(`tcp://127.0.0.1:${ports[`${name}_port`]}`);
    void collect(sockets[name], replies);
  }
  iopub.connect(`tcp://127.0.0.1:${ports["iopub_port"]}`);
  iopub.subscribe();
  void collect(iopub, published);
});
afterAll(() => {
  kernel.kill("SIGKILL");
  for (const socket of [sockets.shell, sockets.control, iopub]) socket.close();
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Connects and hangs up, until somebody listens. */
async function untilUsed(port: number): Promise<void> {
  for (;;) {
    const probe = connect(port, "127.0.0.1");
    const isUsed = await Promise.race([
      once(probe, "connect").then(() => true),
      once(probe, "error").then(() => false),
    ]).catch(() => false);
    probe.destroy();
    if (isUsed) return;
    await delay(50);
  }
}

async function collect(socket: Dealer | Subscriber, messages: Message[]): Promise<void> {
  const verifier = new Signer(key);
  for await (const frames of socket) {
    const message = decode(frames, verifier);
    if (message !== undefined) messages.push(message);
  }
}

/** Sends a message as @jupyterlab/services makes it; returns its id. */
async function send(channel: "shell" | "control", type: string, content: Content, metadata = {}) {
  const header = {
    ...{ msg_id: randomUUID(), msg_type: type, session, username: "", version: "5.2" },
    ...{ date: new Date().toISOString(), subshell_id: null },
  };
  const rest = { identities: [], parent: {}, metadata, content, buffers: [] };
  await sockets[channel].send(encode({ header, ...rest }, signer) as Buffer[]);
  return header.msg_id;
}

/** What answers the request `id`, once there is a message of this type. */
async function answer(messages: readonly Message[], id: string, type: string): Promise<Content> {
  const find = () =>
    messages.find(({ header, parent }) => header.msg_type === type && parent.msg_id === id);
  await expect.poll(find).toBeDefined();
  return find()?.content ?? {};
}

test("kernel_info is answered on the shell and on control, and the first one brings something on IOPub", async () => {
  const ask = async (channel: "shell" | "control") => {
    const id = await send(channel, "kernel_info_request", {});
    const info = await answer(replies, id, "kernel_info_reply");
    expect(info["language_info"]).toMatchObject({ name: "typescript", file_extension: ".ts" });
    return id;
  };
  await ask("shell");
  // Without any message VS Code hangs. Where IOPub connects after this request, that is the kernel's welcome.
  await expect.poll(() => published.length).toBeGreaterThan(0);
  for (const channel of ["shell", "control"] as const) {
    const id = await ask(channel);
    const heard = () => published.filter(({ parent }) => parent.msg_id === id).length;
    await expect.poll(heard).toBe(2);
  }
});

test("a cell with VS Code's metadata runs; messages interrupt it; completions tell their kinds", async () => {
  const options = { silent: false, store_history: true, user_expressions: {}, allow_stdin: true };
  const metadata = { cellId: "vscode-notebook-cell:/a.ipynb#W0sZmlsZQ==" };
  const execute = (code: string) =>
    send("shell", "execute_request", { code, ...options, stop_on_error: false }, metadata);
  const sum = await execute("const total: number = 6 * 7; total");
  expect(await answer(published, sum, "execute_result")).toMatchObject({
    data: { "text/plain": "42" },
  });
  const loop = await execute("display({ 'text/plain': 'begun' }); while (true);");
  await answer(published, loop, "display_data");
  await answer(replies, await send("control", "interrupt_request", {}), "interrupt_reply");
  expect(await answer(replies, loop, "execute_reply")).toMatchObject({ ename: "InterruptedError" });
  const place = { code: "total.toF", cursor_pos: 9 };
  const found = await answer(
    replies,
    await send("shell", "complete_request", place),
    "complete_reply",
  );
  expect(found["metadata"]).toMatchObject({
    _jupyter_types_experimental: [{ start: 6, end: 9, text: "toFixed" }],
  });
});

test("the process that is told to end takes its workers along", async () => {
  const options = { silent: false, store_history: false, user_expressions: {}, allow_stdin: false };
  const id = await send("shell", "execute_request", { code: "process.pid", ...options });
  const { data } = await answer(published, id, "execute_result");
  const pid = (data as Record<string, string>)["text/plain"];
  kernel.kill("SIGTERM");
  await once(kernel, "exit");
  await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
});
