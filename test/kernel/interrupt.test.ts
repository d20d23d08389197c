// Interrupts: whatever a cell does, it ends, variables stay, and the next cell runs.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { BEGIN, useKernel } from "./kernel-under-test.js";

const kernel = useKernel({}, { types: true });

test.each([
  "begin(); while (true) {}",
  "await 1; begin(); while (true) {}",
  "begin(); for (;;) await null",
  "begin(); await new Promise(() => {})",
  "await new Promise((r) => setTimeout(r, 5)); begin(); while (true) {}",
  "begin(); for (;;) await new Promise((r) => setTimeout(r, 1))",
  "for (;;) { try { begin(); while (true) {} } catch {} finally { while (true) {} } }",
  "await new Promise((r) => setImmediate(r)); begin(); for (;;) {}",
])("`%s` ends with InterruptedError and leaves variables", async (code) => {
  await kernel.run(`let kept = 41; const begin = () => { ${BEGIN} }`);
  const { reply, error } = await kernel.interrupted(code);
  expect(reply).toMatchObject({ status: "error", ename: "InterruptedError" });
  expect(error).not.toContain("kernel/");
  expect((await kernel.run("kept + 1")).result).toBe("42");
});

test("an interrupt ends a cell that has not begun", async () => {
  const announced = kernel.next(({ header }) => header.msg_type === "execute_input");
  const ending = kernel.run("%check strict\nfor (;;) {}"); // waits for the thread that checks types
  await announced;
  await kernel.client.interrupt();
  expect((await ending).reply["evalue"]).toBe(
    "the cell was interrupted before it began; variables are intact",
  );
  await kernel.run("%check warn");
});

test.each([
  "setTimeout(loop, 1)",
  "setImmediate(loop)",
  "process.nextTick(loop)",
  "require('node:fs').stat('/', loop)",
  "require('node:child_process').exec('echo', loop)",
  "new (require('node:events'))().on('go', loop).emit('go')",
  "Promise.resolve().then(function turn() { if (!begun) loop.begin(); Promise.resolve().then(turn); })",
])("an endless callback of `%s` is ended, and variables stay", async (schedule) => {
  const { reply } = await kernel.interrupted(`let kept = 41, begun = false;
const loop = () => { loop.begin(); while (true) {} };
loop.begin = () => { begun = true; ${BEGIN} };
await new Promise(() => { ${schedule}; });`);
  expect(reply["ename"]).toBe("InterruptedError");
  expect((await kernel.run("kept + 1")).result).toBe("42");
});

test("a callback that an earlier cell left and that never ends gives way to an interrupt of the next cell", async () => {
  const looping = kernel.begun();
  await kernel.run(`let before = 7; setTimeout(() => { ${BEGIN} while (true) {} }, 5);`);
  await looping;
  const announced = kernel.next(({ header }) => header.msg_type === "execute_input");
  const waiting = kernel.run("before");
  await announced;
  await kernel.client.interrupt();
  expect(["7", undefined]).toContain((await waiting).result); // it may have been ended with the callback
  await expect.poll(async () => (await kernel.run("before + 1")).result).toBe("8");
});

test("an interrupt while nothing runs changes nothing", async () => {
  expect((await kernel.client.interrupt()).content["status"]).toBe("ok");
  expect((await kernel.run("1 + 2")).result).toBe("3");
});

test("code that polls is only asked by the first interrupt and ended by the second", async () => {
  const polling = "const host = globalThis[Symbol.for('notebooster.host')]; host.enterSteps();";
  const asked = await kernel.interrupted(
    `${polling} ${BEGIN} while (!host.interruptRequested) {} host.leaveSteps(); 'stopped between steps'`,
  );
  expect(asked.result).toBe("'stopped between steps'");
  const ended = await kernel.interrupted(`${polling} ${BEGIN} while (true) {}`, 2);
  expect(ended.reply["ename"]).toBe("InterruptedError");
  expect((await kernel.run("host.interruptRequested")).result).toBe("false");
});

test("code of an interrupted cell that still runs is stopped when it prints", async () => {
  await kernel.interrupted(
    `globalThis.ticks = 0; ${BEGIN} for (;;) { await new Promise((r) => setTimeout(r, 5)); globalThis.ticks += 1; console.log('tick') }`,
  );
  const { result } = await kernel.run(
    "const a = globalThis.ticks; await new Promise((r) => setTimeout(r, 100)); globalThis.ticks - a <= 1",
  );
  expect(result).toBe("true");
});

test("each interrupt says what it did and what the next one will do; the announced one kills the worker", async () => {
  const mark = join(kernel.folder, "in the shell");
  const cell = kernel.run(
    `import { execSync } from 'node:child_process'; execSync("touch '${mark}'; sleep 1000")`,
  );
  await expect.poll(() => existsSync(mark)).toBe(true);
  const told = kernel.said("interrupt again to kill it with its variables");
  await kernel.client.interrupt();
  expect(String((await told).content["text"])).toMatch(
    /rank 0 \(pid \d+\) is still in native code/,
  );
  await kernel.client.interrupt();
  const { reply } = await cell;
  expect(reply["ename"]).toBe("InterruptedError");
  expect(reply["evalue"]).toMatch(
    /was killed by an interrupt.*variables are gone; a fresh process/,
  );
  expect((await kernel.run("1 + 1")).result).toBe("2");
});

test("a tokenizer that was interrupted gives the right ids and texts afterwards", async () => {
  const base = fileURLToPath(new URL("../../notebooks/base-model", import.meta.url));
  await kernel.run(`import { AutoTokenizer } from "notebooster";
const tokenizer = await AutoTokenizer.fromPretrained(${JSON.stringify(base)});
const before = String(tokenizer.encode("the cat"));`);
  for (const call of ["encode(long)", "encodeBatch(Array(200).fill(long))"]) {
    const { reply } = await kernel.interrupted(
      `const long = "x y ".repeat(40_000); ${BEGIN} for (;;) tokenizer.${call}`,
    );
    expect(reply).toMatchObject({ status: "error", ename: "InterruptedError" });
    const same = 'String(tokenizer.encode("the cat")) === before';
    const text = 'tokenizer.decode(tokenizer.encodeBatch(["a", "the cat"])[1])';
    expect((await kernel.run(`[${same}, ${text}]`)).result).toBe("[ true, 'the cat' ]");
  }
});

test("an interrupt that a step loop hears is told when the step goes on", async () => {
  const host = "const host = globalThis[Symbol.for('notebooster.host')];";
  const begun = kernel.begun();
  const cell = kernel.run(
    `${host} host.enterSteps(); ${BEGIN} for (;;) await new Promise((r) => setTimeout(r, 1));`,
  );
  await begun;
  const told = kernel.said("after this step");
  await kernel.client.interrupt();
  await told;
  await kernel.client.interrupt();
  expect((await cell).reply["ename"]).toBe("InterruptedError");
});
