// T5 beside transformers: buckets of distances both ways, plain and gated MLPs, tied and scaled heads and others, reading once.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AutoModelForSeq2SeqLM,
  backward,
  noGrad,
  randn,
  T5ForConditionalGeneration,
  type Tensor,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { expectDropout, expectFamily } from "../fixtures/beside-families.js";
import { changeWeights } from "../fixtures/renamed-weights.js";
import { ids, padded } from "../fixtures/rows.js";
import { scratchFolder } from "../fixtures/scratch.js";

const CONFIG = {
  vocab_size: 97,
  d_model: 36,
  d_kv: 10,
  d_ff: 50,
  num_layers: 2,
  num_heads: 3,
  relative_attention_num_buckets: 8,
  relative_attention_max_distance: 9,
  dropout_rate: 0,
  decoder_start_token_id: 0,
  pad_token_id: 0,
};
const PROMPTS = [[5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [12], [40, 41, 42]];
const className = "T5ForConditionalGeneration";
const labels = ids(9).map((row, i) => row.slice(0, 7).map((id, j) => (j > 4 + i ? -100 : id)));

const expected = expectFamily({ T5ForConditionalGeneration }, [
  {
    name: "plain, tied",
    className,
    config: CONFIG,
    inputs: { input_ids: ids(0), labels: ids(4) },
    prompts: PROMPTS,
  },
  {
    name: "gated, not scaled, fewer layers that write, padding",
    className,
    config: {
      ...CONFIG,
      feed_forward_proj: "gated-gelu",
      tie_word_embeddings: false,
      num_decoder_layers: 1,
      num_heads: 5,
    },
    inputs: { input_ids: ids(1), attention_mask: padded([11, 4, 7]), labels },
    prompts: PROMPTS,
  },
  {
    name: "gated SiLU, padding before and in what is written",
    className,
    config: { ...CONFIG, feed_forward_proj: "gated-silu", relative_attention_num_buckets: 6 },
    inputs: {
      input_ids: ids(2),
      attention_mask: padded([3, 11, 6]).map((row) => row.toReversed()),
      decoder_input_ids: ids(5),
      decoder_attention_mask: padded([11, 5, 8]),
      labels: ids(6),
    },
    prompts: PROMPTS,
  },
]);

const embeddings = ["encoder.embed_tokens.weight", "decoder.embed_tokens.weight"] as const;

test.each([[[0]], [[1]], [[0, 1]]])(
  "without shared.weight the embedding is the one of encoder or decoder (%j), not the head",
  async (which) => {
    const folder = scratchFolder();
    changeWeights(expected(1).folder, folder, (weights) => {
      const { "shared.weight": shared, ...others } = Object.fromEntries(weights);
      const named = which.map((each) => [embeddings[each] as string, shared as Tensor] as const);
      const head = ["lm_head.weight", randn([97, 36])] as const; // version 4 of transformers stored one
      return new Map([...Object.entries(others), ...named, head]);
    });
    const whole = await T5ForConditionalGeneration.fromPretrained(expected(1).folder);
    const model = await AutoModelForSeq2SeqLM.fromPretrained(folder);
    expect(model.shared.weight.toArray()).toEqual(whole.shared.weight.toArray());
    expect(model.lmHead.weight === model.shared.weight).toBe(false);
    const { encoderLastHiddenState: read } = noGrad(() => model.forward(INPUTS));
    const { encoderLastHiddenState: wanted } = noGrad(() => whole.forward(INPUTS));
    expect(read.toArray()).toEqual(wanted.toArray());
  },
);

test("a head that is stored, said to be tied and differs from the embedding is refused", async () => {
  const folder = scratchFolder();
  changeWeights(expected(0).folder, folder, (weights) => [
    ...weights,
    ["lm_head.weight", randn([97, 36])],
  ]);
  await expect(T5ForConditionalGeneration.fromPretrained(folder)).rejects.toThrow(
    /lm_head.weight and shared.weight are both stored and differ/,
  );
});

test("a number of layers that the files do not have is refused before they are made", async () => {
  const folder = scratchFolder();
  changeWeights(expected(0).folder, folder, (weights) => weights);
  const config = { model_type: "t5", ...CONFIG, num_decoder_layers: 2 ** 28 };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  await expect(T5ForConditionalGeneration.fromPretrained(folder)).rejects.toThrow(
    /holds the weights of 2 layers, its config.json says "num_decoder_layers": 268435456/,
  );
});

test("what the encoder gave serves another pass, and layers computed again give the same gradients", async () => {
  const model = await T5ForConditionalGeneration.fromPretrained(expected(1).folder);
  const { encoderLastHiddenState: encoderOutput, logits } = noGrad(() => model.forward(INPUTS));
  const { inputIds: _, ...written } = INPUTS;
  const again = noGrad(() => model.forward({ ...written, encoderOutput }));
  expect(again.logits.toArray()).toEqual(logits.toArray());
  model.train();
  const gradients = (): unknown => {
    model.zeroGrad();
    backward(model.forward(INPUTS).loss);
    return [...model.namedParameters()].map(([name, { grad }]) => [name, grad?.toArray()]);
  };
  const kept = gradients();
  model.gradientCheckpointingEnable();
  expect(gradients()).toEqual(kept);
});

test("dropout is drawn anew in each training pass, and eval() has none", () => {
  const sizes = { vocabSize: 97, dModel: 36, dKv: 10, dFf: 50, numLayers: 2, numHeads: 3 };
  expectDropout(new T5ForConditionalGeneration(sizes), INPUTS);
});

const INPUTS = {
  inputIds: tensor(ids(1)).long(),
  attentionMask: tensor(padded([11, 4, 7])).long(),
  labels: tensor(labels).long(),
};
