// The numbers of a model are read when something needs them, straight to what it is to be: the same bits as reading all at once, and
// nothing of it is seen but memory that is not taken.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  AdamW,
  AutoModelForCausalLM,
  addAdapter,
  Booster,
  type CausalLM,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  type Module,
  noGrad,
  ops,
  type Tensor,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { batch } from "../fixtures/beside-transformers.js";
import { isMatrix } from "../fixtures/matrix.js";
import { scratchFolder, sharedFolderInMemory } from "../fixtures/scratch.js";
import { SIZES, small } from "../fixtures/small-lora.js";

const PROGRAM = fileURLToPath(new URL("../fixtures/lazy-memory.mjs", import.meta.url));

async function saved(model: CausalLM = small()): Promise<string> {
  const folder = scratchFolder();
  await model.savePretrained(folder, { sizePerShard: 40e-3 });
  return folder;
}

/** What `loadWeights` reads at once. */
function atOnce(folder: string, dtype = "float32"): LlamaForCausalLM {
  const model = new LlamaForCausalLM(SIZES, { seed: null });
  model.loadWeights(folder);
  return model.to(dtype as "float32").eval();
}

function expectSame(model: Module, other: Module): void {
  const [state, wanted] = [model.stateDict(), other.stateDict()];
  expect(Object.keys(state)).toEqual(Object.keys(wanted));
  for (const [name, numbers] of Object.entries(state)) {
    expect(numbers.dtype).toBe(wanted[name]?.dtype);
    expect(numbers.equal(wanted[name] as Tensor), name).toBe(true);
  }
}

/** Descriptors of this process that are of files in a folder. */
function numOpen(folder: string): number {
  const links = fs.readdirSync("/proc/self/fd").map((fd) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "";
    }
  });
  return links.filter((link) => link.startsWith(folder)).length;
}

/** From now on reading fails, so that what does not fail has read nothing. */
function spoil(folder: string): void {
  for (const name of fs.readdirSync(folder).filter((each) => each.endsWith(".safetensors")))
    fs.appendFileSync(join(folder, name), "more");
}

