// ChatGLM2's folders beside a computation of their own in PyTorch, by their names: logits, loss, gradients; and what transformers
// makes of the folder that we save of them.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AutoConfig,
  AutoModelForCausalLM,
  backward,
  GlmForCausalLM,
  type Tensor,
  tensor,
} from "notebooster";
import { beforeAll, expect, test } from "vitest";
import { expectClose } from "../fixtures/expect-close.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const BASE = {
  ...{ model_type: "chatglm", architectures: ["ChatGLMModel"], torch_dtype: "float32" },
  ...{ padded_vocab_size: 97, hidden_size: 48, ffn_hidden_size: 80, num_layers: 3 },
  ...{
    num_attention_heads: 6,
    kv_channels: 12,
    multi_query_attention: true,
    multi_query_group_num: 2,
  },
  ...{
    layernorm_epsilon: 1e-5,
    seq_length: 64,
    add_qkv_bias: true,
    add_bias_linear: false,
    rmsnorm: true,
  },
  ...{
    post_layer_norm: true,
    original_rope: true,
    tie_word_embeddings: false,
    eos_token_id: 2,
    pad_token_id: 0,
  },
  ...{ apply_residual_connection_post_layernorm: false, hidden_dropout: 0, attention_dropout: 0 },
};
const CASES = [
  { name: "two groups of keys", config: BASE },
  {
    name: "as many keys as queries, no biases",
    config: { ...BASE, multi_query_attention: false, add_qkv_bias: false },
  },
  {
    name: "one group, odd heads, a base of 50 times as much",
    config: { ...BASE, num_attention_heads: 5, multi_query_group_num: 1, rope_ratio: 50 },
  },
].map((each, i) => ({ ...each, i }));
const IDS = [0, 1].map((row) =>
  Array.from({ length: 21 }, (_, i) => (i * 31 + row * 17 + ((i * i) % 13)) % 97),
);

const THEIRS = `
import torch, os
from safetensors.torch import save_file
def turned(x, base): # (B, T, heads, width): neighbouring numbers of the first half of each head
    half = x.shape[-1] // 2
    angles = torch.arange(x.shape[1]).float()[:, None] / base ** (torch.arange(0, half, 2).float() / half)
    a, b = x[..., :half].unflatten(-1, (-1, 2)).unbind(-1)
    cos, sin = angles.cos()[:, None], angles.sin()[:, None]
    return torch.cat([torch.stack([a * cos - b * sin, b * cos + a * sin], -1).flatten(-2), x[..., half:]], -1)
def norm(x, w, eps): return w * x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + eps)
def weights_of(c):
    heads, groups, width = c["num_attention_heads"], c["multi_query_group_num"] if c["multi_query_attention"] else c["num_attention_heads"], c["kv_channels"]
    C, F, qkv = c["hidden_size"], c["ffn_hidden_size"], (heads + 2 * groups) * width
    shapes = {"transformer.embedding.word_embeddings.weight": (c["padded_vocab_size"], C)}
    for n in range(c["num_layers"]):
        layer = {"input_layernorm.weight": (C,), "self_attention.query_key_value.weight": (qkv, C), "self_attention.dense.weight": (C, heads * width),
            "post_attention_layernorm.weight": (C,), "mlp.dense_h_to_4h.weight": (2 * F, C), "mlp.dense_4h_to_h.weight": (C, F)}
        if c["add_qkv_bias"]: layer["self_attention.query_key_value.bias"] = (qkv,)
        shapes.update({f"transformer.encoder.layers.{n}.{k}": s for k, s in layer.items()})
    shapes.update({"transformer.encoder.final_layernorm.weight": (C,), "transformer.output_layer.weight": (c["padded_vocab_size"], C)})
    torch.manual_seed(3)
    return {k: (torch.randn(s) * 0.1 + (1 if "norm" in k else 0)).requires_grad_() for k, s in shapes.items()}
def logits_of(c, w, ids):
    heads, groups, width = c["num_attention_heads"], c["multi_query_group_num"] if c["multi_query_attention"] else c["num_attention_heads"], c["kv_channels"]
    base, eps = 10000 * c.get("rope_ratio", 1), c["layernorm_epsilon"]
    x = w["transformer.embedding.word_embeddings.weight"][ids]
    for n in range(c["num_layers"]):
        of = lambda name: w.get(f"transformer.encoder.layers.{n}.{name}")
        y = torch.nn.functional.linear(norm(x, of("input_layernorm.weight"), eps), of("self_attention.query_key_value.weight"), of("self_attention.query_key_value.bias"))
        q, k, v = y.split([heads * width, groups * width, groups * width], -1)
        q, k, v = turned(q.unflatten(-1, (heads, width)), base), turned(k.unflatten(-1, (groups, width)), base), v.unflatten(-1, (groups, width))
        k, v = k.repeat_interleave(heads // groups, 2), v.repeat_interleave(heads // groups, 2)
        scores = torch.einsum("bqhd,bkhd->bhqk", q, k) / width ** 0.5
        scores = scores.masked_fill(torch.ones(scores.shape[-2:]).triu(1).bool(), -torch.inf)
        x = x + torch.einsum("bhqk,bkhd->bqhd", scores.softmax(-1), v).flatten(-2) @ of("self_attention.dense.weight").T
        gate, up = (norm(x, of("post_attention_layernorm.weight"), eps) @ of("mlp.dense_h_to_4h.weight").T).chunk(2, -1)
        x = x + (torch.nn.functional.silu(gate) * up) @ of("mlp.dense_4h_to_h.weight").T
    return norm(x, w["transformer.encoder.final_layernorm.weight"], eps) @ w["transformer.output_layer.weight"].T
def run(folder, c):
    os.makedirs(folder)
    w, ids = weights_of(c), torch.tensor(args[2])
    stored = {k: v.detach().clone() for k, v in w.items()}
    save_file({**stored, "transformer.rotary_pos_emb.inv_freq": torch.ones(3)}, folder + "/model.safetensors")
    json.dump(c, open(folder + "/config.json", "w"))
    logits = logits_of(c, w, ids)
    loss = torch.nn.functional.cross_entropy(logits[:, :-1].flatten(0, 1), ids[:, 1:].flatten())
    loss.backward()
    fused = w["transformer.encoder.layers.1.self_attention.query_key_value.weight"].grad
    return dict(logits=logits.flatten().tolist(), loss=loss.item(), fused=fused.flatten().tolist())
print(json.dumps([run(*each) for each in zip(args[0], args[1])]))`;

