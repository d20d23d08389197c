// The debugger when what it debugs goes: kernels and workers that end while a cell is stopped.

import { existsSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DebugClient } from "./debug-client.js";
import { KernelUnderTest, useKernel } from "./kernel-under-test.js";

const kernel = useKernel();
let debug: DebugClient;
beforeEach(() => {
  debug = new DebugClient(kernel);
});
afterEach(() => debug.stop());

test("a kernel that is ended while a cell is stopped leaves no process", async () => {
  const other = new KernelUnderTest();
  await other.start();
  const { result: pid } = await other.run("process.pid");
  const its = new DebugClient(other);
  await its.start();
  const { ended } = await its.runTo("let one = 1;\none += 1;", [{ line: 2 }]);
  ended.catch(() => undefined);
  await other.stop();
  await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
});

test("a rank that is killed while it is stopped ends the cell, and the next ranks are debugged", async () => {
  await debug.start();
  const { result: pid } = await kernel.run("process.pid");
  const { ended } = await debug.runTo("let two = 2;\ntwo += 1;", [{ line: 2 }]);
  process.kill(Number(pid), "SIGSTOP"); // so that questions stay unread in its pipe
  const asked = [1, 2, 3].map(() => debug.answer("inspectVariables"));
  process.kill(Number(pid), "SIGKILL");
  expect((await ended).error).toContain("was killed by SIGKILL");
  expect(await Promise.all(asked)).toMatchObject([1, 2, 3].map(() => ({ success: false })));
  await debug.event("continued");
  await kernel.run("%cluster 1");
  const again = await debug.runTo("let three = 3;\nthree += 1;", [{ line: 2 }]);
  expect(await debug.line()).toBe(2);
  await debug.request("continue");
  await again.ended;
});

test("workers that are replaced while one is stopped are let go in the front end too", async () => {
  await debug.start();
  await kernel.run("setTimeout(() => {\n  Math.sqrt(2);\n  debugger;\n}, 50);");
  await debug.event("stopped"); // after its cell has ended, so the next one is obeyed
  await kernel.run("%cluster 1");
  expect(await debug.event("continued")).toMatchObject({ threadId: 1 });
  expect(await debug.request("debugInfo")).toMatchObject({ stoppedThreads: [] });
});
