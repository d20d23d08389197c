// What of weights and state lies on the host when it is known what room there is, and which blocks are fetched while one computes.
import { expect, test } from "vitest";
import { blocksAhead } from "../../src/booster/fetch-order.js";
import { placedAnew } from "../../src/booster/placed-anew.js";

const all = { weights: 1, state: 1 };
const sizes = { weights: 100, state: 600 };

test("weights come to the device before state, and leave it after it", () => {
  expect(placedAnew(all, sizes, 0)).toEqual(all);
  expect(placedAnew(all, sizes, 25)).toEqual({ weights: 0.75, state: 1 });
  expect(placedAnew(all, sizes, 100)).toEqual({ weights: 0, state: 1 });
  expect(placedAnew(all, sizes, 400)).toEqual({ weights: 0, state: 0.5 });
  expect(placedAnew(all, sizes, 9000)).toEqual({ weights: 0, state: 0 });
  expect(placedAnew({ weights: 0, state: 0.5 }, sizes, -60)).toEqual({ weights: 0, state: 0.6 });
  expect(placedAnew({ weights: 0, state: 0.5 }, sizes, -340)).toEqual({ weights: 0.4, state: 1 });
  expect(placedAnew({ weights: 0.4, state: 1 }, sizes, -9000)).toEqual(all);
});

test("where all that is trained has no state it counts as on the host as long as weights are", () => {
  const none = { weights: 100, state: 0 };
  expect(placedAnew(all, none, 50)).toEqual({ weights: 0.5, state: 1 });
  expect(placedAnew(all, none, 100)).toEqual({ weights: 0, state: 0 });
  expect(placedAnew(all, { weights: 0, state: 600 }, 300)).toEqual({ weights: 0, state: 0.5 });
});

const of = (onHost: readonly number[], prefetch = true) => ({
  ...{ numBlocks: 6, prefetch },
  isOnHost: (block: number) => onHost.includes(block),
});

test("the next block is on its way, and the next that comes from the host", () => {
  const every = of([0, 1, 2, 3, 4, 5]);
  expect([0, 3, 5].map((i) => blocksAhead(i, "forward", every))).toEqual([[1], [4], []]);
  expect([5, 3, 0].map((i) => blocksAhead(i, "backward", every))).toEqual([[4], [2], []]);
  const some = of([1, 4]);
  expect([0, 1, 3, 4].map((i) => blocksAhead(i, "forward", some))).toEqual([[1], [2, 4], [4], [5]]);
  expect([5, 4, 2, 1].map((i) => blocksAhead(i, "backward", some))).toEqual([
    [4],
    [3, 1],
    [1],
    [0],
  ]);
  expect(blocksAhead(1, "forward", of([1, 4], false))).toEqual([]);
});
