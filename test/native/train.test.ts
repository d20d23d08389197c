// train(): the same numbers as a loop written by hand, and what it keeps, ends and refuses.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import {
  AdamW,
  Booster,
  DataLoader,
  getScheduler,
  heldOutLoss,
  isGradEnabled,
  LlamaForCausalLM,
  manualSeed,
  type Sample,
  TextDataset,
  TorchDDPPlugin,
  type TrainOptions,
  train,
} from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const SIZES = {
  vocabSize: 60,
  hiddenSize: 32,
  intermediateSize: 64,
  numHiddenLayers: 2,
  numAttentionHeads: 4,
};
const STEPS = 12;
const ACCUMULATION = 2;

/** Tells its losses in training, and may be given one that is no number. */
class Watched extends LlamaForCausalLM {
  readonly losses: number[] = [];
  readonly notANumberAt = new Set<number>();

  override forward(...given: Parameters<LlamaForCausalLM["forward"]>): never {
    const output = super.forward(...given);
    if (!isGradEnabled()) return output as never;
    const number = this.losses.length;
    const loss = this.notANumberAt.has(number) ? output.loss?.mul(Number.NaN) : output.loss;
    this.losses.push(loss?.item() as number);
    return { loss, numTokens: output.numTokens } as never;
  }
}

const rows = (k: number, length = 1024) =>
  TextDataset.fromTokens(
    Int32Array.from({ length }, (_, i) => (i * 7 + k * ((i * i) % 13)) % 60),
    16,
  );

/** With dropout, so that random numbers count as well. */
async function made({ lr = 3e-3, heldOut = rows(1, 160) } = {}) {
  manualSeed(5);
  const model = new Watched(SIZES, { seed: 1 });
  const booster = new Booster({ plugin: new TorchDDPPlugin({ maxNorm: 1 }) });
  booster.enableLora(model, { r: 4, loraDropout: 0.2 });
  const adamw = new AdamW(model.parameters(), { lr });
  const parts = await booster.boost({
    model,
    optimizer: adamw,
    lrScheduler: getScheduler("cosine", adamw, { numWarmupSteps: 2, numTrainingSteps: STEPS }),
    dataloader: new DataLoader({ dataset: rows(1), batchSize: 4, shuffle: true, seed: 3 }),
  });
  const loader = booster.prepareDataloader({ dataset: heldOut, batchSize: 4, dropLast: false });
  return { booster, parts, heldOut: loader, model };
}
type Made = Awaited<ReturnType<typeof made>>;

const run = (
  { booster, parts, heldOut }: Made,
  options: Partial<TrainOptions> & { folder: string },
) =>
  train(booster, parts, {
    ...{ steps: STEPS, accumulation: ACCUMULATION, heldOut, evalEvery: 4 },
    saveBest: (to) => booster.saveLoraAsPretrained(parts.model, to),
    ...options,
  });

const weightsOf = ({ model }: Made) =>
  model
    .parameters()
    .filter(({ requiresGrad }) => requiresGrad)
    .map((parameter) => Buffer.from(parameter.toBytes()).toString("base64"));

test("the losses and weights are those of a loop written by hand, to the bit", async () => {
  const ours = await made();
  const record = await run(ours, { folder: scratchFolder(), evalEvery: 100 });

  const theirs = await made();
  const { model, optimizer, lrScheduler, dataloader } = theirs.parts;
  heldOutLoss(theirs.booster, model, theirs.heldOut);
  let microbatch = 0;
  for (const batch of dataloader.take(STEPS * ACCUMULATION)) {
    theirs.booster.backward(model.forward(batch), optimizer);
    if (++microbatch % ACCUMULATION > 0) continue;
    optimizer.step();
    lrScheduler.step();
    optimizer.zeroGrad();
  }
  expect(ours.model.losses).toEqual(theirs.model.losses);
  expect(ours.model.losses).toHaveLength(STEPS * ACCUMULATION);
  expect(weightsOf(ours)).toEqual(weightsOf(theirs));
  expect(record.evaluations.map(({ step }) => step)).toEqual([0, STEPS]);
  expect(record.last?.heldOutLoss).toBe(heldOutLoss(theirs.booster, model, theirs.heldOut));
});

