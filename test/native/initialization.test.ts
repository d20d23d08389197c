// Models with a seed: each parameter begins from the seed and its name only, with transformers' distributions.
import {
  Generator,
  GPT2LMHeadModel,
  LlamaForCausalLM,
  type Parameter,
  randn,
  Tensor,
} from "notebooster";
import { expect, test } from "vitest";
import { native } from "../../src/native/native.js";
import { python } from "../fixtures/python.js";

const SIZES = { vocabSize: 300, hiddenSize: 96, numHiddenLayers: 2, numAttentionHeads: 4 };
type Options = Partial<typeof SIZES> & { readonly tieWordEmbeddings?: boolean };
const FAMILIES = {
  llama: {
    make: (options: Options, seed = 3, device: "cpu" | "meta" = "cpu") =>
      new LlamaForCausalLM(
        { ...SIZES, intermediateSize: 160, initializerRange: 0.05, padTokenId: 7, ...options },
        { seed, device },
      ),
    python:
      "LlamaForCausalLM(LlamaConfig(vocab_size=300, hidden_size=96, num_hidden_layers=2, num_attention_heads=4, intermediate_size=160, initializer_range=0.05, pad_token_id=7))",
  },
  gpt2: {
    make: (options: Options, seed = 3, device: "cpu" | "meta" = "cpu") =>
      new GPT2LMHeadModel({ ...SIZES, initializerRange: 0.05, ...options }, { seed, device }),
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

const drawn = (count: number, from: number, to: number): Buffer =>
  Buffer.from(new Tensor(native.normalNumbers(12, count, from, to)).toBytes());

test("normal numbers of a range are those of the whole, wherever its blocks of 16 end", () => {
  for (const count of [1, 7, 15, 16, 17, 31, 32, 33, 100, 1000, 4103]) {
    const whole = randn([count], { generator: new Generator(12) }).toBytes();
    expect(drawn(count, 0, count)).toEqual(Buffer.from(whole));
    for (let i = 0; i < 40; i++) {
      const from = (i * 7919) % (count + 1);
      const to = from + ((i * 104729) % (count + 1 - from));
      expect(drawn(count, from, to)).toEqual(Buffer.from(whole.subarray(4 * from, 4 * to)));
    }
  }
});

test.each(families)("%s: any elements of a parameter can be made alone, also on meta", (family) => {
  const model = FAMILIES[family].make({});
  const unmade = FAMILIES[family].make({}, 3, "meta");
  for (const [name, parameter] of model.namedParameters()) {
    const { numel } = parameter;
    const cuts = [0, 1, Math.floor(numel / 3), Math.floor(numel / 2), numel];
    const parts = cuts.slice(1).map((to, i) => {
      const range = { seed: 3, from: cuts[i] as number, to };
      return Buffer.from(unmade.initialNumbers(name, range).toBytes());
    });
    expect(Buffer.concat(parts).toString("base64"), name).toBe(bits(parameter));
  }
});

test("initialNumbers names a parameter or an element that is not there", () => {
  const model = FAMILIES.llama.make({});
  expect(() => model.initialNumbers("lm_hed.weight")).toThrow(
    "initialNumbers: there is no parameter lm_hed.weight; did you mean lm_head.weight?",
  );
  expect(() => model.initialNumbers("lm_head.weight", { from: 9, to: 99999 })).toThrow(
    "initialNumbers: lm_head.weight has elements 0 to 28800, got from 9 to 99999",
  );
});
