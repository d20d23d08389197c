// Models with a seed: each parameter begins from the seed and its name only, with transformers' distributions.
import { GPT2LMHeadModel, LlamaForCausalLM, type Parameter } from "notebooster";
import { expect, test } from "vitest";
import { python } from "../fixtures/python.js";

const SIZES = { vocabSize: 300, hiddenSize: 96, numHiddenLayers: 2, numAttentionHeads: 4 };
type Options = Partial<typeof SIZES> & { readonly tieWordEmbeddings?: boolean };
const FAMILIES = {
  llama: {
    make: (options: Options, seed = 3) =>
      new LlamaForCausalLM(
        { ...SIZES, intermediateSize: 160, initializerRange: 0.05, padTokenId: 7, ...options },
        { seed },
      ),
    python:
      "LlamaForCausalLM(LlamaConfig(vocab_size=300, hidden_size=96, num_hidden_layers=2, num_attention_heads=4, intermediate_size=160, initializer_range=0.05, pad_token_id=7))",
  },
  gpt2: {
    make: (options: Options, seed = 3) =>
      new GPT2LMHeadModel({ ...SIZES, initializerRange: 0.05, ...options }, { seed }),
    python:
      "GPT2LMHeadModel(GPT2Config(vocab_size=300, n_embd=96, n_layer=2, n_head=4, initializer_range=0.05))",
  },
};
type Family = keyof typeof FAMILIES;

const families = Object.keys(FAMILIES) as Family[];
const bits = (parameter: Parameter): string => Buffer.from(parameter.toBytes()).toString("base64");

function weights(family: Family, options: Options, seed?: number): Map<string, string> {
  const named = FAMILIES[family].make(options, seed).namedParameters();
  return new Map([...named].map(([name, parameter]) => [name, bits(parameter)]));
}

test.each(families)("%s: a layer or a head more changes no other parameter", (family) => {
  const small = weights(family, { numHiddenLayers: 2, tieWordEmbeddings: true });
  const large = weights(family, { numHiddenLayers: 5, tieWordEmbeddings: false });
  const changed = [...small].filter(([name, value]) => large.get(name) !== value);
  // of GPT-2 the same numbers, made smaller by the number of layers
  expect(changed.every(([name]) => family === "gpt2" && name.endsWith("c_proj.weight"))).toBe(true);
});

test.each(families)("%s: other names and other seeds have other numbers", (family) => {
  const isDrawn = ([name]: readonly [string, string]): boolean => !/norm|ln_|bias/.test(name);
  const first = [...weights(family, {})].filter(isDrawn);
  const second = [...weights(family, {}, 4)].filter(isDrawn);
  const beginnings = [...first, ...second].map(([, value]) => value.slice(0, 64));
  expect(new Set(beginnings).size).toBe(beginnings.length);
});

test.each(families)("%s: means and deviations are those of transformers' model", (family) => {
  const theirs = python(`
import torch
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM
torch.manual_seed(0)
model = ${FAMILIES[family].python}
print(json.dumps({n: [p.numel(), p.double().mean().item(), p.double().std().item()] for n, p in model.named_parameters()}))
`) as Record<string, [numel: number, mean: number, std: number]>;
  const ours = new Map(FAMILIES[family].make({}).namedParameters());
  expect([...ours.keys()].sort()).toEqual(Object.keys(theirs).sort());
  for (const [name, [numel, mean, std]] of Object.entries(theirs)) {
    const parameter = (ours.get(name) as Parameter).double();
    // Six standard errors of the difference of two samples' means and deviations.
    const bound = (6 * std) / Math.sqrt(numel);
    expect(Math.abs(parameter.mean().item() - mean), name).toBeLessThanOrEqual(bound * Math.SQRT2);
    expect(Math.abs(parameter.std().item() - std), name).toBeLessThanOrEqual(bound);
  }
});
