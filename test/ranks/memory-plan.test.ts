// Memory plans beside what steps take on two ranks, as they share gradients, state and weights.
import { beforeAll, expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

/** Of the model in memory-plan.mjs. */
const NUM_WEIGHTS = 4 * 9 + 3;

interface Found {
  readonly name: string;
  readonly terms: readonly (readonly [title: string, predicted: number, measured: number])[];
  readonly difference: number;
}

/** Whether ranks have all weights whole. */
const isWhole = ({ name }: Found) => !/^(fsdp|gemini)/.test(name);
const onHost = ({ name }: Found) => name.startsWith("gemini");

let ranks: readonly (readonly Found[])[];
beforeAll(async () => {
  const environment = { OMP_NUM_THREADS: "1" };
  ranks = (await runRanks("memory-plan.mjs", 2, { environment })) as typeof ranks;
});

test("weights and what is remembered are to the byte what a rank has, and the peak within a few hundredths", () => {
  for (const found of ranks)
    for (const { name, terms, difference } of found.filter(isWhole)) {
      const [weights, remembered] = terms as [Found["terms"][0], Found["terms"][0]];
      expect([name, weights[1]]).toEqual([name, weights[2]]);
      expect([name, remembered[1] - remembered[2]]).toEqual([name, 4 * NUM_WEIGHTS]); // counts of steps
      expect([name, Math.abs(difference) < 0.03]).toEqual([name, true]);
    }
});

test("of weights in parts a rank's own part is measured, and what an optimizer that was not named remembers of it", () => {
  for (const found of ranks) {
    const inParts = found.filter((each) => !isWhole(each) && !onHost(each));
    expect(inParts).toHaveLength(2);
    for (const { name, terms, difference } of inParts) {
      // Gloo may still hold the gradients of a layer, here 0.04 of all.
      expect([name, difference > -0.06 && difference < 0.03]).toEqual([name, true]);
      for (const [title, predicted, measured] of terms.slice(0, 2))
        expect([name, title, Math.abs(predicted / measured - 1) < 0.005]).toEqual([
          ...[name, title, true],
        ]);
    }
  }
});

test("of weights in parts that lie in host memory in part, the rest is measured on the device, and what comes from there", () => {
  for (const found of ranks) {
    const away = found.filter(onHost);
    expect(away).toHaveLength(2);
    for (const { name, terms, difference } of away) {
      const [weights, , onItsWay] = terms as [
        Found["terms"][0],
        Found["terms"][0],
        Found["terms"][0],
      ];
      expect([name, weights[1]]).toEqual([name, weights[2]]);
      expect([name, onItsWay[1]]).toEqual([name, onItsWay[2]]);
      expect([name, Math.abs(difference) < 0.1]).toEqual([name, true]); // Gloo's copies
    }
  }
});
