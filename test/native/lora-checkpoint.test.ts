// A checkpoint of a model with adapters holds what is trained; the base model is named, and a run goes on upon the same one only.
import fs from "node:fs";
import { join } from "node:path";
import {
  AdamW,
  Booster,
  type BoosterOptions,
  DataLoader,
  type EnableLoraOptions,
  LlamaForCausalLM,
  manualSeed,
  noGrad,
  type Tensor,
  TextDataset,
  WeightsFolder,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";
import { SIZES, small } from "../fixtures/small-lora.js";

const dataset = TextDataset.fromTokens(
  Int32Array.from({ length: 900 }, (_, i) => (i * 7 + (i % 5) * 3) % 211),
  16,
);

interface Made {
  readonly precision?: NonNullable<BoosterOptions["mixedPrecision"]>;
  readonly lora?: EnableLoraOptions;
}

async function make(model: LlamaForCausalLM, { precision = "fp32", lora = {} }: Made = {}) {
  manualSeed(3);
  const booster = new Booster({ mixedPrecision: precision });
  booster.enableLora(model.train(), { r: 2, ...lora });
  const optimizer = new AdamW(model.parameters(), { lr: 1e-2 });
  const dataloader = new DataLoader({ dataset, batchSize: 4, shuffle: true, seed: 3 });
  return { booster, parts: await booster.boost({ model, optimizer, dataloader }) };
}
type Training = Awaited<ReturnType<typeof make>>;

async function upon(base: string, made?: Made): Promise<Training> {
  return make(await LlamaForCausalLM.fromPretrained(base), made);
}

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

function storedNames(checkpoint: string): string[] {
  using weights = WeightsFolder.open(checkpoint);
  return weights.names;
}

const normOf = ({ parts }: Training): Tensor =>
  new Map(parts.model.namedParameters()).get("model.norm.weight") as Tensor;

const save = ({ booster, parts }: Training, root: string, options = {}) =>
  booster.saveCheckpoint(root, parts, { step: 2, ...options });

describe("a checkpoint of a model with adapters", async () => {
  const base = join(sharedFolder(), "base");
  await small().to("bfloat16").savePretrained(base);

  test.each<[string, Made, (name: string) => boolean]>([
    ["in float32", {}, (name) => name.includes("lora_")],
    ["in bfloat16", { precision: "bf16" }, (name) => name.includes("lora_")],
    [
      "over four bits",
      { precision: "bf16", lora: { quantize: "nf4" } },
      (name) => name.includes("lora_") || name.endsWith("widened"),
    ],
    [
      "with DoRA and a module trained whole",
      { lora: { useDora: true, modulesToSave: ["lm_head"] } },
      (name) => name.includes("lora_") || name === "lm_head.weight",
    ],
  ])("%s: holds what is trained and goes on to the bit", async (_, made, isTrained) => {
    const root = scratchFolder();
    const whole = await upon(base, made);
    train(whole, 2);
    const checkpoint = await save(whole, root);
    const names = storedNames(checkpoint);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !isTrained(name))).toEqual([]);
    const expected = train(whole, 3);
    const resumed = await upon(base, made);
    expect(await resumed.booster.loadCheckpoint(root, resumed.parts)).toBe(2);
    expect(train(resumed, 3)).toEqual(expected);
    expect(storedNames(await save(resumed, root, { step: 5 }))).toEqual(names);
  });

  test("goes on upon the same base elsewhere, in other files", async () => {
    const root = scratchFolder();
    const first = await upon(base);
    train(first, 2);
    await save(first, root, { useAsync: false });
    const moved = join(scratchFolder(), "moved");
    await (await LlamaForCausalLM.fromPretrained(base, { dtype: "auto" })).savePretrained(moved, {
      sizePerShard: 0.03,
    });
    expect(fs.existsSync(join(moved, "model.safetensors"))).toBe(false);
    const resumed = await upon(moved);
    await resumed.booster.loadCheckpoint(root, resumed.parts);
    expect(train(resumed, 3)).toEqual(train(first, 3));
  });

  test("is refused upon another base, with both named and nothing changed", async () => {
    const root = scratchFolder();
    const first = await upon(base);
    train(first, 2);
    await save(first, root);
    const other = join(scratchFolder(), "other-base");
    await new LlamaForCausalLM(SIZES, { seed: 7 }).to("bfloat16").savePretrained(other);
    const resumed = await upon(other);
    const before = resumed.parts.model.stateDict();
    const copies = Object.entries(before).map(([name, x]) => [name, x.clone()] as const);
    const loading = resumed.booster.loadCheckpoint(root, resumed.parts);
    await expect(loading).rejects.toThrow(
      /was saved upon the base model .*base \(digest [0-9a-f]{12}\), the model given was loaded from .*other-base \(digest [0-9a-f]{12}\), whose weights are others/,
    );
    for (const [name, x] of copies) expect(x.equal(before[name] as Tensor)).toBe(true);
    const made = await make(small());
    await expect(made.booster.loadCheckpoint(root, made.parts)).rejects.toThrow(
      /leaves out what is as in the base model, .*base, and the model given did not read, or has changed since, its/,
    );
  });

  test("holds a frozen weight that was changed, and is refused where one was changed that it has not", async () => {
    const root = scratchFolder();
    const first = await upon(base);
    noGrad(() => normOf(first).fill_(2));
    const checkpoint = await save(first, root);
    expect(storedNames(checkpoint)).toContain("model.norm.weight");
    const resumed = await upon(base);
    await resumed.booster.loadCheckpoint(root, resumed.parts);
    expect(normOf(resumed).eq(2).all().item()).toBe(1);
    const changed = await upon(base);
    noGrad(() => changed.parts.model.lmHead.weight.mul_(1));
    await expect(changed.booster.loadCheckpoint(root, changed.parts)).rejects.toThrow(
      /has changed since, its lm_head\.weight/,
    );
  });

  test.each([
    ["includeBase: true", () => upon(base), { includeBase: true }],
    ["a model that no file has", () => make(small()), {}],
  ])("%s: holds all, and goes on upon any numbers", async (_, begin, options) => {
    const root = scratchFolder();
    const first = await begin();
    train(first, 2);
    const checkpoint = await save(first, root, options);
    expect(storedNames(checkpoint)).toContain("lm_head.weight");
    expect(fs.existsSync(join(checkpoint, "base.json"))).toBe(false);
    const resumed = await make(new LlamaForCausalLM(SIZES, { seed: 9 }).eval());
    await resumed.booster.loadCheckpoint(root, resumed.parts);
    expect(train(resumed, 3)).toEqual(train(first, 3));
  });

  test("what goes on from a whole one upon its base leaves the base out again, but for a weight that was changed", async () => {
    const root = scratchFolder();
    const first = await upon(base);
    noGrad(() => normOf(first).fill_(2));
    train(first, 2);
    await save(first, root, { includeBase: true });
    const resumed = await upon(base);
    await resumed.booster.loadCheckpoint(root, resumed.parts);
    const next = await save(resumed, scratchFolder());
    expect(storedNames(next)).toContain("model.norm.weight");
    expect(storedNames(next)).not.toContain("lm_head.weight");
    const again = await upon(base);
    await again.booster.loadCheckpoint(next, again.parts);
    expect(train(again, 3)).toEqual(train(first, 3));
  });

  test("a model without adapters is written whole, frozen weights and all", async () => {
    const root = scratchFolder();
    const model = await LlamaForCausalLM.fromPretrained(base);
    model.model.layers.forEach((layer) => void layer.requiresGrad_(false));
    const booster = new Booster();
    const checkpoint = await booster.saveCheckpoint(root, { model }, { step: 1 });
    const loaded = await LlamaForCausalLM.fromPretrained(checkpoint);
    expect(loaded.lmHead.weight.equal(model.lmHead.weight)).toBe(true);
  });
});
