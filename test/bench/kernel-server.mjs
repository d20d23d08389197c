// Round trips as a browser sees them: @jupyterlab/services through a Jupyter Server with our configuration.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { KernelManager, ServerConnection } from "@jupyterlab/services";
import { python } from "./python-peer.mjs";

const token = "bench";
const warmUp = 20;
const blocks = 10;
const block = 20;
const idleMs = 1000;

/** Milliseconds of `1+1` for each kernel, measured in turns. */
export async function measureThroughServer(names) {
  const server = await startServer();
  try {
    return await measure(names, server.url);
  } finally {
    server.process.kill("SIGTERM");
    await once(server.process, "exit");
  }
}

async function measure(names, baseUrl) {
  const wsUrl = baseUrl.replace("http", "ws");
  const manager = new KernelManager({
    serverSettings: ServerConnection.makeSettings({ baseUrl, wsUrl, token }),
  });
  await manager.ready;
  const running = [];
  for (const name of names) {
    const kernel = await manager.startNew({ name });
    await kernel.info;
    for (let i = 0; i < warmUp; i += 1) await roundTrip(kernel);
    running.push({ kernel, name, ms: [] });
  }
  for (let i = 0; i < blocks; i += 1) {
    for (const { kernel, ms } of running) {
      for (let j = 0; j < block; j += 1) ms.push(await roundTrip(kernel));
    }
  }
  for (const { kernel } of running) await kernel.shutdown();
  manager.dispose();
  return running.map(({ name, ms }) => ({ kernel: name, ms }));
}

async function roundTrip(kernel) {
  const future = kernel.requestExecute({ code: "1+1" });
  const begin = performance.now();
  const replied = new Promise((resolve) => {
    future.onReply = () => resolve(performance.now() - begin);
  });
  const elapsed = await replied;
  await Promise.race([future.done, sleep(idleMs)]); // some kernels never say that they are idle
  return elapsed;
}

async function startServer() {
  const options = [
    `--IdentityProvider.token=${token}`,
    "--port=0",
    "--ip=127.0.0.1",
    "--no-browser",
  ];
  const child = spawn(
    python,
    ["-m", "jupyter_server", "--allow-root", "--log-level=INFO", ...options],
    {
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let log = "";
  for await (const chunk of child.stderr) {
    log += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+\//.exec(log)?.[0];
    if (url !== undefined) {
      child.stderr.resume();
      return { process: child, url };
    }
  }
  throw new Error(`Jupyter Server ended:\n${log}`);
}
