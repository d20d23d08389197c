// Adapters by themselves: what they change and what they leave, and what is refused.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AdamW,
  addAdapter,
  Booster,
  type CausalLM,
  disableAdapter,
  type EnableLoraOptions,
  LlamaForCausalLM,
  manualSeed,
  mergeAndUnload,
  noGrad,
  setAdapter,
  type Tensor,
  TorchDDPPlugin,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { batch } from "../fixtures/beside-transformers.js";
import { scratchFolder } from "../fixtures/scratch.js";

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

describe("is refused", () => {
  const model = small();
  const enable = (options: EnableLoraOptions) => () => new Booster().enableLora(small(), options);
  test.each([
    [
      "a name that no module has",
      enable({ targetModules: ["q_porj"] }),
      /no module is called "q_porj"; did you mean "q_proj"\?/,
    ],
    [
      "an embedding",
      enable({ targetModules: ["embed_tokens"] }),
      /embed_tokens is a Embedding; adapters go on linear layers/,
    ],
    ["a rank of 0", enable({ r: 0 }), /r must be a whole number of at least 1/],
    [
      "options beside a folder",
      enable({ pretrainedDir: "x", r: 4 }),
      /pretrainedDir says what the adapter is, so r may not be given/,
    ],
    [
      "a folder that is not there",
      enable({ pretrainedDir: "/nowhere/adapter" }),
      /nowhere\/adapter/,
    ],
    [
      "an adapter of the same name",
      () => {
        addAdapter(model, "one");
        addAdapter(model, "one");
      },
      /has an adapter "one" already/,
    ],
    [
      "an adapter that is not there",
      () => setAdapter(model, "two"),
      /no adapter "two"; it has: "one"/,
    ],
    ["merging without adapters", () => mergeAndUnload(small()), /has no adapters/],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  test("saving as a plain model", async () => {
    const model = small();
    addAdapter(model, "one");
    const said =
      /q_proj is no plain part of a model, it has adapters: write them with booster.saveLoraAsPretrained/;
    await expect(new Booster().saveModel(model, join(scratchFolder(), "x"))).rejects.toThrow(said);
    await expect(model.savePretrained(join(scratchFolder(), "x"))).rejects.toThrow(said);
    await expect(new Booster().loadModel(model, scratchFolder())).rejects.toThrow(said);
  });

  test.each([
    ["another method", { peft_type: "IA3" }, /"peft_type" must be "LORA", got "IA3"/],
    [
      "ranks of single layers",
      { rank_pattern: { q_proj: 4 } },
      /"rank_pattern" is \{"q_proj":4\}, which is not implemented/,
    ],
    ["trained biases", { bias: "all" }, /"bias" is "all", which is not implemented/],
    [
      "a rank that the weights have not",
      { r: 3 },
      /does not fit the model[\s\S]*lora_A.weight is \[2, 48\], the model wants \[3, 48\]/,
    ],
    [
      "layers that the weights have not",
      { target_modules: ["q_proj", "k_proj"] },
      /missing: base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight/,
    ],
  ])("a folder of PEFT's with %s", async (_, changes, message) => {
    const folder = join(scratchFolder(), "adapter");
    const model = small();
    addAdapter(model, "default", { r: 2, targetModules: ["q_proj"] });
    await new Booster().saveLoraAsPretrained(model, folder);
    const file = join(folder, "adapter_config.json");
    writeFileSync(
      file,
      JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...changes }),
    );
    const fresh = small();
    const before = [...fresh.namedParameters()].map(([name, { requiresGrad }]) => [
      name,
      requiresGrad,
    ]);
    expect(() => new Booster().enableLora(fresh, { pretrainedDir: folder })).toThrow(message);
    expect(
      [...fresh.namedParameters()].map(([name, { requiresGrad }]) => [name, requiresGrad]),
    ).toEqual(before);
  });
});

function small(): LlamaForCausalLM {
  return new LlamaForCausalLM({
    vocabSize: 211,
    hiddenSize: 48,
    intermediateSize: 96,
    numHiddenLayers: 2,
    numAttentionHeads: 6,
  }).eval();
}

/** Gives what begins as zeros numbers, so that the adapter does something. */
function disturb(model: CausalLM, adapter: string): void {
  for (const [name, parameter] of model.namedParameters())
    if (name.includes(`lora_b.${adapter}.`)) noGrad(() => parameter.fill_(0.1));
}

function logitsOf(model: CausalLM): Tensor {
  return noGrad(() => model.forward({ inputIds: batch(3).inputIds }).logits);
}
