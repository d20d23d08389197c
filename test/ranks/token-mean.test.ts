// Labels masked so unevenly that one rank has 3 tokens and the other 300: gradients are those of the mean over all tokens.
import { beforeAll, describe, expect, test } from "vitest";
import { isMatrix } from "../fixtures/matrix.js";
import { runRanks } from "../fixtures/run-ranks.mjs";

interface Result {
  readonly gradients: readonly number[];
  /** Before the step, and after it. */
  readonly early: number;
  readonly norm: number;
}

const SAMPLE = [
  { numRanks: 1, accumulation: 4 },
  { numRanks: 2, accumulation: 4 },
  { numRanks: 2, accumulation: 4, pausing: false },
];
const SETTINGS = [
  ...SAMPLE,
  { numRanks: 1, accumulation: 1 },
  { numRanks: 2, accumulation: 1 },
  { numRanks: 4, accumulation: 1 },
  { numRanks: 4, accumulation: 4 },
];

describe.each(["llama", "gpt2"])("%s", (family) => {
  let wanted: readonly number[];
  let wantedNorm: number;
  beforeAll(async () => {
    const [{ gradients }] = (await train({ numRanks: 1, family, reference: true })) as [Result];
    wanted = gradients;
    wantedNorm = Math.hypot(...gradients);
    expect(wantedNorm).toBeGreaterThan(0.1);
  });

  test.each(isMatrix ? SETTINGS : SAMPLE)(
    "gradients of %j are those of one process with the whole batch",
    async (setting) => {
      const results = await train({ family, ...setting });
      for (const { gradients, early, norm } of results) {
        expect(furthest(gradients, wanted, { absolute: 1e-6, relative: 1e-4 })).toBeLessThanOrEqual(
          0,
        );
        expect(Math.abs(early / wantedNorm - 1)).toBeLessThan(1e-5);
        expect(Math.abs(norm / wantedNorm - 1)).toBeLessThan(1e-5);
      }
      expect(results.at(-1)).toEqual(results[0]);
    },
  );

  test("they are clipped by their own norm", async () => {
    const maxNorm = wantedNorm / 3;
    const [{ gradients, norm }] = (await train({
      family,
      numRanks: 2,
      accumulation: 4,
      maxNorm,
    })) as [Result];
    const clipped = wanted.map((one) => one / 3);
    expect(furthest(gradients, clipped, { absolute: 1e-6, relative: 1e-4 })).toBeLessThanOrEqual(0);
    expect(Math.abs(norm / wantedNorm - 1)).toBeLessThan(1e-5);
  });

  test.each(["bf16", "fp16"])("in %s they are close", async (precision) => {
    const [{ gradients, norm }] = (await train({
      family,
      numRanks: 2,
      accumulation: 4,
      precision,
    })) as [Result];
    expect(furthest(gradients, wanted, { absolute: 5e-3, relative: 5e-2 })).toBeLessThanOrEqual(0);
    expect(Math.abs(norm / wantedNorm - 1)).toBeLessThan(1e-2);
  });
});

/** How much an element exceeds what is allowed; NaN counts as infinitely much. */
function furthest(
  actual: readonly number[],
  expected: readonly number[],
  { absolute, relative }: { absolute: number; relative: number },
): number {
  expect(actual.length).toBe(expected.length);
  return expected.reduce((most, wanted, i) => {
    const off = Math.abs((actual[i] as number) - wanted) - absolute - relative * Math.abs(wanted);
    return Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(most, off);
  }, Number.NEGATIVE_INFINITY);
}

async function train({ numRanks, ...options }: Record<string, unknown>): Promise<Result[]> {
  const environment = { OMP_NUM_THREADS: "1" };
  return runRanks("train-uneven.mjs", numRanks as number, { options, environment });
}
