// BERT with each head beside transformers: padding, kinds of tokens, tied and untied decoders, old names of weights.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AdamW,
  AutoModel,
  AutoModelForMaskedLM,
  AutoModelForSequenceClassification,
  BertForMaskedLM,
  BertForSequenceClassification,
  BertForTokenClassification,
  BertModel,
  Booster,
  noGrad,
  TorchDDPPlugin,
  tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { expectDropout, expectFamily, type FamilyCase } from "../fixtures/beside-families.js";
import { changeWeights } from "../fixtures/renamed-weights.js";
import { ids, padded } from "../fixtures/rows.js";
import { scratchFolder } from "../fixtures/scratch.js";

const CLASSES = {
  BertForMaskedLM,
  BertForSequenceClassification,
  BertForTokenClassification,
  BertModel,
};
const CONFIG = {
  vocab_size: 97,
  hidden_size: 36,
  num_hidden_layers: 2,
  num_attention_heads: 3,
  intermediate_size: 50,
  max_position_embeddings: 24,
  type_vocab_size: 3,
};
const TYPES = ids(3).map((row) => row.map((id) => id % 3));
const masked = ids(4).map((row) => row.map((id, i) => (i % 3 === 0 ? id : -100)));

const CASES: readonly FamilyCase[] = [
  {
    name: "vectors, no padding",
    className: "BertModel",
    config: CONFIG,
    inputs: { input_ids: ids(0) },
  },
  {
    name: "vectors with padding, kinds and given positions",
    className: "BertModel",
    config: { ...CONFIG, num_attention_heads: 4, hidden_act: "gelu_new", layer_norm_eps: 1e-5 },
    inputs: {
      input_ids: ids(1),
      attention_mask: padded([11, 4, 7]),
      token_type_ids: TYPES,
      position_ids: ids(2).map((row) => row.map((id) => id % 24)),
    },
  },
  {
    name: "masked tokens, tied",
    className: "BertForMaskedLM",
    config: CONFIG,
    inputs: { input_ids: ids(5), attention_mask: padded([9, 11, 2]), labels: masked },
  },
  {
    name: "masked tokens, untied, ReLU",
    className: "BertForMaskedLM",
    config: { ...CONFIG, tie_word_embeddings: false, hidden_act: "relu", pad_token_id: null },
    inputs: { input_ids: ids(6), token_type_ids: TYPES, labels: masked },
  },
  {
    name: "classes of tokens",
    className: "BertForTokenClassification",
    config: { ...CONFIG, num_labels: 5, classifier_dropout: 0.3 },
    inputs: {
      input_ids: ids(7),
      attention_mask: padded([11, 5, 8]),
      labels: masked.map((row) => row.map((id) => (id < 0 ? id : id % 5))),
    },
  },
  {
    name: "classes of sequences",
    className: "BertForSequenceClassification",
    config: { ...CONFIG, num_labels: 3 },
    inputs: { input_ids: ids(8), attention_mask: padded([11, 5, 8]), labels: [2, 0, 1] },
  },
  {
    name: "a number for each sequence",
    className: "BertForSequenceClassification",
    config: { ...CONFIG, num_labels: 1 },
    inputs: { input_ids: ids(9), labels: [0.5, -1.25, 3] },
    floats: ["labels"],
  },
  {
    name: "several numbers for each sequence",
    className: "BertForSequenceClassification",
    config: { ...CONFIG, num_labels: 2, problem_type: "regression" },
    inputs: {
      input_ids: ids(9),
      labels: [
        [0.5, 1.5],
        [-1.25, 2],
        [3, 0.25],
      ],
    },
    floats: ["labels"],
  },
  {
    name: "several classes of each sequence",
    className: "BertForSequenceClassification",
    config: { ...CONFIG, num_labels: 4 },
    inputs: {
      input_ids: ids(10),
      labels: [
        [1, 0, 0, 1],
        [0, 0, 0, 0],
        [1, 1, 1, 0],
      ],
    },
    floats: ["labels"],
  },
];

const expected = expectFamily(CLASSES, CASES);

test("the automatic classes find BERT, with the names of TensorFlow and without a prefix", async () => {
  const { folder: of } = expected(2);
  const inputs = { inputIds: tensor(ids(5)) };
  const model = await AutoModelForMaskedLM.fromPretrained(of);
  const logits = noGrad(() => model.forward(inputs)).logits;
  const old = scratchFolder();
  renamed(of, old, (name) =>
    name
      .replace("LayerNorm.weight", "LayerNorm.gamma")
      .replace("LayerNorm.bias", "LayerNorm.beta")
      .replace("cls.predictions.bias", "cls.predictions.decoder.bias"),
  );
  const again = await AutoModelForMaskedLM.fromPretrained(old);
  expect(noGrad(() => again.forward(inputs)).logits.toArray()).toEqual(logits.toArray());
});