describe("what needs numbers reads them, with the bits of reading all at once:", () => {
  test.each<[string, (model: LlamaForCausalLM) => unknown]>([
    ["the state", () => undefined],
    ["a forward pass", (model) => model.forward(batch(3))],
    ["to(dtype) there and back", (model) => model.to("float32")],
    ["an optimizer and boost", (model) => boosted(model, "fp32")],
    ["saving", (model) => model.savePretrained(scratchFolder())],
    ["one weight, then the others", (model) => model.lmHead.weight.toArray()],
    ["a copy of its own state", (model) => model.loadStateDict(model.stateDict())],
    ["loading the same again", (model) => model.loadWeights(sourceOf(model))],
  ])("%s", async (_, use) => {
    const folder = await saved();
    const model = await LlamaForCausalLM.fromPretrained(folder);
    sources.set(model, folder);
    await use(model);
    expectSame(model, atOnce(folder));
    expect(numOpen(folder)).toBe(0);
  });

  test("rounding to another type on the way is rounding afterwards", async () => {
    const folder = await saved(small().to("float64"));
    for (const first of ["float32", "float16"] as const) {
      const model = await LlamaForCausalLM.fromPretrained(folder, { dtype: first });
      expectSame(model.to("bfloat16"), atOnce(folder, first).to("bfloat16"));
    }
  });

  test("boost in 16 bits, what is frozen straight to them and what is trained with masters", async () => {
    const folder = await saved();
    const [model, other] = [await LlamaForCausalLM.fromPretrained(folder), atOnce(folder)];
    const [{ optimizer }, theirs] = [
      await boosted(adapted(model), "bf16"),
      await boosted(adapted(other), "bf16"),
    ];
    expectSame(model, other);
    const master = (of: LlamaForCausalLM, by: typeof optimizer) =>
      by.stateOf(of.lmHead.weight)?.["master"] as Tensor;
    expect(master(model, optimizer).equal(master(other, theirs.optimizer))).toBe(true);
    expect(master(model, optimizer).equal(atOnce(folder).lmHead.weight)).toBe(true);
  });

  test("tied weights stay one tensor", async () => {
    const folder = await saved(
      new GPT2LMHeadModel({
        vocabSize: 30,
        hiddenSize: 8,
        numHiddenLayers: 1,
        numAttentionHeads: 2,
      }),
    );
    const model = await GPT2LMHeadModel.fromPretrained(folder);
    expect(model.headWeight).toBe(model.embeddingWeight);
    const other = new GPT2LMHeadModel(
      { vocabSize: 30, hiddenSize: 8, numHiddenLayers: 1, numAttentionHeads: 2 },
      { seed: null },
    );
    other.loadWeights(folder);
    expectSame(model, other);
  });

  test("an operator that gets the weight first, last, in a list, as an index's target or its value", async () => {
    const folder = await saved();
    const fresh = async () => (await LlamaForCausalLM.fromPretrained(folder)).lmHead.weight;
    const weight = atOnce(folder).lmHead.weight;
    const x = small().lmHead.weight.detach();
    noGrad(() => x.fill_(3));
    const first = (await fresh()).add(x);
    expect(first.equal(weight.add(x))).toBe(true);
    expect(x.mul(await fresh()).equal(x.mul(weight))).toBe(true);
    expect(
      ops.aten.cat([x, await fresh(), await fresh()]).equal(ops.aten.cat([x, weight, weight])),
    ).toBe(true);
    expect((await fresh()).at(2, [1, 3]).equal(weight.at(2, [1, 3]))).toBe(true);
    expect(
      x
        .clone()
        .setAt(["..."], (await fresh()).detach())
        .equal(weight),
    ).toBe(true);
    const own = await fresh();
    noGrad(() => own.setAt([0], 1));
    expect(own.at(0).eq(1).all().item()).toBe(1);
    expect(own.at(1).equal(weight.at(1))).toBe(true);
    const into = x.clone();
    const lazy = await fresh();
    noGrad(() => into.setAt([0], lazy.at(0)));
    expect(into.at(0).equal(weight.at(0))).toBe(true);
  });

  test("more tokens, and four bits below adapters", async () => {
    const folder = await saved();
    const model = await LlamaForCausalLM.fromPretrained(folder);
    expectSame(model.resizeTokenEmbeddings(220), atOnce(folder).resizeTokenEmbeddings(220));
    const [lazy, whole] = [await LlamaForCausalLM.fromPretrained(folder), atOnce(folder)];
    for (const each of [lazy, whole]) new Booster().enableLora(each, { r: 2, quantize: "nf4" });
    const state = whole.stateDict();
    for (const [name, numbers] of Object.entries(lazy.stateDict()))
      if (!name.includes("lora_a")) expect(numbers.equal(state[name] as Tensor), name).toBe(true);
  });
});

