// A learner's own modules, which name no blocks, train and boost as models of the library do.
import { join } from "node:path";
import { expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";
import { scratchFolder } from "../fixtures/scratch.js";

interface Result {
  readonly losses: number[];
  readonly weights: string;
  readonly kept: number[];
  readonly names: string[];
}

test("an MLP trains on two ranks as on one with the whole batch, by booster.backward and by loss.backward()", async () => {
  const [alone] = await train(1, { kind: "mlp" });
  const [first, second] = await train(2, { kind: "mlp" });
  expect(second?.weights).toBe(first?.weights);
  for (const [step, loss] of (alone as Result).losses.entries())
    expect(Math.abs((first?.losses[step] as number) - loss), `loss ${step}`).toBeLessThan(1e-6);
  const byLoss = await train(2, { kind: "mlp", by: "loss" });
  expect(byLoss.map(({ weights }) => weights)).toEqual([first?.weights, first?.weights]);
  expect(first?.kept).toEqual([4, 3]); // what forward keeps in a field lives on
  expect(first?.names).toContain("scales.0");
  expect(first?.names).not.toContain("last.hidden"); // nor is it overwritten with rank 0's, as buffers are
});

test("a CNN with running statistics saves and resumes to the bit", async () => {
  const folder = join(scratchFolder(), "checkpoints");
  const [whole] = await train(1, { kind: "cnn", folder, saveAt: 4 });
  const [resumed] = await train(1, { kind: "cnn", folder, resume: true });
  expect(resumed?.losses).toEqual(whole?.losses.slice(4));
  expect(resumed?.weights).toBe(whole?.weights);
  expect(whole?.names).toContain("norm.running_var");
});

function train(worldSize: number, options: Record<string, unknown>): Promise<Result[]> {
  return runRanks("train-learner.mjs", worldSize, {
    options,
    environment: { OMP_NUM_THREADS: "1" },
  }) as Promise<Result[]>;
}
