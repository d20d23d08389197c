// A checkpoint is of whole tensors in full precision, so it goes on under any plugin and in any precision that holds its numbers;
// where it would lose some it is refused with both sides named.
import path from "node:path";
import {
  Booster,
  CheckpointError,
  LlamaForCausalLM,
  noGrad,
  type Optimizer,
  type Parameter,
  Tensor,
  TorchDDPPlugin,
} from "notebooster";
import { expect, test } from "vitest";
import { make, type Training, train } from "../fixtures/saved-training.js";
import { scratchFolder } from "../fixtures/scratch.js";

const PRECISIONS = ["fp32", "bf16", "fp16"] as const;
const DTYPES = { fp32: "float32", bf16: "bfloat16", fp16: "float16" } as const;

/** Weights and moments in full precision. */
function numbersOf({ parts }: Training) {
  return parts.model.parameters().map((parameter) => {
    const state = stateOf(parts.optimizer, parameter);
    const { master = parameter, expAvg, expAvgSq } = state;
    return [master, expAvg, expAvgSq]
      .map((tensor) => (tensor as Tensor).toBytes())
      .concat(bytes(state));
  });
}

function stateOf(optimizer: Optimizer, parameter: Parameter) {
  return optimizer.stateOf(parameter) ?? {};
}

function bytes({ step }: Readonly<Record<string, unknown>>): Uint8Array<ArrayBuffer> {
  return Uint8Array.of(step as number);
}

/** Whether each weight is its master in fewer bits. */
function isOneThing({ parts }: Training): boolean {
  return noGrad(() =>
    parts.model.parameters().every((parameter) => {
      const { master } = stateOf(parts.optimizer, parameter);
      if (!(master instanceof Tensor)) return parameter.dtype === "float32";
      return master.to(parameter.dtype).eq(parameter).all().item() === 1;
    }),
  );
}

const PAIRS = PRECISIONS.flatMap((saved) => PRECISIONS.map((here) => ({ saved, here })));

test.each(PAIRS)(
  "saved in $saved and loaded in $here all numbers are what they were",
  async ({ saved, here }) => {
    const folder = scratchFolder();
    const first = await make(saved);
    train(first, 3);
    const root = path.join(folder, "checkpoints");
    await first.booster.saveCheckpoint(root, first.parts, { step: 3 });
    const second = await make(here);
    expect(await second.booster.loadCheckpoint(root, second.parts)).toBe(3);
    expect(second.parts.model.parameters()[0]?.dtype).toBe(DTYPES[here]);
    expect(numbersOf(second)).toEqual(numbersOf(first));
    expect(isOneThing(second)).toBe(true);
    await first.booster.saveModel(first.parts.model, path.join(folder, "model"));
    await first.booster.saveOptimizer(first.parts.optimizer, path.join(folder, "optimizer"));
    const third = await make(here);
    await third.booster.loadModel(third.parts.model, path.join(folder, "model"));
    await third.booster.loadOptimizer(third.parts.optimizer, path.join(folder, "optimizer"));
    expect(numbersOf(third)).toEqual(numbersOf(first));
    third.parts.lrScheduler.loadState(second.parts.lrScheduler.state());
    third.parts.dataloader.loadState(second.parts.dataloader.state());
    const losses = train(second, 3);
    expect(train(third, 3)).toEqual(losses);
    const tolerance = saved === "fp32" && here === "fp32" ? 0 : 2e-2;
    for (const [i, loss] of train(first, 3).entries())
      expect(Math.abs(loss - (losses[i] as number))).toBeLessThanOrEqual(tolerance);
  },
);

test("without masters a checkpoint goes on to the bit", async () => {
  const root = path.join(scratchFolder(), "checkpoints");
  const [first, second] = [await make("bf16 without masters"), await make("bf16 without masters")];
  train(first, 3);
  await first.booster.saveCheckpoint(root, first.parts, { step: 3 });
  await second.booster.loadCheckpoint(root, second.parts);
  expect(train(second, 3)).toEqual(train(first, 3));
  expect(bitsOf(second)).toEqual(bitsOf(first));
});

