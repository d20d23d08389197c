// What a checkpoint is loaded into must be what it was saved from, and gets all of it back.
import path from "node:path";
import {
  AdamW,
  Booster,
  CheckpointError,
  CosineAnnealingWarmupLR,
  DataLoader,
  LambdaLR,
  LlamaForCausalLM,
  type LlamaOptions,
  TextDataset,
  tensor,
} from "notebooster";
import { beforeAll, expect, test } from "vitest";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";

const CONFIG: LlamaOptions = {
  ...{ vocabSize: 20, hiddenSize: 8, intermediateSize: 12, numHiddenLayers: 2 },
  ...{ numAttentionHeads: 2, numKeyValueHeads: 2, maxPositionEmbeddings: 16 },
};
const SAVED = { lr: 1e-3, weightDecay: 0.1 };
const dataset = TextDataset.fromTokens(
  Int32Array.from({ length: 40 }, (_, i) => i % 20),
  4,
);
const booster = new Booster();
const folder = sharedFolder();
const whole = path.join(folder, "whole");
const bare = path.join(folder, "bare");

function prepare(config: Partial<LlamaOptions> = {}, hyperparameters = SAVED) {
  const model = new LlamaForCausalLM({ ...CONFIG, ...config });
  const optimizer = new AdamW(model.parameters(), hyperparameters);
  const lrScheduler = new CosineAnnealingWarmupLR(optimizer, { totalSteps: 10, warmupSteps: 2 });
  return { model, optimizer, lrScheduler, dataloader: new DataLoader({ dataset, batchSize: 2 }) };
}

beforeAll(async () => {
  const parts = await booster.boost(prepare());
  for (const batch of parts.dataloader.take(3)) {
    booster.backward(parts.model.forward(batch).loss, parts.optimizer);
    parts.optimizer.step();
    parts.lrScheduler.step();
    parts.optimizer.zeroGrad();
  }
  await booster.saveCheckpoint(whole, parts, { step: 3 });
  await booster.saveCheckpoint(bare, { model: parts.model }, { step: 3 });
});

const OTHER_MODELS: readonly [Partial<LlamaOptions>, string][] = [
  [{ ropeTheta: 77 }, '"rope_theta" is 10000, the model\'s is 77'],
  [{ rmsNormEps: 0.1 }, '"rms_norm_eps" is 0.000001, the model\'s is 0.1'],
  [
    { numAttentionHeads: 4, numKeyValueHeads: 4, headDim: 2 },
    '"num_attention_heads" is 2, the model\'s is 4',
  ],
  [{ maxPositionEmbeddings: 32 }, '"max_position_embeddings" is 16, the model\'s is 32'],
  [
    {
      ropeScaling: { ropeType: "linear", factor: 2 },
    },
    '"rope_scaling" is null, the model\'s is { rope_type: "linear", factor: 2 }',
  ],
];

test.each(OTHER_MODELS)("a checkpoint is not loaded into a model with %o", async (config, says) => {
  const parts = prepare(config);
  const before = parts.model.embeddingWeight.toArray();
  const loading = booster.loadCheckpoint(whole, parts);
  await expect(loading).rejects.toThrow(says);
  await expect(loading).rejects.toThrow(CheckpointError);
  await expect(loading).rejects.toThrow(
    /config\.json.*or load the weights alone with loadModel\(\)/,
  );
  expect(parts.model.embeddingWeight.toArray()).toEqual(before);
});

test.each(["optimizer", "lrScheduler", "dataloader"] as const)(
  "%s that a checkpoint holds must be given, or null, and one that it does not hold must not",
  async (name) => {
    const { [name]: left, ...rest } = prepare();
    await expect(booster.loadCheckpoint(whole, rest)).rejects.toThrow(
      `holds the state of "${name}", which was not given; give it, or ${name}: null to leave that state out`,
    );
    expect(await booster.loadCheckpoint(whole, { ...rest, [name]: null })).toBe(3);
    await expect(booster.loadCheckpoint(bare, { model: rest.model, [name]: left })).rejects.toThrow(
      `holds no state of "${name}", which was given; leave it out to go on with it as it is`,
    );
    expect(await booster.loadCheckpoint(bare, { model: rest.model })).toBe(3);
  },
);