test("the best weights are those of the lowest loss on held-out rows, and training ends when it falls no more", async () => {
  const training = await made({ lr: 0.05, heldOut: rows(3, 160) });
  let numSamples = 0;
  const samples = (): Sample[] => [{ prompt: "once", text: `upon ${numSamples++}`, numTokens: 1 }];
  const folder = scratchFolder();
  const record = await run(training, { folder, evalEvery: 1, patience: 3, samples });
  const losses = record.evaluations.map(({ heldOutLoss }) => heldOutLoss);
  const lowest = Math.min(...losses);
  expect(record.best?.heldOutLoss).toBe(lowest);
  expect(record.numSinceBest).toBe(3);
  expect(losses.length - 1 - losses.indexOf(lowest)).toBe(3);
  expect(record.last?.step).toBeLessThan(STEPS);
  expect(inspect(record)).toContain("ended after 3 evaluations");
  expect(record.evaluations.map(({ samples: [said] }) => said?.text)).toEqual(
    losses.map((_, i) => `upon ${i}`),
  );

  const best = new LlamaForCausalLM(SIZES, { seed: 1 }).eval();
  training.booster.enableLora(best, { pretrainedDir: record.bestFolder });
  expect(heldOutLoss(training.booster, best, training.heldOut)).toBe(lowest);
});

test("what was cut off goes on to the same losses, evaluations and best weights", async () => {
  const [whole, cut] = [scratchFolder(), scratchFolder()];
  const first = await made();
  const expected = await run(first, { folder: whole });
  const second = await made();
  let numSaves = 0;
  const saveBest = async () => {
    if (++numSaves === 3) throw new Error("the machine died"); // with an evaluation that is after its checkpoint
  };
  await expect(run(second, { folder: cut, saveBest })).rejects.toThrow("the machine died");
  expect(readdirSync(cut)).toContain("step-00000004");

  const third = await made();
  manualSeed(99);
  await third.booster.loadCheckpoint(cut, third.parts);
  const record = await run(third, { folder: cut });
  const upTo4 = second.model.losses.slice(0, 4 * ACCUMULATION);
  expect([...upTo4, ...third.model.losses]).toEqual(first.model.losses);
  expect(record.evaluations).toEqual(expected.evaluations);
  expect(weightsOf(third)).toEqual(weightsOf(first));
  const again = await run(third, { folder: cut }); // there is nothing left to do
  expect(again.evaluations).toEqual(expected.evaluations);
});

test("a loss that is no number ends the training with the weights as they were, or its step is left out", async () => {
  const stopped = await made();
  stopped.model.notANumberAt.add(5);
  const folder = scratchFolder();
  await expect(run(stopped, { folder })).rejects.toThrow(
    /^step 3 has the loss NaN and the gradient norm NaN; the weights are as before it/,
  );
  const before = await made();
  await run(before, { folder: scratchFolder(), steps: 2, evalEvery: 100 });
  expect(weightsOf(stopped)).toEqual(weightsOf(before));
  expect(stopped.parts.optimizer.numPasses).toBe(0);

  const skipping = await made();
  skipping.model.notANumberAt.add(5);
  await run(skipping, { folder: scratchFolder(), whenNotFinite: "skip" });
  expect(skipping.parts.lrScheduler.state().step).toBe(STEPS);
  expect(skipping.model.losses.slice(6).every(Number.isFinite)).toBe(true);

  const hopeless = await made();
  for (let i = 0; i < STEPS * ACCUMULATION; i++) hopeless.model.notANumberAt.add(i);
  const ending = run(hopeless, { folder: scratchFolder(), whenNotFinite: "skip" });
  await expect(ending).rejects.toThrow("step 11 has the loss NaN");
});

test("a folder with a training that is further is refused, unless it may be overwritten", async () => {
  const folder = scratchFolder();
  await run(await made(), { folder, steps: 4 });
  const other = await made();
  await expect(run(other, { folder })).rejects.toThrow(
    "holds a training up to step 4, and this one is at step 0. Go on with that one, by booster.loadCheckpoint(folder, parts) before",
  );
  const record = await run(other, { folder, steps: 2, overwrite: true });
  expect(record.evaluations.map(({ step }) => step)).toEqual([0, 2]);
  expect(readdirSync(folder).filter((name) => name.startsWith("step-"))).toEqual(["step-00000002"]);
  expect(existsSync(join(folder, "best", "adapter_config.json"))).toBe(true);
});