test("two stored biases of a tied decoder must be equal", async () => {
  const folder = scratchFolder();
  changeWeights(expected(2).folder, folder, (weights) => [
    ...weights,
    ["cls.predictions.decoder.bias", tensor([1]).float().expand([97]).contiguous()],
  ]);
  await expect(BertForMaskedLM.fromPretrained(folder)).rejects.toThrow(
    /cls.predictions.decoder.bias and cls.predictions.bias are one tensor of the model, but both are stored and differ; remove/,
  );
});

test("a BERT without a head is read from a folder of one with a head", async () => {
  const { folder: of } = expected(5);
  const whole = await AutoModelForSequenceClassification.fromPretrained(of);
  const below = await AutoModel.fromPretrained(of);
  const inputs = { inputIds: tensor(ids(5)) };
  const { poolerOutput } = noGrad(() => below.forward(inputs));
  const logits = noGrad(() => whole.classifier.forward(poolerOutput));
  expect(logits.toArray()).toEqual(noGrad(() => whole.forward(inputs)).logits.toArray());
});

test("dropout is drawn anew in each training pass, and eval() has none", () => {
  const model = new BertForMaskedLM({ ...SMALL, hiddenDropoutProb: 0.2 });
  const inputIds = tensor(ids(0)).long();
  expectDropout(model, { inputIds, labels: inputIds });
  model.train();
  const { dropout } = model.bert.embeddings;
  const dropped = noGrad(() => dropout.forward(tensor([1]).float().expand([40_000])));
  expect(Math.abs(dropped.mean().item() - 1)).toBeLessThan(0.02);
  expect(Math.abs(dropped.eq(0).float().mean().item() - 0.2)).toBeLessThan(0.02);
});

test("booster trains a BERT, saves it and loads it, and it begins by seed, name and element", async () => {
  const model = new BertForSequenceClassification({ ...SMALL, numLabels: 3 }, { seed: 3 });
  const name = "bert.embeddings.position_embeddings.weight";
  const begun = new Map(model.namedParameters()).get(name)?.flatten().slice(0, 5, 9).toArray();
  expect(model.initialNumbers(name, { seed: 3, from: 5, to: 9 }).toArray()).toEqual(begun);
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  const { optimizer } = await booster.boost({
    model,
    optimizer: new AdamW(model.parameters(), { lr: 1e-2 }),
  });
  const losses = Array.from({ length: 12 }, () => {
    const output = model.forward({ inputIds: tensor(ids(0)), labels: tensor([2, 0, 1]) });
    booster.backward(output as Required<typeof output>, optimizer);
    optimizer.step();
    optimizer.zeroGrad();
    return output.loss?.item() as number;
  });
  expect(losses.at(-1)).toBeLessThan((losses[0] as number) / 2);
  const folder = scratchFolder();
  await booster.saveModel(model, folder);
  const again = await AutoModelForSequenceClassification.fromPretrained(folder);
  const logits = (of: BertForSequenceClassification): unknown =>
    noGrad(() =>
      of
        .eval()
        .forward({ inputIds: tensor(ids(0)) })
        .logits.toArray(),
    );
  expect(logits(again)).toEqual(logits(model));
});

test("what a config asks for and BERT here does not do is refused", async () => {
  const { folder: of } = expected(0);
  const refusal = (more: object): Promise<unknown> => {
    const folder = scratchFolder();
    renamed(of, folder, (name) => name);
    writeFileSync(
      join(folder, "config.json"),
      JSON.stringify({ model_type: "bert", ...CONFIG, ...more }),
    );
    return AutoModel.fromPretrained(folder);
  };
  await expect(refusal({ model_type: "falcon" })).rejects.toThrow(
    /model_type "falcon" is not supported yet: the family Falcon is deferred; supported: bert/,
  );
  await expect(refusal({ is_decoder: true })).rejects.toThrow(
    /a BERT that generates is not implemented/,
  );
  await expect(refusal({ position_embedding_type: "relative_key" })).rejects.toThrow(
    /relative positions is not implemented/,
  );
  await expect(refusal({ num_attention_heads: 5 })).rejects.toThrow(
    /"hidden_size" must be a multiple of "num_attention_heads", got 36 and 5/,
  );
});

const SMALL = { vocabSize: 97, hiddenSize: 36, numHiddenLayers: 1, numAttentionHeads: 3 };

/** The same folder with other names of weights. */
function renamed(from: string, to: string, rename: (name: string) => string): void {
  changeWeights(from, to, (weights) =>
    [...weights].map(([name, tensor]) => [rename(name), tensor]),
  );
}
