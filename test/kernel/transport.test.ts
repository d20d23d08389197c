// How a kernel is reached: over TCP, encrypted or not, over ipc, through a handshake; and that it never stops beating.

import { spawn } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { curveKeyPair, Dealer, Push, Router } from "zeromq";
import { KernelClient } from "../../dist/kernel/client/client.js";
import { startKernel } from "../../dist/kernel/client/start-kernel.js";
import { type Connection, endpoint, formatConnection } from "../../dist/kernel/wire/connection.js";
import { Outbox } from "../../dist/kernel/wire/outbox.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { kernelspecs, USE_KERNELSPECS } from "./kernelspec.js";

const MAIN = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));
const DELIMITER = Buffer.from("<IDS|MSG>");

test.each([
  ["TCP with CURVE encryption", "tcp", "required"],
  ["ipc", "ipc", "disabled"],
])("jupyter_client reaches the kernel over %s, heartbeat included", (_, transport, encryption) => {
  const program = `${USE_KERNELSPECS}
import time
from jupyter_client.manager import KernelManager
manager = KernelManager(kernel_name="notebooster", transport=args[1], transport_encryption=args[2])
if args[1] == "ipc": manager.ip = os.path.join(tempfile.mkdtemp(), "k")
manager.start_kernel()
client = manager.blocking_client()
client.start_channels()
client.wait_for_ready(timeout=30)
reply = client.execute_interactive("6 * 7", timeout=20, output_hook=lambda m: None)
time.sleep(1.5)
seen = [reply["content"]["status"], client.hb_channel.is_beating(), manager.get_connection_info().get("curve_publickey") is not None]
client.stop_channels()
manager.shutdown_kernel()
print(json.dumps(seen))`;
  const seen = python(program, kernelspecs(), transport, encryption);
  expect(seen).toEqual(["ok", true, encryption === "required"]);
});

test("an encrypted kernel does not answer who has no keys", async () => {
  const folder = scratchFolder();
  const { publicKey, secretKey } = curveKeyPair();
  const ports = { shell: 1, iopub: 2, stdin: 3, control: 4, hb: 5 };
  const connection: Connection = {
    ...{ transport: "ipc", ip: join(folder, "k"), key: "", ports },
    curve: { publicKey, secretKey },
  };
  const file = join(folder, "connection.json");
  writeFileSync(file, formatConnection(connection));
  const kernel = spawn(process.execPath, [MAIN, file], { stdio: "inherit", cwd: folder });
  const friend = new KernelClient(connection);
  const stranger = new KernelClient({ ...connection, curve: undefined });
  const ask = (client: KernelClient) =>
    client.request({ type: "kernel_info_request", content: {} }, "control");
  let isHeard = false;
  void ask(stranger).then(() => {
    isHeard = true;
  });
  friend.send({ type: "kernel_info_request", content: {} }, "control");
  await delay(1500); // IOPub must be joined before idle can be heard
  await ask(friend);
  expect(isHeard).toBe(false);
  kernel.kill("SIGKILL");
  await once(kernel, "exit");
  friend.close();
  stranger.close();
});

test.each(["tcp", "ipc"] as const)(
  "given a registration file the kernel chooses its ports and tells them, over %s",
  async (transport) => {
    const folder = scratchFolder();
    const key = randomBytes(16).toString("hex");
    const ip = transport === "tcp" ? "127.0.0.1" : join(folder, "r");
    const registrar = new Router({ linger: 0 });
    await registrar.bind(transport === "tcp" ? "tcp://127.0.0.1:*" : `ipc://${ip}-1`);
    const port = Number(/\d+$/.exec(registrar.lastEndpoint ?? "")?.[0]);
    const file = join(folder, "registration.json");
    const registration = {
      ...{ kernel_id: "k-1", transport, registration_ip: ip, registration_port: port },
      ...{ signature_scheme: "hmac-sha256", key },
    };
    writeFileSync(file, JSON.stringify(registration));
    const kernel = spawn(process.execPath, [MAIN, file], { stdio: "inherit", cwd: folder });
    const sign = (content: Buffer) =>
      Buffer.from(createHmac("sha256", key).update(content).digest("hex"));
    const [peer, delimiter, signature, content] = await registrar.receive();
    if (peer === undefined || content === undefined) throw new Error("too few frames");
    expect([delimiter, signature]).toEqual([DELIMITER, sign(content)]);
    const told = JSON.parse(String(content)) as Record<string, string>;
    expect(told["kernel_id"]).toBe("k-1");
    const received = Buffer.from("{}");
    await registrar.send([peer, DELIMITER, sign(received), received]);
    const names = ["shell", "iopub", "stdin", "control", "hb"] as const;
    const ports = Object.fromEntries(
      names.map((name) => [name, Number(told[`${name}_port`])]),
    ) as Connection["ports"];
    expect(new Set(Object.values(ports)).size).toBe(5);
    const client = new KernelClient({ transport, ip, key, ports });
    await delay(300); // IOPub must be joined before idle can be heard
    expect((await client.execute("1 + 1")).content["status"]).toBe("ok");
    client.send({ type: "shutdown_request", content: {} }, "control");
    await once(kernel, "exit");
    client.close();
    registrar.close();
  },
);

test("the heart beats while the kernel process is stopped in a computation of its own", async () => {
  const kernel = await startKernel({ folder: scratchFolder() });
  const heart = new Dealer({ linger: 0, receiveTimeout: 2000 });
  heart.connect(endpoint(kernel.connection, "hb"));
  let isFree = false;
  const code = "x;\n".repeat(3_000_000);
  const parsing = kernel.client.request({ type: "is_complete_request", content: { code } });
  void parsing.then(
    () => {
      isFree = true;
    },
    () => undefined, // the kernel is killed
  );
  await delay(300); // it has the message and parses
  for (let i = 0; i < 3; i += 1) {
    await heart.send(["", `beat ${i}`]);
    expect((await heart.receive()).map(String)).toEqual(["", `beat ${i}`]);
  }
  expect(isFree).toBe(false);
  heart.close();
  kernel.process.kill("SIGKILL");
  await kernel.shutdown();
});

test("what is sent after a socket was closed is dropped and does not end the process", () => {
  const socket = new Push();
  const outbox = new Outbox(socket);
  socket.close();
  outbox.send([Buffer.from("late")]);
  expect(outbox.numRefused).toBe(1);
});
