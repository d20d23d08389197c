// What memory() and snapshots say about CPU tensors, and that dropped tensors give their memory back outside of scopes.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { AdamW, backward, Linear, Module, memory, numLiveTensors, scope, zeros } from "notebooster";
import { holders, memorySnapshot, saveMemorySnapshot } from "notebooster/device";
import { expect, test, vi } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const MIB = 2 ** 20;

test("memory() counts each storage once, whatever the number of its views", () => {
  const before = memory().host.tensorBytes;
  using made = scope();
  const x = made.keep(zeros([4 * MIB]));
  const views = [x.reshape(2, 2 * MIB), x.slice(0, 0, 10), x.detach()];
  expect(memory().host.tensorBytes - before).toBe(16 * MIB);
  for (const tensor of [...views, x]) tensor.dispose();
  expect(memory().host.tensorBytes).toBe(before);
});

test("memory() reads the process and prints a table", () => {
  const report = memory();
  const { residentBytes, peakResidentBytes, freeBytes, totalBytes } = report.host;
  expect(residentBytes).toBeGreaterThan(50 * MIB);
  expect(peakResidentBytes).toBeGreaterThanOrEqual(residentBytes * 0.9);
  expect(freeBytes).toBeLessThan(totalBytes);
  expect(String(report)).toMatch(/tensors +reserved +peak +free +total\nhost +[\d.]+ \w+/);
});

test("holders() names parameters by their outermost module, gradients, scopes and variables", () => {
  class Pair extends Linear {
    readonly outerMost = new Linear(300, 500, { bias: false });
  }
  const model = new Pair(2, 2);
  backward(model.outerMost.forward(zeros([1, 300])).sum());
  using inner = scope();
  const inScope = zeros([400, 500]);
  const byVariable = inner.keep(zeros([500, 500]));
  const found = (rows: number, columns: number): unknown[] =>
    holders("cpu")
      .filter(({ shape }) => shape[0] === rows && shape[1] === columns)
      .map(({ name, kind, bytes }) => [kind, name, bytes]);
  expect(found(500, 300)).toEqual([
    ["parameter", "outer_most.weight", 600_000],
    ["gradient", "gradient of outer_most.weight", 600_000],
  ]);
  expect(found(400, 500)).toEqual([["scope", expect.stringContaining("open scope"), 800_000]]);
  expect(found(500, 500)).toEqual([["variable", "held by a variable", 1_000_000]]);
  inScope.dispose();
  byVariable.dispose();
});

test("holders() names what an optimizer remembers by its parameter, float32 masters included", () => {
  class Wide extends Module {
    readonly projection = new Linear(310, 520, { bias: false });
  }
  const model = new Wide();
  model.to("bfloat16");
  const optimizer = new AdamW(model.parameters());
  optimizer.useMasterWeights(new Map());
  const bytes = 310 * 520 * 4;
  const found = holders("cpu").filter(({ shape }) => shape[0] === 520 && shape[1] === 310);
  expect(found.map(({ kind, name, bytes }) => [kind, name, bytes]).sort()).toEqual([
    ["optimizer", "optimizer state exp_avg of projection.weight", bytes],
    ["optimizer", "optimizer state exp_avg_sq of projection.weight", bytes],
    ["optimizer", "optimizer state master weight of projection.weight", bytes],
    ["parameter", "projection.weight", bytes / 2],
  ]);
});

test("a snapshot goes through its file and `notebooster memory` into a picture with the largest holders", () => {
  const large = zeros([1000, 2000]);
  const folder = scratchFolder();
  const [file, picture] = [join(folder, "memory.json"), join(folder, "memory.svg")];
  saveMemorySnapshot(file);
  expect(JSON.parse(readFileSync(file, "utf8")).holders).toEqual(
    JSON.parse(JSON.stringify(memorySnapshot().holders)),
  );
  const module = fileURLToPath(new URL("../../setup/memory.mjs", import.meta.url));
  const program = `import { drawMemory } from ${JSON.stringify(module)}; await drawMemory(${JSON.stringify(file)}, ${JSON.stringify(picture)});`;
  execFileSync(process.execPath, ["--input-type=module", "-e", program]);
  const svg = readFileSync(picture, "utf8");
  expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
  expect(svg).toContain("7.63 MiB  float32[1000, 2000]");
  large.dispose();
});

test.each([
  ["training", 600],
  ["remembering", 8000],
  ["batches", 4000],
])("memory stays flat in a synchronous loop without scopes: %s", (loop, numSteps) => {
  const program = fileURLToPath(new URL("../fixtures/plain-loop.mjs", import.meta.url));
  const run = execFileSync(process.execPath, [program, loop, String(numSteps)], {
    encoding: "utf8",
  });
  const megabytes = JSON.parse(run) as number[];
  const [, , early = 0] = megabytes;
  expect(Math.max(...megabytes.slice(3)), run).toBeLessThan(early * 1.1);
});

test("without new tensors, those whose objects V8 has collected are freed by the event loop", async () => {
  const live = numLiveTensors();
  (() => Array.from({ length: 100 }, () => zeros([1])))();
  expect(numLiveTensors()).toBeGreaterThanOrEqual(live + 100);
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  await vi.waitUntil(() => numLiveTensors() <= live);
});
