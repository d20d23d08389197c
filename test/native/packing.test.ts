// Several documents in a row beside the same documents one by one: losses token by token, and all gradients, are the same.
import path from "node:path";
import {
  AutoTokenizer,
  type Batch,
  BloomForCausalLM,
  type CausalLM,
  DataLoader,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  MistralForCausalLM,
  manualSeed,
  noGrad,
  SupervisedDataset,
  type Tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { sharedFolder } from "../fixtures/scratch.js";
import { byteTokenizer } from "../fixtures/tokenizers/byte-tokenizer.js";

const folder = byteTokenizer(path.join(sharedFolder(), "tokenizer"), {
  config: {
    chat_template:
      "{% for m in messages %}<{{ m.role }}>{% if m.role == 'assistant' %}{% generation %}{{ m.content + eos_token }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{% endfor %}",
  },
});
const tokenizer = await AutoTokenizer.fromPretrained(folder);
const rows = ["a", "bc", "defghij", "k".repeat(20), "l m", "n".repeat(9)].map((answer) => ({
  messages: [
    { role: "user", content: answer.toUpperCase() },
    { role: "assistant", content: answer },
    { role: "user", content: "?" },
    { role: "assistant", content: answer },
  ],
}));
const dataset = SupervisedDataset.fromRows(rows, { tokenizer, maxLength: 180 });
const sizes = { vocabSize: 300, hiddenSize: 24, numHiddenLayers: 2, numAttentionHeads: 3 };
const llama = { ...sizes, intermediateSize: 40, maxPositionEmbeddings: 192 };
const NO_DROPOUT = { embdPdrop: 0, attnPdrop: 0, residPdrop: 0 };
const MODELS: Readonly<Record<string, () => CausalLM>> = {
  LLaMA: () => new LlamaForCausalLM({ ...llama, numKeyValueHeads: 1 }),
  Mistral: () => new MistralForCausalLM({ ...llama, numKeyValueHeads: 3, slidingWindow: 20 }),
  BLOOM: () => new BloomForCausalLM(sizes),
  "GPT-2": () =>
    new GPT2LMHeadModel({
      ...{ vocabSize: 300, hiddenSize: 24, numHiddenLayers: 2, numAttentionHeads: 3 },
      ...{ maxPositionEmbeddings: 192, ...NO_DROPOUT },
    }),
};

/** Loss of each token that counts, sorted, as rows stand in another order when packed. */
function tokenLosses(model: CausalLM, batches: Iterable<Batch>): number[] {
  const losses: number[] = [];
  for (const batch of batches) {
    noGrad(() => {
      const { logits } = model.forward(batch);
      const targets = batch.labels.slice(1, 1);
      const scores = logits.slice(1, 0, -1).logSoftmax(-1);
      const own = scores.gather(-1, targets.clampMin(0).unsqueeze(-1)).squeeze(-1);
      const [flat, labels] = [own.toTypedArray() as Float32Array, targets.toTypedArray()];
      for (let i = 0; i < flat.length; i++)
        if (Number(labels[i]) !== -100) losses.push(-(flat[i] as number));
    });
  }
  return losses.sort((a, b) => a - b);
}

/** Gradients of the mean over all tokens of all batches. */
function gradients(model: CausalLM, batches: Iterable<Batch>): Float32Array[] {
  model.zeroGrad();
  for (const batch of batches) {
    const { loss, numTokens } = model.forward(batch);
    (loss as Tensor)
      .mul((numTokens as Tensor).float())
      .div(dataset.numSupervisedTokens)
      .backward();
  }
  return model
    .parameters()
    .map(({ grad }) => Float32Array.from((grad as Tensor).toTypedArray() as Float32Array));
}

function furthest(a: readonly (readonly number[] | Float32Array)[], b: typeof a): number {
  return Math.max(
    ...a.flatMap((list, i) =>
      Array.from(list, (x, j) => Math.abs(x - ((b[i] as number[])[j] as number))),
    ),
  );
}

test.each(Object.entries(MODELS))(
  "%s: packed rows have the losses and gradients of documents one by one",
  (_, make) => {
    manualSeed(3);
    const model = make();
    const packed = dataset.pack();
    const ways = {
      alone: () => new DataLoader({ dataset, batchSize: 1 }),
      padded: () => new DataLoader({ dataset, batchSize: 6 }),
      packed: () => new DataLoader({ dataset: packed, batchSize: packed.length }),
    };
    expect(packed.length).toBeLessThan(dataset.length);
    const losses = tokenLosses(model, ways.alone());
    expect(losses).toHaveLength(dataset.numSupervisedTokens);
    const wanted = gradients(model, ways.alone());
    for (const way of [ways.padded, ways.packed]) {
      expect(furthest([tokenLosses(model, way())], [losses])).toBeLessThan(1e-5);
      expect(furthest(gradients(model, way()), wanted)).toBeLessThan(1e-5);
    }
  },
);