test("a schedule or an optimizer of another class is refused by name", async () => {
  const parts = prepare();
  const lrScheduler = new LambdaLR(parts.optimizer, () => 1);
  await expect(booster.loadCheckpoint(whole, { ...parts, lrScheduler })).rejects.toThrow(
    '"lrScheduler" is the state of CosineAnnealingWarmupLR, the one given is LambdaLR',
  );
  class Lion extends AdamW {}
  const optimizer = new Lion(parts.model.parameters());
  await expect(booster.loadCheckpoint(whole, { ...parts, optimizer })).rejects.toThrow(
    '"optimizer" is the state of AdamW, the one given is Lion',
  );
});

test("groups of other parameters are refused with both sides", async () => {
  const parts = prepare();
  const [first, ...others] = parts.model.parameters();
  const load = (groups: ConstructorParameters<typeof AdamW>[0]) =>
    booster.loadCheckpoint(whole, { ...parts, optimizer: new AdamW(groups) });
  if (first === undefined) throw new Error("the model has no parameters");
  await expect(load([{ parameters: [first] }, { parameters: others }])).rejects.toThrow(
    '"optimizer": "groups" are 1, the optimizer has 2',
  );
  await expect(load(others)).rejects.toThrow(
    '"groups.0" has 21 parameters, that of the optimizer 20',
  );
  await expect(load([...others, first])).rejects.toThrow(
    '"groups.0" has model.embed_tokens.weight where the optimizer has model.layers.0.self_attn.q_proj.weight',
  );
});

test("hyperparameters come back as PyTorch's load_state_dict brings them, whatever the new optimizer had", async () => {
  const [lr, weightDecay, base] = python(`
import json, torch
def make(lr, decay):
    optimizer = torch.optim.AdamW([torch.nn.Parameter(torch.zeros(2))], lr=lr, weight_decay=decay)
    rate = lambda step: step / 2 if step < 2 else 0.5 * (1 + __import__("math").cos(__import__("math").pi * (step - 2) / 8))
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
saved, schedule = make(1e-3, 0.1)
for _ in range(3):
    saved.step()
    schedule.step()
loaded, other = make(0.5, 0.9)
loaded.load_state_dict(saved.state_dict())
group = loaded.param_groups[0]
print(json.dumps([group["lr"], group["weight_decay"], group["initial_lr"]]))`) as number[];
  const { lrScheduler, ...parts } = prepare({}, { lr: 0.5, weightDecay: 0.9 });
  await booster.loadCheckpoint(whole, { ...parts, lrScheduler: null });
  const [group] = parts.optimizer.paramGroups;
  expect(group?.lr).toBeCloseTo(lr as number, 15);
  expect(group?.weightDecay).toBe(weightDecay);
  await booster.loadCheckpoint(whole, { ...parts, lrScheduler });
  expect(lrScheduler.state()).toEqual({ step: 3, baseLrs: [base] });
  expect(group?.lr).toBeCloseTo(lr as number, 15);
});

test("a rate that is a tensor gets the saved one written into it", async () => {
  const { lrScheduler: _, ...parts } = prepare();
  const lr = tensor([0.5]);
  const optimizer = new AdamW(parts.model.parameters(), { lr });
  await booster.loadCheckpoint(whole, { ...parts, optimizer, lrScheduler: null });
  expect(optimizer.paramGroups[0]?.lr).toBe(lr);
  expect(lr.item()).toBeCloseTo(1e-3 * 0.5 * (1 + Math.cos(Math.PI / 8)), 9);
});
