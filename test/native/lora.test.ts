// Adapters by themselves: what they change and what they leave.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AdamW,
  addAdapter,
  BertForMaskedLM,
  Booster,
  deleteAdapter,
  disableAdapter,
  manualSeed,
  mergeAndUnload,
  noGrad,
  setAdapter,
  type Tensor,
  TorchDDPPlugin,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { batch } from "../fixtures/beside-transformers.js";
import { expectClose } from "../fixtures/expect-close.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { disturb, logitsOf, small } from "../fixtures/small-lora.js";

describe("a model with adapters", () => {
  test("computes as before until an adapter is trained, and without it on demand", async () => {
    const model = small();
    const before = logitsOf(model).toArray();
    new Booster().enableLora(model, { r: 2 });
    expect(logitsOf(model).toArray()).toEqual(before);
    disturb(model, "default");
    const adapted = logitsOf(model).toArray();
    expect(adapted).not.toEqual(before);
    {
      using _ = disableAdapter(model);
      expect(logitsOf(model).toArray()).toEqual(before);
    }
    expect(logitsOf(model).toArray()).toEqual(adapted);
  });

  test("trains its adapter alone, and its own weights again after merging", () => {
    const model = small();
    const own = model.parameters().length;
    new Booster().enableLora(model, { r: 2, targetModules: ["q_proj"] });
    const names = () =>
      [...model.namedParameters()]
        .filter(([, { requiresGrad }]) => requiresGrad)
        .map(([name]) => name);
    expect(names()).toEqual(
      [0, 1].flatMap((layer) =>
        ["a", "b"].map((of) => `model.layers.${layer}.self_attn.q_proj.lora_${of}.default.weight`),
      ),
    );
    mergeAndUnload(model);
    expect(names().length).toBe(own);
  });

  test("switches between two adapters, and adds both", () => {
    const model = small();
    addAdapter(model, "one", { r: 2 });
    addAdapter(model, "two", { r: 3, targetModules: ["up_proj"] });
    for (const name of ["one", "two"]) disturb(model, name);
    const of = (names: string | string[]) => {
      setAdapter(model, names);
      return logitsOf(model);
    };
    const [none, one, two, both] = [of([]), of("one"), of("two"), of(["one", "two"])] as [
      Tensor,
      Tensor,
      Tensor,
      Tensor,
    ];
    const differ = (a: Tensor, b: Tensor) => a.sub(b).abs().max().item();
    for (const [a, b] of [
      [none, one],
      [none, two],
      [one, two],
      [both, one],
      [both, two],
    ] as const)
      expect(differ(a, b)).toBeGreaterThan(1e-3);
    mergeAndUnload(model);
    expect(differ(logitsOf(model), both)).toBeLessThan(1e-5);
  });

  test("under gradient checkpointing has the same gradients, bit by bit", () => {
    const gradients = [false, true].map((isRecomputed) => {
      const model = small().train();
      manualSeed(3);
      addAdapter(model, "one", { r: 2 });
      disturb(model, "one");
      if (isRecomputed) model.gradientCheckpointingEnable();
      model.forward(batch(0)).loss.backward();
      return [...model.namedParameters()].map(([name, { grad }]) => [name, grad?.toArray()]);
    });
    expect(gradients[1]).toEqual(gradients[0]);
    expect(gradients[0]?.filter(([, grad]) => grad !== undefined).length).toBe(28);
  });

  test("is not switched between a forward pass and the backward pass that computes layers again", () => {
    const model = small().train();
    for (const name of ["a", "b"]) addAdapter(model, name);
    model.gradientCheckpointingEnable();
    setAdapter(model, "a");
    const { loss } = model.forward(batch(0));
    setAdapter(model, "b");
    expect(() => loss.backward()).toThrow(/adapters of a block.*were switched/);
    setAdapter(model, "a");
    const again = model.forward(batch(0)).loss;
    {
      using _ = disableAdapter(model);
      model.forward(batch(1));
    }
    again.backward();
    expect(model.parameters().filter(({ grad }) => grad !== null)).not.toHaveLength(0);
  });

  test("drops out inputs of the adapter while training only", () => {
    const model = small();
    addAdapter(model, "one", { r: 2, loraDropout: 0.5 });
    disturb(model, "one");
    const evaluated = logitsOf(model.eval()).toArray();
    expect(logitsOf(model).toArray()).toEqual(evaluated);
    const trained = logitsOf(model.train()).toArray();
    expect(trained).not.toEqual(evaluated);
    expect(logitsOf(model).toArray()).not.toEqual(trained);
  });

  test("in bfloat16 keeps float32 masters of what it trains and of nothing else", async () => {
    const model = small();
    const booster = new Booster({
      plugin: new TorchDDPPlugin({ device: "cpu" }),
      mixedPrecision: "bf16",
    });
    booster.enableLora(model, { r: 2 });
    const { optimizer } = await booster.boost({
      model,
      optimizer: new AdamW(model.parameters(), { lr: 1e-2 }),
    });
    const first = model.forward(batch(0)).loss.item();
    for (let step = 0; step < 5; step++) {
      booster.backward(model.forward(batch(0)).loss, optimizer);
      optimizer.step();
      optimizer.zeroGrad();
    }
    expect(model.forward(batch(0)).loss.item()).toBeLessThan(first);
    for (const [name, parameter] of model.namedParameters())
      expect([name, optimizer.stateOf(parameter) === undefined]).toEqual([
        name,
        !name.includes("lora"),
      ]);
    const unmerged = model.eval().forward(batch(1)).loss.item();
    expect(Math.abs(mergeAndUnload(model).forward(batch(1)).loss.item() - unmerged)).toBeLessThan(
      0.02,
    );
  });
});

