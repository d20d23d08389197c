// Interrupts while no cell runs: they end what earlier cells left running, say so there, and touch nothing else.

import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import type { Message } from "../../dist/kernel/wire/message.js";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel();

const isShown = (text: string) => (message: Message) =>
  (message.content["data"] as Record<string, string> | undefined)?.["text/plain"] === text;

/** Runs a cell whose `code` begins at its end, and returns once that has shown "begun"; `before` runs first. */
async function leaveRunning(code: string, before = "") {
  let cell: unknown;
  const begun = kernel.next((message) => {
    cell = (message.parent as { msg_id?: string }).msg_id;
    return isShown("begun")(message);
  });
  const { reply } = await kernel.run(`const begin = () => { display({ "text/plain": "begun" }); };
    const host = globalThis[Symbol.for("notebooster.host")];
    const left = new (require("node:events"))();
    left.on("end", () => { ${code}; });
    host.atCellEnd(() => left.emit("end"));
    ${before}; undefined`);
  expect(reply["status"]).toBe("ok");
  await begun;
  return cell;
}

/** Each interrupt ends what runs as it comes: a loop of promises may begin right after it. */
async function interruptUntilTold(): Promise<Message> {
  const told = kernel.next(({ header }) => header.msg_type === "stream");
  for (;;) {
    await kernel.client.interrupt();
    const message = await Promise.race([told, delay(1000, undefined)]);
    if (message !== undefined) return message;
  }
}

test.each([
  ["a timer", "setTimeout(() => { begin(); while (true) {} }, 1)"],
  ["an interval", "setInterval(() => { begin(); while (true) {} }, 1)"],
  ["a loop of promises", "setTimeout(async () => { begin(); for (;;) await null; }, 1)"],
])("%s that never ends is ended, its cell says so, and the next cell runs", async (_, code) => {
  const cell = await leaveRunning(code, "let kept = 41");
  const { content, parent } = await interruptUntilTold();
  expect(content).toEqual({
    name: "stderr",
    text: "interrupted: code that this cell had left running was ended; variables are intact\n",
  });
  expect(parent).toMatchObject({ msg_id: cell });
  const next = await kernel.run(
    "setTimeout(() => display({ 'text/plain': 'timers run' }), 1); kept + 1",
  );
  expect(next.result).toBe("42");
  expect(
    (await kernel.run("await new Promise((done) => setTimeout(done, 1, 'on time'))")).result,
  ).toBe("'on time'");
});

test("a step loop of a callback ends at its next poll, and later ones are not meant", async () => {
  await leaveRunning(`const loop = () => {
    host.enterSteps(); begin(); while (!host.interruptRequested) {} host.leaveSteps();
    display({ "text/plain": "stopped" });
  }; setTimeout(loop, 1)`);
  const stopped = kernel.next(isShown("stopped"));
  await kernel.client.interrupt();
  await stopped;
  const later = kernel.next(isShown("asked: false"));
  await kernel.run(
    "setTimeout(() => display({ 'text/plain': 'asked: ' + host.interruptRequested }), 1); undefined",
  );
  await later;
});

test("an interrupt while nothing at all runs says nothing and ends no later loop", async () => {
  const { stderr } = await kernel.run("undefined");
  expect(stderr).toBe("");
  for (let i = 0; i < 3; i += 1) await kernel.client.interrupt();
  const { messages, result } = await kernel.run("host.enterSteps(); host.interruptRequested");
  expect(result).toBe("false");
  expect(messages.map(({ header }) => header.msg_type)).toEqual(["execute_result"]);
});