test.each(["fp32", "bf16", "fp16"] as const)(
  "what was saved without masters goes on in %s with all its numbers",
  async (here) => {
    const root = path.join(scratchFolder(), "checkpoints");
    const [first, second] = [await make("bf16 without masters"), await make(here)];
    train(first, 3);
    await first.booster.saveCheckpoint(root, first.parts, { step: 3 });
    await second.booster.loadCheckpoint(root, second.parts);
    expect(valuesOf(second)).toEqual(valuesOf(first));
    expect(isOneThing(second)).toBe(true);
  },
);

test.each(["fp32", "bf16", "fp16"] as const)(
  "what was saved in %s is refused where there are no masters for it, and nothing is changed",
  async (saved) => {
    const folder = scratchFolder();
    const [first, second] = [await make(saved), await make("bf16 without masters")];
    train(first, 3);
    train(second, 1);
    const before = bitsOf(second);
    const [root, model, optimizer] = ["checkpoints", "model", "optimizer"].map((name) =>
      path.join(folder, name),
    ) as [string, string, string];
    await first.booster.saveCheckpoint(root, first.parts, { step: 3 });
    await first.booster.saveOptimizer(first.parts.optimizer, optimizer);
    const refusal = /numbers would be lost|would lose numbers/;
    await expect(second.booster.loadCheckpoint(root, second.parts)).rejects.toThrow(refusal);
    await expect(second.booster.loadOptimizer(second.parts.optimizer, optimizer)).rejects.toThrow(
      refusal,
    );
    expect(bitsOf(second)).toEqual(before);
    await first.booster.saveModel(first.parts.model, model);
    await second.booster.loadModel(second.parts.model, model); // weights alone, rounded to nearest
    const rounded = first.parts.model.embeddingWeight.detach().to("bfloat16");
    expect(second.parts.model.embeddingWeight.toBytes()).toEqual(rounded.toBytes());
  },
);

/** All that a training has, in its own types. */
function bitsOf({ parts }: Training) {
  return parts.model
    .parameters()
    .map((parameter) => [
      parameter.toBytes(),
      ...Object.values(stateOf(parts.optimizer, parameter)).map((one) =>
        one instanceof Tensor ? one.toBytes() : one,
      ),
    ]);
}

/** Weights and moments, whatever they are stored in. */
function valuesOf({ parts }: Training) {
  return parts.model.parameters().map((parameter) => {
    const { master = parameter, expAvg, expAvgSq, step } = stateOf(parts.optimizer, parameter);
    const values = [master, expAvg, expAvgSq].map((one) => (one as Tensor).to("float32").toArray());
    return [...values, step];
  });
}

test("another plugin's checkpoint goes on", async () => {
  const root = path.join(scratchFolder(), "checkpoints");
  const first = await make("fp32");
  train(first, 2);
  const plugin = new TorchDDPPlugin();
  const mine = { name: "Mine", device: plugin.device, plan: plugin.plan.bind(plugin) };
  await new Booster({ plugin: mine }).saveCheckpoint(root, first.parts, { step: 2 });
  const second = await make("fp32");
  await second.booster.loadCheckpoint(root, second.parts);
  expect(train(second, 2)).toEqual(train(first, 2));
});

test("a model in fewer bits without masters is refused, naming both sides, and stays as it is", async () => {
  const root = path.join(scratchFolder(), "checkpoints");
  const { booster, parts } = await make("fp32");
  const { model } = parts;
  await booster.saveCheckpoint(root, { model }, { step: 0 });
  const other = new LlamaForCausalLM(model.config, { seed: 2 }).to("bfloat16");
  const before = other.embeddingWeight.toBytes();
  const load = () => booster.loadCheckpoint(root, { model: other });
  await expect(load()).rejects.toThrow(CheckpointError);
  await expect(load()).rejects.toThrow(
    "was saved in float32 under TorchDDPPlugin, the model given is bfloat16 without float32 masters under TorchDDPPlugin: numbers would be lost",
  );
  expect(other.embeddingWeight.toBytes()).toEqual(before);
});
