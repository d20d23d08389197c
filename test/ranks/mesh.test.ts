// Ranks as a grid: whom each meets along an axis, by a collective among them.
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

test("four ranks of { dp: 2, tp: 2 }: the inner axis is of neighbours, the outer one of every second", async () => {
  const results = await runRanks("mesh-groups.mjs", 4, { options: { sizes: { dp: 2, tp: 2 } } });
  const all = [0, 1, 2, 3];
  expect(results).toEqual([
    { indices: [0, 0], met: [[0, 2], [0, 1], all, all], isOne: true },
    { indices: [0, 1], met: [[1, 3], [0, 1], all, all], isOne: true },
    { indices: [1, 0], met: [[0, 2], [2, 3], all, all], isOne: true },
    { indices: [1, 1], met: [[1, 3], [2, 3], all, all], isOne: true },
  ]);
});

test("six ranks of { pp: 2, dp: 1, tp: 3 }: an axis of one rank has no group", async () => {
  const sizes = { pp: 2, dp: 1, tp: 3 };
  const results = (await runRanks("mesh-groups.mjs", 6, { options: { sizes } })) as {
    met: number[][];
    indices: number[];
  }[];
  expect(results.map(({ indices }) => indices)).toEqual([
    [0, 0, 0],
    [0, 0, 1],
    [0, 0, 2],
    [1, 0, 0],
    [1, 0, 1],
    [1, 0, 2],
  ]);
  const [pp, dp, tp, ppDp] = [0, 1, 2, 3].map((axes) => results.map(({ met }) => met[axes]));
  expect(pp).toEqual([
    [0, 3],
    [1, 4],
    [2, 5],
    [0, 3],
    [1, 4],
    [2, 5],
  ]);
  expect(dp).toEqual([[0], [1], [2], [3], [4], [5]]);
  expect(tp).toEqual([
    [0, 1, 2],
    [0, 1, 2],
    [0, 1, 2],
    [3, 4, 5],
    [3, 4, 5],
    [3, 4, 5],
  ]);
  expect(ppDp).toEqual(pp);
});
