import { backward, GPT2LMHeadModel, noGrad } from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import {
  batch,
  expectEqualGeneration,
  expectEqualTraining,
  expectLoadBack,
  PYTHON_IDS,
  type Saved,
  saveWithTransformers,
} from "../fixtures/beside-transformers.js";
import { expectClose } from "../fixtures/expect-close.js";
import { sharedFolder } from "../fixtures/scratch.js";

/** Python: a small model without dropout, `extra` on top, and `x(step)`, the ids of a step. */
const MAKE = `
import torch
from transformers import GPT2Config, GPT2LMHeadModel
from safetensors.torch import load_file, save_file
torch.manual_seed(7)
CONFIG = dict(vocab_size=211, n_embd=48, n_layer=3, n_head=6, n_positions=256, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, bos_token_id=0, eos_token_id=0)
${PYTHON_IDS}
def make(extra):
    model = GPT2LMHeadModel(GPT2Config(**{**CONFIG, **extra}, attn_implementation="sdpa"))
    with torch.no_grad():
        for n, p in model.named_parameters(): p.copy_(torch.randn_like(p) * 0.08 + (1 if "ln_" in n and "weight" in n else 0))
    return model
`;

test("twenty training losses and all first gradients equal transformers' in float32", () =>
  expectEqualTraining(MAKE, (folder) => GPT2LMHeadModel.fromPretrained(folder)));

const CASES = [
  { name: "plain", extra: {}, prefix: true },
  { name: "as older files are, without a prefix and with masks", extra: {}, prefix: false },
  {
    name: "with a head of its own and an inner size",
    extra: { tie_word_embeddings: false, n_inner: 80 },
    prefix: true,
  },
  {
    name: "with exact GELU and scores scaled by layer",
    extra: { activation_function: "gelu", scale_attn_by_inverse_layer_idx: true },
    prefix: true,
  },
];

describe("a folder saved by transformers", () => {
  const folder = sharedFolder();
  let saved: readonly Saved[];
  beforeAll(() => {
    const save = `model = make(case["extra"])
model.save_pretrained(folder)
if not case["prefix"]:
    state = {n.removeprefix("transformer."): t for n, t in load_file(folder + "/model.safetensors").items()}
    save_file({**state, "h.0.attn.bias": torch.ones(1, 1, 4, 4)}, folder + "/model.safetensors")`;
    saved = saveWithTransformers(folder, CASES, { make: MAKE, save });
  });

  test.each(CASES.map(({ name }, i) => ({ name, i })))(
    "$name, loads with equal logits",
    async ({ i }) => {
      const { folder, logits: expected } = saved[i] as Saved;
      const model = (await GPT2LMHeadModel.fromPretrained(folder)).eval();
      const inputIds = batch(3).inputIds;
      const logits = noGrad(() => model.forward({ inputIds }).logits);
      expectClose(logits, Float32Array.from(expected), { absolute: 3e-6, relative: 1e-5 });
      const beside = noGrad(() => model.forward({ inputIds, labels: inputIds }).logits);
      expect(beside.toArray()).toEqual(logits.toArray());
    },
  );

  test("loads back there after we saved it, with every option", () =>
    expectLoadBack(saved, (folder) => GPT2LMHeadModel.fromPretrained(folder), {
      make: MAKE,
      className: "GPT2LMHeadModel",
    }));
});

test("greedy generation with the KV cache gives transformers' tokens", () =>
  expectEqualGeneration(MAKE, (folder) => GPT2LMHeadModel.fromPretrained(folder)));

test("dropout is drawn anew in each training pass, and eval() has none", () => {
  const model = new GPT2LMHeadModel({
    vocabSize: 211,
    hiddenSize: 48,
    numHiddenLayers: 2,
    numAttentionHeads: 6,
  });
  const { inputIds, labels } = batch(0);
  const loss = (): number => model.forward({ inputIds, labels }).loss.item();
  expect(loss()).not.toBe(loss());
  backward(model.forward({ inputIds, labels }).loss);
  expect(model.parameters().every(({ grad }) => grad !== null)).toBe(true);
  model.eval();
  expect(loss()).toBe(loss());
});

test("a config that asks for what GPT-2 here does not do is refused", () => {
  expect(() => new GPT2LMHeadModel({ hiddenSize: 50, numAttentionHeads: 6 })).toThrow(
    /new GPT2LMHeadModel: hiddenSize must be a multiple of numAttentionHeads, got 50 and 6/,
  );
  expect(() => new GPT2LMHeadModel({ residPdrop: 1 })).toThrow(
    /new GPT2LMHeadModel: residPdrop must be a number of at least 0 and below 1, got 1/,
  );
});
