// Training goes on from a checkpoint as if it had not stopped, or the checkpoint is refused: nothing is lost without a word.
import path from "node:path";
import {
  AdamW,
  Booster,
  type BoosterOptions,
  CosineAnnealingWarmupLR,
  DataLoader,
  LambdaLR,
  LlamaForCausalLM,
  type LRScheduler,
  TextDataset,
} from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const SIZES = { vocabSize: 60, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2 };

function rows(k: number, sequenceLength = 16): TextDataset {
  const ids = Int32Array.from({ length: 1024 }, (_, i) => (i * 7 + k * ((i * i) % 13)) % 60);
  return TextDataset.fromTokens(ids, sequenceLength);
}

interface Made {
  readonly dataset?: TextDataset;
  readonly shuffle?: boolean;
  readonly precision?: BoosterOptions["mixedPrecision"];
  readonly schedule?: ((optimizer: AdamW) => LRScheduler) | undefined;
}

async function make({
  dataset = rows(1),
  shuffle = true,
  precision = "fp32",
  schedule,
}: Made = {}) {
  const model = new LlamaForCausalLM({ ...SIZES, numAttentionHeads: 4 }, { seed: 1 });
  const booster = new Booster({ mixedPrecision: precision });
  const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
  const dataloader = new DataLoader({ dataset, batchSize: 4, shuffle, seed: 3 });
  const lrScheduler = schedule?.(optimizer);
  const parts = { model, optimizer, dataloader, ...(lrScheduler && { lrScheduler }) };
  return { booster, parts: await booster.boost(parts) };
}
type Training = Awaited<ReturnType<typeof make>>;

function train({ booster, parts }: Training, numSteps: number): number[] {
  const losses: number[] = [];
  for (const batch of parts.dataloader.take(numSteps)) {
    const { loss } = parts.model.forward(batch);
    booster.backward(loss, parts.optimizer);
    parts.optimizer.step();
    parts.optimizer.zeroGrad();
    losses.push(loss.item());
  }
  return losses;
}

function halfStep({ booster, parts }: Training): void {
  for (const batch of parts.dataloader.take(1))
    booster.backward(parts.model.forward(batch).loss.div(2), parts.optimizer);
}

test.each([
  ["without a schedule", undefined],
  ["beside a schedule", (optimizer: AdamW) => new LambdaLR(optimizer, () => 1)],
])("a rate set by hand %s comes back, and training goes on to the bit", async (_, schedule) => {
  const folder = path.join(scratchFolder(), "checkpoints");
  const first = await make({ schedule });
  train(first, 3);
  Object.assign(first.parts.optimizer.paramGroups[0] as object, { lr: 5e-2 });
  train(first, 2);
  await first.booster.saveCheckpoint(folder, first.parts, { step: 5 });
  const second = await make({ schedule });
  await second.booster.loadCheckpoint(folder, second.parts);
  expect(second.parts.optimizer.paramGroups[0]?.lr).toBe(5e-2);
  expect(train(second, 4)).toEqual(train(first, 4));
});

test("gradients that wait for their step are not left out of a checkpoint without a word", async () => {
  const folder = path.join(scratchFolder(), "checkpoints");
  const first = await make();
  train(first, 2);
  halfStep(first);
  const save = () => first.booster.saveCheckpoint(folder, first.parts, { step: 2 });
  await expect(save()).rejects.toThrow(
    "gradients of 1 backward pass wait for optimizer.step(), and a checkpoint does not hold them; save after the step, or drop them with optimizer.zeroGrad()",
  );
  halfStep(first);
  await expect(save()).rejects.toThrow("gradients of 2 backward passes");
  first.parts.optimizer.step();
  await save(); // before zeroGrad, as many loops have it
  first.parts.optimizer.zeroGrad();
  const second = await make();
  halfStep(second); // what waits here is none of the checkpoint's
  await second.booster.loadCheckpoint(folder, second.parts);
  expect(train(second, 2)).toEqual(train(first, 2));
});

test("the scale of float16 losses comes back, so an overflow is not met again", async () => {
  const folder = path.join(scratchFolder(), "checkpoints");
  const first = await make({ precision: "fp16" });
  const { optimizer, model, dataloader } = first.parts;
  for (const batch of dataloader.take(1)) {
    first.booster.backward(model.forward(batch).loss.mul(1e9), optimizer);
    optimizer.step();
    optimizer.zeroGrad();
  }
  train(first, 2);
  expect(optimizer.scaler?.state()).toEqual({ scale: 32768, growthTracker: 2 });
  await first.booster.saveCheckpoint(folder, first.parts, { step: 3 });
  const second = await make({ precision: "fp16" });
  await second.booster.loadCheckpoint(folder, second.parts);
  expect(second.parts.optimizer.scaler?.state()).toEqual({ scale: 32768, growthTracker: 2 });
  expect(train(second, 3)).toEqual(train(first, 3));
});

const cosine = (totalSteps: number) => (optimizer: AdamW) =>
  new CosineAnnealingWarmupLR(optimizer, { totalSteps, warmupSteps: 2 });
const OTHERS: readonly [string, Made, string][] = [
  ["text", { dataset: rows(2) }, '"dataloader": the loader was saved over rows of other tokens'],
  [
    "length of rows",
    { dataset: rows(1, 32) },
    '"dataloader": the loader was saved with seed 3 over 64 rows',
  ],
  [
    "order",
    { shuffle: false },
    '"dataloader": the loader was saved with shuffle: true, this one has false',
  ],
  ["schedule", { schedule: cosine(50) }, '"lrScheduler" had the rate'],
];

test.each(OTHERS)(
  "another %s than that of the checkpoint is refused before anything changes",
  async (_, other, says) => {
    const folder = path.join(scratchFolder(), "checkpoints");
    const first = await make({ schedule: cosine(20) });
    train(first, 3);
    await first.booster.saveCheckpoint(folder, first.parts, { step: 3 });
    const { booster, parts } = await make({ schedule: cosine(20), ...other });
    const before = parts.model.embeddingWeight.toBytes();
    await expect(booster.loadCheckpoint(folder, parts)).rejects.toThrow(says);
    expect(parts.model.embeddingWeight.toBytes()).toEqual(before);
  },
);