interface Expected {
  readonly logits: readonly number[];
  readonly loss: number;
  readonly fused: readonly number[];
}

const root = sharedFolder();
const folders = CASES.map(({ i }) => join(root, String(i)));
let expected: readonly Expected[];
beforeAll(() => {
  const configs = CASES.map(({ config }) => config);
  expected = python(THEIRS, folders, configs, IDS) as typeof expected;
});

test.each(CASES)("$name: logits, loss and gradients by its names", async ({ i }) => {
  const model = (await AutoModelForCausalLM.fromPretrained(folders[i] as string)) as GlmForCausalLM;
  expect(model).toBeInstanceOf(GlmForCausalLM);
  const inputIds = tensor(IDS);
  const { logits, loss } = model.forward({ inputIds, labels: inputIds });
  const { fused, ...rest } = expected[i] as Expected;
  expectClose(logits, Float32Array.from(rest.logits), BOUNDS);
  expect(Math.abs(loss.item() - rest.loss)).toBeLessThan(1e-5);
  backward(loss);
  const [, second] = model.model.layers.map(({ selfAttn }) => selfAttn);
  const { qProj, kProj, vProj } = second as NonNullable<typeof second>;
  const gradients = [qProj, kProj, vProj].flatMap(({ weight }) =>
    Array.from((weight.grad as Tensor).toTypedArray(), Number),
  );
  expectClose(tensor(gradients), Float32Array.from(fused), { absolute: 1e-6, relative: 1e-4 });
});

test("what is saved of it is a folder of transformers' glm with the same logits", async () => {
  const saved = folders.map(() => scratchFolder());
  for (const [i, folder] of folders.entries())
    await (await AutoModelForCausalLM.fromPretrained(folder)).savePretrained(saved[i] as string);
  const theirs = python(
    `
import torch
from transformers import AutoModelForCausalLM
def logits(folder):
    model, report = AutoModelForCausalLM.from_pretrained(folder, output_loading_info=True, dtype=torch.float32)
    return [type(model).__name__, sorted(report["missing_keys"]) + sorted(report["unexpected_keys"]), model(torch.tensor(args[1])).logits.flatten().tolist()]
print(json.dumps([logits(folder) for folder in args[0]]))`,
    saved,
    IDS,
  ) as [string, string[], number[]][];
  for (const [i, [name, report, logits]] of theirs.entries()) {
    expect([name, report]).toEqual(["GlmForCausalLM", []]);
    expectClose(tensor(logits), Float32Array.from(expected[i]?.logits ?? []), BOUNDS);
  }
});

test("its configuration is read as glm's", async () => {
  expect(await AutoConfig.fromPretrained(folders[2] as string)).toMatchObject({
    ...{
      modelType: "glm",
      numHiddenLayers: 3,
      numKeyValueHeads: 1,
      headDim: 12,
      ropeTheta: 500000,
    },
    ...{
      rmsNormEps: 1e-5,
      partialRotaryFactor: 0.5,
      attentionBias: true,
      eosTokenId: 2,
      padTokenId: 0,
    },
  });
});

test.each([
  [
    { position_encoding_2d: true },
    /the first ChatGLM, whose positions go two ways, is not implemented/,
  ],
  [{ add_bias_linear: true }, /"add_bias_linear" .*biases of all matrices is not implemented/],
  [{ rmsnorm: false }, /layer norms in place of RMS norms is not implemented/],
  [{ post_layer_norm: false }, /a model without a last norm is not implemented/],
  [{ apply_residual_connection_post_layernorm: true }, /adding what was normed is not implemented/],
  [{ hidden_dropout: 0.1 }, /dropout of what layers add is not implemented/],
  [{ pre_seq_len: 128 }, /a prefix that is learned is not implemented/],
  [{ quantization_bit: 4 }, /loading quantized weights is not implemented/],
  [
    { kv_channels: 8 },
    /query_key_value.weight is \[120, 48\], the heads of config.json make 80 rows/,
  ],
  [{ num_layers: 2 }, /num_layers|num_hidden_layers/],
])("%j is refused by name", async (change, message) => {
  const folder = scratchFolder();
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(folders[0] as string, "model.safetensors"), join(folder, "model.safetensors"));
  const config = JSON.parse(
    readFileSync(join(folders[0] as string, "config.json"), "utf8"),
  ) as object;
  writeFileSync(join(folder, "config.json"), JSON.stringify({ ...config, ...change }));
  await expect(AutoModelForCausalLM.fromPretrained(folder)).rejects.toThrow(message);
});

const BOUNDS = { absolute: 1e-5, relative: 1e-5 };
