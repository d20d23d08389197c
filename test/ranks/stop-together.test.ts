// Ranks end a loop over batches together, without waiting for one another while nobody is asked to.
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

test("all ranks stop one batch after one of them was asked to; none waits for another's vote", async () => {
  const [first, second] = await runRanks("stop-together.mjs", 2, {
    options: { folder: scratchFolder() },
    environment: { OMP_NUM_THREADS: "1" },
  });
  expect(first).toEqual([
    { count: 3, isEnded: false },
    { count: 3, isEnded: true }, // asked after the second batch
    { count: 6, isEnded: false }, // asked after the last batch
    { count: 6, isEnded: true }, // asked after the one before: the loop ends, by an error
  ]);
  expect(second).toEqual(first);
});
