// A notebook that begins with `%check off`: nobody waits for the compiler, and it is not loaded.
import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { useKernel } from "./kernel-under-test.js";

const kernel = useKernel({}, { types: true });
/** Longer than a kernel waits with its thread of types until workers have started. */
const WARM_UP_MS = 1500;

test("no thread of types is started until somebody asks; what cells declared before is known then", async () => {
  await kernel.run("%check off");
  const pid = (await kernel.run("process.ppid")).result;
  const numThreads = () => readdirSync(`/proc/${pid}/task`).length;
  await kernel.run("type Early = { alpha: number }; const silent: number = 'x';");
  for (let i = 0; i < 40; i += 1) await kernel.run(`type Early${i} = number;`);
  await sleep(WARM_UP_MS);
  expect((await kernel.run("%check")).stdout).toContain("%check off");
  const before = numThreads();
  await kernel.run("%check strict");
  const { error } = await kernel.run("const early: Early = { alpha: 'x' };");
  expect(error).toContain("TS2322");
  expect((await kernel.run("const late: Early39 = 'x';")).error).toContain("TS2322");
  expect(numThreads()).toBeGreaterThan(before);
});
