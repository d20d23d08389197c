// A simulated budget of memory under every plugin: what the plan chooses for it stays within it, at the first step too, and one that is
// too small is refused with the plan.
import { beforeAll, describe, expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { runRanks } from "../fixtures/run-ranks.mjs";

/** In bytes, as keep-budget.mjs gives it. */
interface Kept {
  readonly name: string;
  readonly free: number;
  readonly least: number;
  readonly budget: number;
  readonly planned: number;
  readonly measured: readonly number[];
  readonly refused?: { readonly message: string; readonly totalBytes: number };
}

const ALL = ["DDP", "ZeRO 1", "ZeRO 2", "FSDP", "Gemini", "Gemini auto", "Gemini whole"];
const PLUGINS = isMatrix ? ALL : ["ZeRO 2", "Gemini"];

describe.each(isMatrix ? [1, 2, 4] : [2])("%i ranks", (numRanks) => {
  let ranks: readonly (readonly Kept[])[];
  beforeAll(async () => {
    const running = { options: PLUGINS, environment: { OMP_NUM_THREADS: "1" } };
    ranks = (await runRanks("keep-budget.mjs", numRanks, running)) as typeof ranks;
  });

  test("no step takes more than the budget, nor much less than the plan says", () => {
    for (const { name, free, least, budget, planned, measured } of ranks.flat()) {
      expect([name, least < budget && budget < free]).toEqual([name, true]);
      expect([name, planned <= budget]).toEqual([name, true]);
      expect([name, Math.max(...measured) <= budget]).toEqual([name, true]);
      const isOnDevice = !name.startsWith("Gemini"); // its steps need not be at their peak when state arrives
      expect([name, isOnDevice && Math.min(...measured) < 0.9 * planned]).toEqual([name, false]);
    }
  });

  test("a budget that is too small is refused with the plan of the least", () => {
    for (const { name, least, refused } of ranks.flat()) {
      expect(refused?.message, name).toMatch(/^plan: budget: .* are too few: the training takes/);
      expect(refused?.totalBytes, name).toBe(least);
    }
  });
});
