// Frames nobody should send: forged, replayed, malformed. They are dropped, and nothing else happens.

import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { Dealer, Subscriber } from "zeromq";
import { endpoint } from "../../dist/kernel/wire/connection.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

const request = {
  type: "execute_request",
  content: { code: "globalThis.count = (globalThis.count ?? 0) + 1" },
};

async function count(): Promise<string | undefined> {
  return (await kernel.run("globalThis.count ?? 0")).result;
}

test("our signature is the HMAC-SHA256 of the four JSON frames", () => {
  const frames = kernel.client.frames({ ...request, buffers: [Buffer.from("not signed")] });
  const [, signature, ...rest] = frames;
  const hmac = createHmac("sha256", kernel.running.connection.key);
  for (const frame of rest.slice(0, 4)) hmac.update(frame);
  expect(Buffer.from(signature ?? []).toString("latin1")).toBe(hmac.digest("hex"));
});

test("a message is executed once, however often it is sent", async () => {
  const frames = kernel.client.frames(request);
  for (let i = 0; i < 3; i += 1) kernel.client.sendFrames(frames);
  expect(await count()).toBe("1");
});

test("a forged message is not executed", async () => {
  const frames = kernel.client.frames(request);
  for (const signature of [
    "",
    "0".repeat(64),
    "zz",
    `${Buffer.from(frames[1] ?? []).toString()}0`,
  ]) {
    kernel.client.sendFrames([
      frames[0] ?? Buffer.alloc(0),
      Buffer.from(signature),
      ...frames.slice(2),
    ]);
  }
  const changed = [...frames];
  changed[5] = Buffer.from(JSON.stringify({ code: "globalThis.count = 99" }));
  kernel.client.sendFrames(changed);
  expect(await count()).toBe("1");
});

test("10,000 forged, replayed and malformed messages get no reply and leave the kernel answering", async () => {
  const peer = new Dealer({ linger: 0, sendHighWaterMark: 0 });
  peer.connect(endpoint(kernel.running.connection, "shell"));
  const used = kernel.client.frames(request);
  kernel.client.sendFrames(used);
  expect(await count()).toBe("2");
  for (let i = 0; i < 10_000; i += 1) await peer.send(broken(used, i));
  const info = kernel.client.frames({ type: "kernel_info_request", content: {} });
  await peer.send(info.map((frame) => Buffer.from(frame)));
  const reply = await peer.receive();
  const header = JSON.parse(String(reply.at(-4))) as { msg_type: string };
  expect(header.msg_type).toBe("kernel_info_reply");
  peer.close();
  expect(await count()).toBe("2");
});

/** The frames of a message that was sent before, or of a new one broken in one of several ways. */
function broken(used: readonly Uint8Array[], i: number): Buffer[] {
  const frames = (i % 5 === 0 ? used : kernel.client.frames(request)).map((frame) =>
    Buffer.from(frame),
  );
  const victim = i % frames.length;
  if (i % 5 === 1) frames.splice(victim, 1);
  else if (i % 5 === 2) frames[victim] = randomBytes(i % 40);
  else if (i % 5 === 3) frames[2 + (i % 4)]?.fill(0x5b, 0, 1);
  else if (i % 5 === 4) frames[1] = Buffer.from(randomBytes(32).toString("hex"));
  return frames;
}

test("rightly signed nonsense is dropped too", async () => {
  const sign = (parts: Buffer[]): Buffer[] => {
    const hmac = createHmac("sha256", kernel.running.connection.key);
    for (const part of parts) hmac.update(part);
    return [Buffer.from("<IDS|MSG>"), Buffer.from(hmac.digest("hex")), ...parts];
  };
  for (const part of ["", "null", "[]", "3", "{}", '{"msg_type": 3}', "{"]) {
    kernel.client.sendFrames(sign(Array.from({ length: 4 }, () => Buffer.from(part))));
  }
  expect(await count()).toBe("2");
});

test("every subscriber is welcomed on IOPub", async () => {
  for (const topic of ["", "kernel."]) {
    const subscriber = new Subscriber({ linger: 0 });
    subscriber.connect(endpoint(kernel.running.connection, "iopub"));
    subscriber.subscribe(topic);
    const frames = await subscriber.receive();
    const header = JSON.parse(String(frames[3])) as { msg_type: string };
    expect(header.msg_type).toBe("iopub_welcome");
    expect(JSON.parse(String(frames[6]))).toEqual({ subscription: topic });
    subscriber.close();
  }
});
