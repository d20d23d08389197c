// Packages belong to the notebook's folder: %npm install writes there, and those of the product stay its own.

import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { KernelUnderTest } from "./kernel-under-test.js";

async function kernelIn(folder: string): Promise<KernelUnderTest> {
  const kernel = new KernelUnderTest({}, { types: true });
  onTestFinished(() => kernel.stop());
  await kernel.start(folder);
  return kernel;
}

test("%npm install writes beside the notebook, not into a project above it", async () => {
  const project = scratchFolder();
  const notebooks = join(project, "notebooks");
  mkdirSync(join(notebooks, "part"), { recursive: true });
  writeFileSync(join(project, "package.json"), '{ "name": "above" }');
  writeFileSync(join(notebooks, "part/package.json"), '{ "name": "part", "version": "1.0.0" }');
  const kernel = await kernelIn(notebooks);
  expect((await kernel.run("%npm install ./part")).reply["status"]).toBe("ok");
  expect(existsSync(join(notebooks, "node_modules/part/package.json"))).toBe(true);
  expect(readdirSync(project).sort()).toEqual(["notebooks", "package.json"]);
});

test("a notebook inside the checkout does not see the product's packages, nor do its types", async () => {
  const folder = fileURLToPath(new URL(`../output/packages-${process.pid}`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const kernel = await kernelIn(folder);
  const cell = 'import { tableFromArrays } from "apache-arrow";';
  expect((await kernel.run(cell)).error).toContain(
    "install it there with %npm install apache-arrow",
  );
  expect((await kernel.run('import { ops } from "notebooster"; typeof ops')).error).toBe("");
  await kernel.run("%check strict");
  expect((await kernel.run(cell)).error).toContain("TS2307");
  expect((await kernel.run('import { report } from "node:process"; typeof report')).error).toBe("");
});
