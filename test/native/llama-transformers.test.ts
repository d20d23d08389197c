import { AdamW, Booster, LlamaForCausalLM, noGrad, type Tensor, TorchDDPPlugin } from "notebooster";
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
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const CONFIG = {
  vocab_size: 211,
  hidden_size: 48,
  intermediate_size: 112,
  num_hidden_layers: 3,
  num_attention_heads: 6,
  num_key_value_heads: 2,
  max_position_embeddings: 256,
  pad_token_id: 3,
  tie_word_embeddings: false,
};
/** Python: makes a model of CONFIG plus `extra`, saves it, and defines `x(step)`, the ids of a step. */
const MAKE = `
import torch
from transformers import LlamaConfig, LlamaForCausalLM
from safetensors.torch import save_file
torch.manual_seed(7)
${PYTHON_IDS}
def make(extra):
    model = LlamaForCausalLM(LlamaConfig(**{**${JSON.stringify(CONFIG).replaceAll("false", "False")}, **extra}, attn_implementation="sdpa"))
    with torch.no_grad():
        for p in model.parameters(): p.copy_(torch.randn_like(p) * 0.08 + (1 if p.dim() == 1 else 0))
    return model
`;

test("twenty training losses and all first gradients equal transformers' in float32", () =>
  expectEqualTraining(MAKE, (folder) => LlamaForCausalLM.fromPretrained(folder)));

const CASES = [
  { name: "plain", extra: {} },
  { name: "with a tied head", extra: { tie_word_embeddings: true } },
  {
    name: "with biases and a head size of its own",
    extra: { attention_bias: true, mlp_bias: true, head_dim: 16 },
  },
  {
    name: "with linear position scaling",
    extra: { rope_scaling: { rope_type: "linear", factor: 4 } },
  },
  {
    name: "with Llama 3.1 position scaling",
    extra: {
      rope_theta: 500000,
      rope_scaling: {
        rope_type: "llama3",
        factor: 8,
        low_freq_factor: 1,
        high_freq_factor: 4,
        original_max_position_embeddings: 64,
      },
    },
  },
  {
    name: "with dynamic position scaling beyond its positions",
    extra: { max_position_embeddings: 5, rope_scaling: { rope_type: "dynamic", factor: 8 } },
  },
  {
    name: "with YaRN",
    extra: {
      rope_scaling: { rope_type: "yarn", factor: 4, original_max_position_embeddings: 64 },
    },
  },
  ...[4, 64].map((original) => ({
    name: `with LongRoPE of ${original} positions`,
    extra: {
      original_max_position_embeddings: original, // where version 4 reads it
      rope_scaling: {
        rope_type: "longrope",
        long_factor: [1, 2, 4, 8],
        short_factor: [1, 1, 1.5, 2],
        original_max_position_embeddings: original,
      },
    },
  })),
];

describe("a folder saved by transformers", () => {
  const folder = sharedFolder();
  let saved: readonly Saved[];
  beforeAll(() => {
    const save = `model = make(case["extra"])
model.save_pretrained(folder, max_shard_size="40KB")`;
    saved = saveWithTransformers(folder, CASES, { make: MAKE, save });
  });

  test.each(CASES.map(({ name }, i) => ({ name, i })))(
    "$name, loads with equal logits",
    async ({ i }) => {
      const { folder, logits: expected } = saved[i] as Saved;
      const model = await LlamaForCausalLM.fromPretrained(folder);
      const logits = noGrad(() => model.forward({ inputIds: batch(3).inputIds }).logits);
      expectClose(logits, Float32Array.from(expected), { absolute: 2e-6, relative: 1e-5 });
    },
  );

  test("loads back there after we saved it, with every option", () =>
    expectLoadBack(saved, (folder) => LlamaForCausalLM.fromPretrained(folder), {
      make: MAKE,
      className: "LlamaForCausalLM",
    }));
});

test("greedy generation with the KV cache gives transformers' tokens", () =>
  expectEqualGeneration(MAKE, (folder) => LlamaForCausalLM.fromPretrained(folder)));

test("bf16 training follows transformers' autocast-free bf16 closely and keeps float32 masters", async () => {
  const folder = scratchFolder();
  const expected = python(
    `${MAKE}
model = make({}); model.save_pretrained(args[0])
model = model.to(torch.bfloat16)
print(json.dumps(model(input_ids=x(0), labels=x(0)).loss.item()))`,
    folder,
  ) as number;
  const model = await LlamaForCausalLM.fromPretrained(folder);
  const booster = new Booster({
    plugin: new TorchDDPPlugin({ device: "cpu" }),
    mixedPrecision: "bf16",
  });
  const { optimizer } = await booster.boost({
    model,
    optimizer: new AdamW(model.parameters(), { lr: 1e-5 }),
  });
  expect(model.dtype).toBe("bfloat16");
  const { loss } = model.forward(batch(0));
  expect(Math.abs(loss.item() - expected)).toBeLessThan(0.02);
  booster.backward(loss, optimizer);
  optimizer.step();
  const state = optimizer.stateOf(model.headWeight);
  expect((state as { master: Tensor }).master.dtype).toBe("float32");
});
