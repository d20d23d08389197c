// A save in the background writes what a save in the foreground writes, of the moment at which it was asked for.
import fs from "node:fs";
import path from "node:path";
import {
  AdamW,
  Booster,
  CheckpointError,
  DataLoader,
  LlamaForCausalLM,
  TextDataset,
} from "notebooster";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const SIZES = { vocabSize: 60, hiddenSize: 32, intermediateSize: 64, numHiddenLayers: 2 };
const dataset = TextDataset.fromTokens(
  Int32Array.from({ length: 1024 }, (_, i) => (i * 7 + ((i * i) % 13)) % 60),
  16,
);

async function make(precision: "fp32" | "bf16" = "fp32") {
  const model = new LlamaForCausalLM({ ...SIZES, numAttentionHeads: 4 }, { seed: 1 });
  const booster = new Booster({ mixedPrecision: precision });
  const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
  const dataloader = new DataLoader({ dataset, batchSize: 4, shuffle: true, seed: 3 });
  return { booster, parts: await booster.boost({ model, optimizer, dataloader }) };
}

function train({ booster, parts }: Awaited<ReturnType<typeof make>>, numSteps: number): void {
  for (const batch of parts.dataloader.take(numSteps)) {
    booster.backward(parts.model.forward(batch).loss, parts.optimizer);
    parts.optimizer.step();
    parts.optimizer.zeroGrad();
  }
}

/** Every file below a folder, by name. */
function contents(folder: string): Record<string, string> {
  const names = fs.readdirSync(folder, { recursive: true }) as string[];
  const files = names.filter((name) => fs.statSync(path.join(folder, name)).isFile()).sort();
  return Object.fromEntries(
    files.map((name) => [name, fs.readFileSync(path.join(folder, name)).toString("base64")]),
  );
}

test.each(["fp32", "bf16"] as const)(
  "a checkpoint in %s, a model and an optimizer are the same bytes whether training waited for them or not",
  async (precision) => {
    const training = await make(precision);
    const { booster, parts } = training;
    const [sync, async] = [scratchFolder(), scratchFolder()];
    train(training, 3);
    const sharded = { sizePerShard: 0.02, prefix: "ema" };
    await booster.saveCheckpoint(path.join(sync, "all"), parts, { step: 3 });
    await booster.saveModel(parts.model, path.join(sync, "model"), sharded);
    await booster.saveOptimizer(parts.optimizer, path.join(sync, "optimizer"), sharded);
    const save = await booster.saveCheckpoint(path.join(async, "all"), parts, {
      step: 3,
      useAsync: true,
    });
    train(training, 2); // what is written must not notice
    expect(await save.finished()).toBe(path.join(async, "all", "step-00000003"));
    expect(await save.finished()).toBe(save.folder);
    const again = await make(precision);
    await again.booster.loadCheckpoint(path.join(async, "all"), again.parts);
    await again.booster.saveModel(again.parts.model, path.join(async, "model"), {
      ...sharded,
      useAsync: true,
    });
    await again.booster.saveOptimizer(again.parts.optimizer, path.join(async, "optimizer"), {
      ...sharded,
      useAsync: true,
    }); // waits for the model
    train(again, 1);
    await again.booster.loadModel(again.parts.model, path.join(async, "model"), { prefix: "ema" }); // waits for both
    expect(contents(async)).toEqual(contents(sync));
    expect(Object.keys(contents(sync)).length).toBeGreaterThan(12);
  },
);

test("an error in the background is thrown by the next save or load, once, and by whoever waits for it", async () => {
  const training = await make();
  const { booster, parts } = training;
  const root = path.join(scratchFolder(), "checkpoints");
  await booster.saveCheckpoint(root, parts, { step: 1 });
  const whole = contents(root);
  const before = fs.readdirSync(root).sort();
  const files = parts.model.files.bind(parts.model);
  parts.model.files = () => [{ name: "model.safetensors", sources: [BROKEN] }];
  const save = await booster.saveCheckpoint(root, parts, { step: 2, useAsync: true });
  parts.model.files = files;
  await expect(booster.loadCheckpoint(root, parts)).rejects.toThrow(CheckpointError);
  await expect(save.finished()).rejects.toThrow(/tensor "a" gave 3 bytes, its shape needs 16/);
  expect(fs.readdirSync(root).sort()).toEqual(before);
  expect(contents(root)).toEqual(whole);
  expect(await booster.loadCheckpoint(root, parts)).toBe(1);
  train(training, 1);
  const later = await booster.saveCheckpoint(root, parts, { step: 3, useAsync: true });
  await booster.saveCheckpoint(root, parts, { step: 4 });
  expect(fs.readdirSync(root)).toContain("step-00000003");
  expect(await later.finished()).toBe(path.join(root, "step-00000003"));
});

const BROKEN = { name: "a", dtype: "F32", shape: [4], bytes: () => new Uint8Array(3) };
