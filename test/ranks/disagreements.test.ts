// Ranks that boost different things are told which, all of them, before anything was changed.
import { beforeAll, expect, test } from "vitest";
import { runRanks } from "../fixtures/run-ranks.mjs";

let ranks: readonly Readonly<Record<string, string | null>>[];
beforeAll(async () => {
  const environment = { OMP_NUM_THREADS: "1" };
  ranks = (await runRanks("disagree.mjs", 2, { environment })) as typeof ranks;
});

test("ranks that boost the same are not refused", () => {
  for (const { nothing } of ranks) expect(nothing).toBeNull();
});

test.each([
  [
    "order",
    "boost: parameter 0 of the model differs between ranks: a.weight float32[3, 3] on rank 0; b.weight",
  ],
  [
    "more",
    "boost: parameter 4 of the model differs between ranks: none on rank 0; c.weight float32[3, 3] on rank 1",
  ],
  ["frozen", "b.weight float32[3, 3] on rank 0; b.weight float32[3, 3], frozen on rank 1"],
  ["lr", "boost: group.0.lr differs between ranks: "],
  ["totalSteps", "boost: lrScheduler.ratesAhead.1 differs between ranks: "],
  [
    "seed",
    "boost: dataloader.seed differs between ranks: 0 on rank 0; 3 on rank 1; run the same code",
  ],
  ["shuffle", "boost: dataloader.shuffle differs between ranks: true on rank 0; false on rank 1"],
  ["batchSize", "boost: dataloader.batchSize differs between ranks: 2 on rank 0; 4 on rank 1"],
  ["rows", "boost: dataloader.tokens of the rows differs between ranks: "],
  ["maxNorm", "boost: plan.gradients.maxNorm differs between ranks: none on rank 0; 1 on rank 1"],
  ["precision", "boost: plan.precision.compute differs between ranks: float32 on rank 0; bfloat16"],
  [
    "prepared",
    "prepareDataloader: dataloader.batchSize differs between ranks: 1 on rank 0; 2 on rank 1",
  ],
])("another %s on one rank is named on all", (name, message) => {
  for (const found of ranks) {
    expect(found[name]).toMatch(/^PlanError: /);
    expect(found[name]).toContain(message);
  }
});
