// What users of transformers reported of other libraries, for each family of rotary decoders that it can happen to. Others stand
// where their subject is: resize-tokens, lora-peft, t5, safetensors-folder, token-mean, packing, supervised-dataset, chat-templates.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AutoConfig,
  AutoModelForCausalLM,
  type CausalLM,
  noGrad,
  tensor,
  writeWeights,
} from "notebooster";
import { describe, expect, test } from "vitest";
import { DECODERS } from "../fixtures/decoder-cases.js";
import { scratchFolder } from "../fixtures/scratch.js";

type Json = Record<string, unknown>;

describe.each(DECODERS)("$name", ({ make, cases }) => {
  const made = (more: object = {}): CausalLM & { config: object } =>
    make({ ...cases[0]?.options, ...more } as never);

  test("with more tokens the old rows of a head of its own stay, and the configuration has the padded number", () => {
    const model = made({ tieWordEmbeddings: false, padTokenId: null });
    const before = [model.headWeight, model.embeddingWeight].map((rows) => rows.toArray());
    model.resizeTokenEmbeddings(99, { padToMultipleOf: 64 });
    const after = [model.headWeight, model.embeddingWeight];
    expect(after.map((rows) => rows.slice(0, 0, 97).toArray())).toEqual(before);
    expect(model.config).toMatchObject({ vocabSize: 128 });
    const { logits } = noGrad(() => model.forward({ inputIds: tensor([[127, 3]]) }));
    expect(logits.shape).toEqual([1, 2, 128]);
  });

  test("said to be tied and stored as two, it is refused in one message", async () => {
    const folder = scratchFolder();
    const model = made({ tieWordEmbeddings: false, padTokenId: null });
    await model.savePretrained(folder);
    changeConfig(folder, { tie_word_embeddings: true });
    await expect(AutoModelForCausalLM.fromPretrained(folder)).rejects.toThrow(
      /"tie_word_embeddings" is true\), but lm_head.weight and model.embed_tokens.weight are both stored and differ/,
    );
    const alike = [...model.namedParameters()].map(
      ([name, one]) => [name, name === "lm_head.weight" ? model.embeddingWeight : one] as const,
    );
    writeWeights(folder, alike);
    const tied = await AutoModelForCausalLM.fromPretrained(folder);
    expect(tied.headWeight).toBe(tied.embeddingWeight);
  });

  test("the base of its rotations is read at the top and in rope_parameters, and not where both differ", async () => {
    const folder = scratchFolder();
    await made({ ropeTheta: 54321, ropeScaling: null }).savePretrained(folder);
    const atTheTop = await AutoConfig.fromPretrained(folder);
    expect(atTheTop).toMatchObject({ ropeTheta: 54321 });
    const { rope_theta: theta, rope_local_base_freq: local, ...rest } = configOf(folder);
    const parameters = { rope_type: "default", rope_theta: theta };
    const within =
      local === undefined
        ? parameters
        : {
            full_attention: parameters,
            sliding_attention: { rope_type: "default", rope_theta: local },
          };
    writeConfig(folder, { ...rest, rope_scaling: null, rope_parameters: within });
    expect(await AutoConfig.fromPretrained(folder)).toEqual(atTheTop);
    changeConfig(folder, { rope_theta: 10000 });
    await expect(AutoConfig.fromPretrained(folder)).rejects.toThrow(/two different "rope_theta"/);
  });

  test("heads of a size of their own give shapes of that size", () => {
    const model = made({ headDim: 20, numAttentionHeads: 6, numKeyValueHeads: 2 });
    const shapes = new Map([...model.namedParameters()].map(([name, { shape }]) => [name, shape]));
    const layer = "model.layers.0.self_attn.";
    const rows = ["q_proj", "k_proj", "v_proj"].map(
      (name) => shapes.get(`${layer}${name}.weight`)?.[0],
    );
    if (shapes.has(`${layer}qkv_proj.weight`))
      expect(shapes.get(`${layer}qkv_proj.weight`)?.[0]).toBe(200);
    else expect(rows).toEqual([120, 40, 40]);
    expect(shapes.get(`${layer}o_proj.weight`)?.[1]).toBe(120);
  });

  test("a model of several parts, whose head a part may tie, is refused by name", async () => {
    const folder = scratchFolder();
    await made().savePretrained(folder);
    changeConfig(folder, { text_config: { tie_word_embeddings: true } });
    await expect(AutoModelForCausalLM.fromPretrained(folder)).rejects.toThrow(
      /"text_config" .*a model of several parts is not implemented/,
    );
  });
});

test("Llama-3.2's factor of 32 is read as it is", async () => {
  const folder = scratchFolder();
  mkdirSync(folder, { recursive: true });
  writeConfig(folder, {
    ...{
      model_type: "llama",
      vocab_size: 97,
      hidden_size: 48,
      intermediate_size: 80,
      num_hidden_layers: 1,
    },
    ...{ num_attention_heads: 6, rope_theta: 500000 },
    rope_scaling: {
      ...{ factor: 32, high_freq_factor: 4, low_freq_factor: 1 },
      ...{ original_max_position_embeddings: 8192, rope_type: "llama3" },
    },
  });
  expect(await AutoConfig.fromPretrained(folder)).toMatchObject({
    ropeScaling: { ropeType: "llama3", factor: 32, originalMaxPositionEmbeddings: 8192 },
  });
});

function configOf(folder: string): Json {
  return JSON.parse(readFileSync(join(folder, "config.json"), "utf8")) as Json;
}

function writeConfig(folder: string, config: Json): void {
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
}

function changeConfig(folder: string, change: Json): void {
  writeConfig(folder, { ...configOf(folder), ...change });
}