describe("a model whose numbers are still to be read", () => {
  test("says all that needs none, and its files' change where they are needed", async () => {
    const folder = await saved();
    const model = await LlamaForCausalLM.fromPretrained(folder, { dtype: "bfloat16" });
    spoil(folder);
    expect([model.dtype, model.device]).toEqual(["bfloat16", "cpu"]);
    expect(model.numParameters()).toBe(small().numParameters());
    expect(String(model)).toContain("LlamaForCausalLM");
    model.train().requiresGrad_(false);
    expect(
      model.parameters().every(({ requiresGrad, grad }) => !requiresGrad && grad === null),
    ).toBe(true);
    model.requiresGrad_();
    expect(model.lmHead.weight.requiresGrad).toBe(true);
    expect(new AdamW(model.parameters(), { lr: 1e-3 }).paramGroups.length).toBe(1);
    new Booster().enableLora(model, { r: 2 });
    const written = /model-0000\d-of-0000\d\.safetensors.*was written to since it was opened/;
    expect(() => model.forward(batch(3))).toThrow(written);
    expect(() => model.lmHead.weight.sum()).toThrow(written);
    expect(() => model.to("float32")).toThrow(written);
    await expect(new Booster().boost({ model })).rejects.toThrow(written);
    expect(() => model.stateDict()).toThrow(written);
  });

  test("has the numbers of the files it opened, also when these are replaced or removed", async () => {
    const folder = await saved();
    const wanted = atOnce(folder);
    const [first, second] = [
      await AutoModelForCausalLM.fromPretrained(folder),
      await AutoModelForCausalLM.fromPretrained(folder),
    ];
    await new LlamaForCausalLM(SIZES, { seed: 7 }).savePretrained(folder);
    expectSame(first, wanted);
    fs.rmSync(folder, { recursive: true });
    expectSame(second, wanted);
  });

  test("is saved over the folder that it comes from", async () => {
    const folder = await saved();
    const wanted = atOnce(folder);
    const model = await LlamaForCausalLM.fromPretrained(folder);
    await model.savePretrained(folder);
    expectSame(atOnce(folder), wanted);
  });

  test("needs no file any more once it is on meta or gone", async () => {
    const folder = await saved();
    let model: LlamaForCausalLM | undefined = await LlamaForCausalLM.fromPretrained(folder);
    expect(numOpen(folder)).toBeGreaterThan(1);
    model.to("meta");
    expect([numOpen(folder), model.device]).toEqual([0, "meta"]);
    model = await LlamaForCausalLM.fromPretrained(folder);
    model = undefined;
    const { setFlagsFromString } = await import("node:v8");
    setFlagsFromString("--expose-gc");
    const collect = (await import("node:vm")).runInNewContext("gc") as () => void;
    for (let i = 0; i < 50 && numOpen(folder) > 0; i++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(numOpen(folder)).toBe(0);
  });
});

describe("memory of the host", () => {
  const folder = sharedFolderInMemory();
  const MIB = 2 ** 20;
  // Matrices of 18 MiB in 16 bits, 132 MiB together. Smaller ones the system's allocator would keep for the next.
  const [WIDTH, LAYERS, VOCABULARY] = [3072, 1, 512];
  const LARGE = {
    ...{ vocabSize: VOCABULARY, hiddenSize: WIDTH, intermediateSize: WIDTH },
    ...{ numHiddenLayers: LAYERS, numAttentionHeads: 24 },
  };
  const STORED = (LAYERS * 7 * WIDTH + 2 * VOCABULARY) * WIDTH * 2;
  const FLOAT = WIDTH * WIDTH * 4; // a matrix in float32

  test("holds one tensor above what the model is to be", { timeout: 240_000 }, async () => {
    const model = new LlamaForCausalLM(LARGE, { seed: null });
    noGrad(() => {
      for (const each of model.parameters()) each.fill_(0.01);
    });
    await model.to("bfloat16").savePretrained(folder);
    const peak = (use: string): number =>
      Number(execFileSync(process.execPath, [PROGRAM, folder, use], { encoding: "utf8" }));
    const slack = 64 * MIB;
    const most = {
      ...{ load: 0, head: FLOAT, convert: STORED + FLOAT, compute: STORED + FLOAT },
      ...{ boost: STORED + FLOAT, round: (STORED * 4.2) / 16 + 2 * FLOAT },
    };
    const sample = ["head", "boost", "round"];
    for (const [use, bytes] of Object.entries(most))
      if (isMatrix || sample.includes(use)) expect(peak(use), use).toBeLessThan(bytes + slack);
  });
});

/** With an adapter of the same numbers each time, and a head that is trained too. */
function adapted(model: LlamaForCausalLM): LlamaForCausalLM {
  addAdapter(model, "a", { r: 2, targetModules: ["q_proj"], modulesToSave: ["lm_head"] });
  for (const [name, each] of model.namedParameters())
    if (name.includes("lora_a")) noGrad(() => each.fill_(0.5));
  return model;
}

async function boosted(model: LlamaForCausalLM, mixedPrecision: "fp32" | "bf16") {
  const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
  return new Booster({ mixedPrecision }).boost({ model, optimizer });
}

const sources = new WeakMap<Module, string>();
function sourceOf(model: Module): string {
  return sources.get(model) as string;
}
