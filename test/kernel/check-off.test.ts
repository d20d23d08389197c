// A notebook that begins with `%check off`: nobody waits for the compiler, and it is not loaded.

import { spawnSync } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { formatConnection } from "../../dist/kernel/wire/connection.js";
import { KernelUnderTest, useKernel } from "./kernel-under-test.js";

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

test("the environment says what holds at first, and of what is no mode the kernel tells and ends", async () => {
  const named = new KernelUnderTest({ NOTEBOOSTER_CHECK: "strict" });
  try {
    await named.start();
    expect((await named.run("%check")).stdout).toContain("%check strict");
    expect((await named.run("const one: string = 1;")).error).toContain("TS2322");
  } finally {
    await named.stop();
  }
  const options = {
    encoding: "utf8",
    env: { ...process.env, NOTEBOOSTER_CHECK: "stirct" },
  } as const;
  const main = fileURLToPath(new URL("../../dist/kernel/main.js", import.meta.url));
  const file = join(kernel.folder, "connection.json");
  writeFileSync(file, formatConnection(kernel.running.connection));
  const { status, stderr } = spawnSync(process.execPath, [main, file], options);
  expect(stderr).toBe(
    'notebooster: NOTEBOOSTER_CHECK in the environment of the kernel is "stirct"; it may be strict, warn, off\n',
  );
  expect(status).toBe(2);
});