test("merging several adapters, with lengths of their own, gives what they compute", () => {
  for (const order of [
    ["plain", "long"],
    ["long", "plain"],
    ["long", "longer"],
  ]) {
    const model = small();
    manualSeed(2);
    addAdapter(model, "plain", { r: 2 });
    addAdapter(model, "long", { r: 2, useDora: true });
    addAdapter(model, "longer", { r: 3, useDora: true });
    for (const name of ["plain", "long", "longer"]) disturb(model, name);
    setAdapter(model, order);
    const before = logitsOf(model).toTypedArray() as Float32Array;
    expectClose(logitsOf(mergeAndUnload(model)), before, { absolute: 1e-4, relative: 1e-4 });
  }
});

test("all linear layers are those that share no weight, and the head of a masked model is none", () => {
  const model = new BertForMaskedLM({
    vocabSize: 61,
    hiddenSize: 32,
    numHiddenLayers: 1,
    numAttentionHeads: 4,
    intermediateSize: 48,
  });
  addAdapter(model, "one");
  const adapted = [...model.namedParameters()]
    .map(([name]) => name)
    .filter((name) => name.includes("lora_a"));
  expect(adapted.length).toBe(7);
  expect(adapted.some((name) => name.includes("decoder"))).toBe(false);
});

test("layers are narrowed by number and by name, and files say it so that PEFT means the same", async () => {
  const model = small();
  addAdapter(model, "one", {
    excludeModules: ["o_proj"],
    layersToTransform: 1,
    rankPattern: { "mlp.up_proj": 3 },
  });
  const ranks = [...model.namedParameters()].flatMap(([name, { shape }]) =>
    name.includes("lora_a") ? [[name.split(".").slice(2, 5).join("."), shape[0]]] : [],
  );
  expect(ranks).toEqual([
    ...["q", "k", "v"].map((of) => [`1.self_attn.${of}_proj`, 8]),
    ...["gate", "up", "down"].map((of) => [`1.mlp.${of}_proj`, of === "up" ? 3 : 8]),
  ]);
  const folder = join(scratchFolder(), "adapter");
  await new Booster().saveLoraAsPretrained(model, folder, { adapterName: "one" });
  expect(JSON.parse(readFileSync(join(folder, "adapter_config.json"), "utf8"))).toMatchObject({
    target_modules: ["down_proj", "gate_proj", "k_proj", "q_proj", "up_proj", "v_proj"],
    layers_to_transform: 1,
    rank_pattern: { "mlp.up_proj": 3 },
    exclude_modules: ["o_proj"],
    base_model_name_or_path: null,
  });
  const other = new Booster().enableLora(small(), { pretrainedDir: folder });
  expect(logitsOf(other).toArray()).toEqual(logitsOf(model).toArray());
});

test("an adapter of an embedding changes nothing at first, trains, and is merged", () => {
  const model = small();
  const before = logitsOf(model).toArray();
  new Booster().enableLora(model, { targetModules: ["embed_tokens", "q_proj"], r: 2 });
  expect(logitsOf(model).toArray()).toEqual(before);
  model.forward(batch(0)).loss.backward();
  const trained = [...model.namedParameters()].filter(([, { grad }]) => grad !== null);
  expect(trained.map(([name]) => name).slice(0, 2)).toEqual(
    ["a", "b"].map((of) => `model.embed_tokens.lora_${of}.default.weight`),
  );
  noGrad(() => {
    for (const [, parameter] of trained) parameter.add_(0.05);
  });
  const adapted = logitsOf(model).toTypedArray() as Float32Array;
  expect([...adapted]).not.toEqual((before as number[][][]).flat(2));
  expectClose(logitsOf(mergeAndUnload(model)), adapted, { absolute: 1e-5, relative: 1e-5 });
});

test("taking the active adapter away leaves the next one active", () => {
  const model = small();
  addAdapter(model, "one", { r: 2 });
  addAdapter(model, "two", { r: 2 });
  disturb(model, "two");
  const before = logitsOf(model).toArray();
  deleteAdapter(model, "one");
  expect(logitsOf(model).toArray()).not.toEqual(before);
});

test("what was frozen before stays so after merging", () => {
  const model = small();
  model.lmHead.requiresGrad_(false);
  addAdapter(model, "one", { modulesToSave: ["lm_head"] });
  mergeAndUnload(model);
  expect(model.lmHead.weight.requiresGrad).toBe(false);
});
