// Models of more and fewer tokens, beside transformers': rows that were there, rows that are new, tied heads, what is saved.
import { join } from "node:path";
import {
  AdamW,
  AutoConfig,
  AutoModelForCausalLM,
  BertForMaskedLM,
  Booster,
  type CausalLM,
  LlamaForCausalLM,
  type PretrainedModel,
  T5ForConditionalGeneration,
  TorchDDPPlugin,
  tensor,
} from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { SIZES } from "../fixtures/decoder-cases.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const BERT = {
  ...{ vocabSize: 97, hiddenSize: 16, numHiddenLayers: 1, numAttentionHeads: 2 },
  ...{ intermediateSize: 24, maxPositionEmbeddings: 32 },
};
const T5 = {
  ...{
    vocabSize: 97,
    dModel: 16,
    dKv: 8,
    dFf: 24,
    numLayers: 1,
    numDecoderLayers: 1,
    numHeads: 2,
    initializerFactor: 0.02,
  },
};
const MODELS = {
  "a LLaMA with a head of its own": () => new LlamaForCausalLM(SIZES),
  "a LLaMA with a tied head": () => new LlamaForCausalLM({ ...SIZES, tieWordEmbeddings: true }),
  "a BERT with a tied decoder": () => new BertForMaskedLM(BERT),
  "a BERT with a decoder of its own": () =>
    new BertForMaskedLM({ ...BERT, tieWordEmbeddings: false }),
  "a T5": () => new T5ForConditionalGeneration(T5),
};
const CASES = Object.entries(MODELS).map(([name, make], i) => ({ name, make, i }));
/** Tokens, and what they are rounded up to. */
const ASKED = [
  [101, 64],
  [99, 1],
  [90, 1],
] as const;

interface Resized {
  readonly vocabSize: number;
  readonly weights: Readonly<Record<string, readonly number[]>>;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

const THEIRS = `
import torch
from transformers import AutoModelForCausalLM, AutoModelForMaskedLM, AutoModelForSeq2SeqLM
classes = dict(llama=AutoModelForCausalLM, bert=AutoModelForMaskedLM, t5=AutoModelForSeq2SeqLM)
def resized(folder, tokens, multiple):
    name = json.load(open(folder + "/config.json"))["model_type"]
    model = classes[name].from_pretrained(folder, dtype=torch.float32)
    model.resize_token_embeddings(tokens, pad_to_multiple_of=multiple)
    named = {n: p for n, p in model.named_parameters(remove_duplicate=False) if p.shape[0] == model.config.vocab_size}
    return dict(vocabSize=model.config.vocab_size, shapes={n: list(p.shape) for n, p in named.items()}, weights={n: p.flatten().tolist() for n, p in named.items()})
print(json.dumps([[resized(folder, *each) for each in args[1]] for folder in args[0]]))`;

describe("resizeTokenEmbeddings", () => {
  const root = sharedFolder();
  const folders = CASES.map(({ i }) => join(root, String(i)));
  let theirs: readonly (readonly Resized[])[];
  beforeAll(async () => {
    for (const { make, i } of CASES) await make().savePretrained(folders[i] as string);
    theirs = python(THEIRS, folders, ASKED) as typeof theirs;
  });

  test.each(CASES)("gives $name the rows that transformers gives it", async ({ make, i }) => {
    for (const [at, [tokens, padToMultipleOf]] of ASKED.entries()) {
      const model = make();
      const before = model.stateDict();
      const kept = Object.fromEntries(
        Object.entries(before).map(([name, one]) => [name, one.clone()]),
      );
      expect(model.resizeTokenEmbeddings(tokens, { padToMultipleOf })).toBe(model);
      const { vocabSize, weights, shapes } = (theirs[i] as Resized[])[at] as Resized;
      expect((model.config as { vocabSize: number }).vocabSize).toBe(vocabSize);
      const state = model.stateDict();
      for (const [name, tensor] of Object.entries(state)) {
        if (!(name in weights)) {
          expect(tensor.toArray(), name).toEqual(kept[name]?.toArray());
          continue;
        }
        expect(tensor.shape, name).toEqual(shapes[name]);
        const theirRows = weights[name] as number[];
        const mine = Array.from(tensor.toTypedArray(), Number);
        const worst = mine.reduce(
          (max, x, j) => Math.max(max, Math.abs(x - (theirRows[j] as number))),
          0,
        );
        expect(worst, name).toBeLessThan(1e-5); // theirs have noise of 3e-5 of their spread
        const old = Array.from(kept[name]?.toTypedArray() ?? [], Number);
        const numKept = Math.min(old.length, mine.length);
        expect(mine.slice(0, numKept)).toEqual(old.slice(0, numKept));
      }
    }
  });

  test("a tied head stays tied, is saved once and trains", async () => {
    const model = new LlamaForCausalLM({ ...SIZES, tieWordEmbeddings: true });
    model.resizeTokenEmbeddings(100, { padToMultipleOf: 16 });
    expect(model.lmHead.weight).toBe(model.model.embedTokens.weight);
    const folder = scratchFolder();
    await model.savePretrained(folder);
    expect(await AutoConfig.fromPretrained(folder)).toMatchObject({ vocabSize: 112 });
    expect((await AutoModelForCausalLM.fromPretrained(folder)).headWeight.shape).toEqual([112, 48]);
    const losses = await trained(model, [[100, 111, 3, 5]]);
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
  });

  test("a T5's head of its own keeps its rows, where transformers 5.23 ties it again", () => {
    const model = new T5ForConditionalGeneration({ ...T5, tieWordEmbeddings: false });
    const before = model.lmHead.weight.toArray();
    model.resizeTokenEmbeddings(101);
    expect(model.lmHead.weight.slice(0, 0, 97).toArray()).toEqual(before);
  });

  test("without the mean new rows are those of a new model", () => {
    const model = new LlamaForCausalLM(SIZES).resizeTokenEmbeddings(101, { meanResizing: false });
    const larger = new LlamaForCausalLM({ ...SIZES, vocabSize: 101 });
    for (const of of ["embeddingWeight", "headWeight"] as const)
      expect(model[of].slice(0, 97).toArray()).toEqual(larger[of].slice(0, 97).toArray());
  });

  test("costs, and what is counted of them, follow", () => {
    const shape = { batchSize: 2, sequenceLength: 8 };
    const resized = new LlamaForCausalLM(SIZES).resizeTokenEmbeddings(128);
    const larger = new LlamaForCausalLM({ ...SIZES, vocabSize: 128 });
    expect(resized.cost(shape)).toEqual(larger.cost(shape));
  });
});

async function trained(model: CausalLM & PretrainedModel, ids: number[][]): Promise<number[]> {
  const booster = new Booster({ plugin: new TorchDDPPlugin({ device: "cpu" }) });
  const { optimizer } = await booster.boost({
    model,
    optimizer: new AdamW(model.parameters(), { lr: 1e-2 }),
  });
  const inputIds = tensor(ids);
  return Array.from({ length: 4 }, () => {
    const output = model.forward({ inputIds, labels: inputIds });
    booster.backward(output, optimizer);
    optimizer.step();
    optimizer.zeroGrad();
    return output.loss.item() as number;
  });
}
