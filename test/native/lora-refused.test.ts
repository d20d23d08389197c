// What adapters refuse, with nothing changed.
import { join } from "node:path";
import {
  AdamW,
  addAdapter,
  Booster,
  deleteAdapter,
  disableAdapter,
  type EnableLoraOptions,
  LlamaForCausalLM,
  mergeAndUnload,
  Nf4Linear,
  setAdapter,
  TorchDDPPlugin,
  tensor,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";
import { SIZES, small } from "../fixtures/small-lora.js";

/** Sizes that NF4 takes. */
const OF_FOUR = {
  ...{ hiddenSize: 64, intermediateSize: 64 },
  ...{ numAttentionHeads: 4, numKeyValueHeads: 4, headDim: 16 },
};

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
      "a norm",
      enable({ targetModules: ["input_layernorm"] }),
      /input_layernorm is a RMSNorm; adapters go on linear layers and embeddings/,
    ],
    [
      "a name to leave out that no module has",
      enable({ excludeModules: ["lm_hed"] }),
      /excludeModules: no module is called "lm_hed"; did you mean "lm_head"\?/,
    ],
    [
      "a pattern that means no layer with an adapter",
      enable({ targetModules: ["q_proj"], rankPattern: { v_proj: 4 } }),
      /rankPattern: no layer with an adapter ends in "v_proj"; the first is model.layers.0.self_attn.q_proj/,
    ],
    [
      "layers of which there are none",
      enable({ layersToTransform: [2] }),
      /excludeModules, layersToTransform and modulesToSave leave no layer/,
    ],
    [
      "layers beside a regular expression",
      enable({ targetModules: /.*q_proj/, layersToTransform: 0 }),
      /layersToTransform goes with names as targetModules, not with a regular expression/,
    ],
    [
      "where layers are numbered, and no number",
      enable({ layersPattern: "layers" }),
      /layersPattern says where the numbers of layersToTransform stand; give both/,
    ],
    [
      "a pattern that is none",
      enable({ alphaPattern: { "(q_proj": 4 } }),
      /alphaPattern: "\(q_proj" is no regular expression/,
    ],
    [
      "flags that Python has not",
      enable({ excludeModules: /Q_PROJ/i }),
      /excludeModules has the flags "i", which PEFT's files cannot say/,
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

  const tied = () => new LlamaForCausalLM({ ...SIZES, tieWordEmbeddings: true });
  test.each([
    [
      "a tied head as a target",
      () => addAdapter(tied(), "one", { targetModules: ["lm_head"] }),
      /lm_head shares its weight with model.embed_tokens.weight/,
    ],
    [
      "a tied embedding as a target",
      () => addAdapter(tied(), "one", { targetModules: ["embed_tokens"] }),
      /embed_tokens shares its weight with lm_head.weight/,
    ],
    [
      "a tied head trained whole",
      () => addAdapter(tied(), "one", { modulesToSave: ["lm_head"] }),
      /lm_head shares its weight with/,
    ],
    [
      "a tied embedding trained whole",
      () => addAdapter(tied(), "one", { modulesToSave: ["embed_tokens"] }),
      /embed_tokens shares its weight with lm_head/,
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  test("a tied head, with a remedy that holds", () => {
    const model = tied();
    let message = "";
    try {
      addAdapter(model, "one", { modulesToSave: ["embed_tokens"] });
    } catch (error) {
      message = (error as Error).message;
    }
    const [, code] = /or untie them first: (const untied = .*)$/.exec(message) ?? [];
    const run = new Function("model", "LlamaForCausalLM", `${code}; return untied;`);
    const untied = run(model, LlamaForCausalLM) as LlamaForCausalLM;
    const ids = { inputIds: tensor([[1, 2, 3]]) };
    expect(untied.forward(ids).logits.tolist()).toEqual(model.forward(ids).logits.tolist());
    addAdapter(untied, "one", { modulesToSave: ["embed_tokens"] });
    expect(untied.lmHead.weight.requiresGrad).toBe(false);
  });

  test("steps of an optimizer whose parameters are frozen, or of another size since", () => {
    const step = (change: (of: LlamaForCausalLM) => void): (() => void) => {
      const trained = new LlamaForCausalLM({ ...SIZES, ...OF_FOUR });
      const adamw = new AdamW(trained.parameters());
      const labels = tensor([[1, 2, 3]]);
      trained.forward({ inputIds: labels, labels }).loss.backward();
      adamw.step();
      adamw.zeroGrad();
      change(trained);
      trained.forward({ inputIds: labels, labels }).loss.backward();
      return () => adamw.step();
    };
    expect(step((of) => new Booster().enableLora(of, { quantize: "nf4" }))).toThrow(
      "all parameters that the optimizer was given are frozen, so it would train nothing; make it from model.parameters() after enableLora or addAdapter",
    );
    expect(step((of) => of.resizeTokenEmbeddings(SIZES.vocabSize + 8))).toThrow(
      /a parameter was \[\d+, 64\] and is now \[\d+, 64\], as after resizeTokenEmbeddings, .*; make the optimizer anew from model.parameters\(\), and boost with it/,
    );
    expect(step((of) => void of.train())).not.toThrow();
  });

  test("no merging of weights of four bits whose adapters were deleted: they are widened", () => {
    const rounded = new LlamaForCausalLM({ ...SIZES, ...OF_FOUR });
    new Booster().enableLora(rounded, { quantize: "nf4" });
    const ids = { inputIds: tensor([[1, 2, 3]]) };
    const expected = rounded.forward(ids).logits.tolist();
    deleteAdapter(rounded, "default");
    mergeAndUnload(rounded);
    expect(rounded.forward(ids).logits.tolist()).toEqual(expected);
    expect([...rounded.modules()].some((each) => each instanceof Nf4Linear)).toBe(false);
    expect(rounded.parameters().every(({ requiresGrad }) => requiresGrad)).toBe(true);
    expect(() => mergeAndUnload(rounded)).toThrow(/has no adapters/);
  });

  test("another adapter beside one that trains modules whole, and leaving that one out", () => {
    const model = small();
    addAdapter(model, "one", { targetModules: ["q_proj"], modulesToSave: ["lm_head"] });
    expect(() => addAdapter(model, "two")).toThrow(/has a model to itself/);
    for (const leave of [
      () => setAdapter(model, []),
      () => disableAdapter(model),
      () => deleteAdapter(model, "one"),
    ])
      expect(leave).toThrow(/lm_head are trained in place/);
    expect(model.lmHead.weight.requiresGrad).toBe(true);
  });

  test("another adapter beside one that trains biases, and leaving that one out", () => {
    const model = new LlamaForCausalLM({ ...SIZES, attentionBias: true });
    addAdapter(model, "one", { targetModules: ["q_proj"], bias: "lora_only" });
    expect(() => addAdapter(model, "two")).toThrow(/has a model to itself/);
    expect(() => disableAdapter(model)).toThrow(/biases are trained in place/);
  });

  test("changing adapters while they are disabled, and merging none", () => {
    const model = small();
    addAdapter(model, "one", { r: 2 });
    {
      using _ = disableAdapter(model);
      for (const call of [
        () => setAdapter(model, "one"),
        () => mergeAndUnload(model),
        () => addAdapter(model, "two"),
      ])
        expect(call).toThrow(/until disableAdapter ends/);
    }
    setAdapter(model, []);
    expect(() => mergeAndUnload(model)).toThrow(/no adapter is active/);
  });

  test("adapters of a part beside adapters of the whole", () => {
    const model = small();
    addAdapter(model.model, "part", { r: 2 });
    expect(() => addAdapter(model, "whole")).toThrow(
      /that a part of this model was given by itself/,
    );
  });

  test("an optimizer made before, whose parameters are all frozen", async () => {
    const model = small();
    const optimizer = new AdamW(model.parameters());
    addAdapter(model, "one", { r: 2 });
    await expect(new Booster().boost({ model, optimizer })).rejects.toThrow(
      /all parameters that the optimizer was given are frozen/,
    );
  });

  test("a checkpoint of other adapters", async () => {
    const folder = scratchFolder();
    const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
    const boostedWith = (options: EnableLoraOptions) => {
      const model = booster.enableLora(small(), options);
      const optimizer = new AdamW(model.parameters().filter(({ requiresGrad }) => requiresGrad));
      return booster.boost({ model, optimizer });
    };
    await booster.saveCheckpoint(folder, await boostedWith({ r: 2, loraAlpha: 8 }), { step: 1 });
    await expect(
      booster.loadCheckpoint(folder, await boostedWith({ r: 2, loraAlpha: 64 })),
    ).rejects.toThrow(/adapters are not those that were saved/);
    expect(await booster.loadCheckpoint(folder, await boostedWith({ r: 2, loraAlpha: 8 }))).toBe(1);
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
});
