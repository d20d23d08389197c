// Workers that take longer to start than anything else in a kernel takes to answer, as on a busy machine.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { DebugClient } from "./debug-client.js";
import { KernelUnderTest } from "./kernel-under-test.js";

/** Sleeps before the main thread of a worker begins: longer than the debugger waits for an answer. */
const LATE = `const isWorker = process.env.RANK !== undefined && require("node:worker_threads").isMainThread;
if (isWorker) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3500);`;

const late = join(sharedFolder(), "late.cjs");
const kernel = new KernelUnderTest({ NODE_OPTIONS: `--require ${late}` });
beforeAll(async () => {
  writeFileSync(late, LATE);
  await kernel.start();
});
afterAll(() => kernel.stop());

test("a debugger that is switched on before the worker listens attaches once it does", async () => {
  const debug = new DebugClient(kernel);
  await debug.start();
  const { ended } = await debug.runTo("let one = 1;\none += 1;", [{ line: 2 }]);
  expect(await debug.line()).toBe(2);
  await debug.request("continue");
  await ended;
  await debug.stop();
});

test("that a cell's ranks take long to start is told in their order, between what it printed before and after", async () => {
  const { stdout, stderr } = await kernel.run(
    'console.log("1"); console.log("2"); await cluster.launch({ numRanks: 1 }); console.log("3")',
  );
  expect(stdout).toMatch(
    /^1\n2\nstarting 1 rank, which does not listen yet ...\n1 rank\n[\s\S]*\n3\n$/,
  );
  expect(stderr).toBe("");
});
