// Adapters beside PEFT: the same files, losses, gradients, merged weights.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Booster, mergeAndUnload } from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import {
  baseOf,
  boostedWithAdapter,
  expectGradients,
  TRAIN_ADAPTER,
} from "../fixtures/beside-peft.js";
import { batch } from "../fixtures/beside-transformers.js";
import { expectClose } from "../fixtures/expect-close.js";
import { isMatrix } from "../fixtures/matrix.js";
import { python } from "../fixtures/python.js";
import { sharedFolder } from "../fixtures/scratch.js";
import { logitsOf } from "../fixtures/small-lora.js";

const ALL = [
  {
    name: "LLaMA, all linear layers",
    family: "llama",
    config: { r: 4, lora_alpha: 8, target_modules: "all-linear" },
  },
  {
    name: "LLaMA, queries and values, rsLoRA, biases",
    family: "biased",
    config: { r: 8, lora_alpha: 4, use_rslora: true, target_modules: ["q_proj", "v_proj"] },
  },
  {
    name: "LLaMA, DoRA and a head trained whole",
    family: "biased",
    config: {
      r: 3,
      use_dora: true,
      target_modules: ["q_proj", "down_proj"],
      modules_to_save: ["lm_head"],
    },
  },
  {
    name: "LLaMA, layers by a regular expression",
    family: "llama",
    config: { r: 2, target_modules: ".*\\.1\\.mlp\\.(up|gate)_proj" },
  },
  {
    name: "LLaMA of four more tokens, embedding and head trained whole",
    family: "llama",
    tokens: 215,
    config: {
      r: 4,
      target_modules: ["q_proj", "v_proj"],
      modules_to_save: ["embed_tokens", "lm_head"],
    },
  },
  {
    name: "LLaMA of four more tokens, a tied head, which PEFT saves with the adapter",
    family: "tied",
    tokens: 215,
    config: { r: 4, target_modules: ["q_proj"] },
  },
  {
    name: "LLaMA, ranks and alphas of single layers, one layer left out",
    family: "llama",
    config: {
      r: 4,
      lora_alpha: 4,
      target_modules: ["q_proj", "v_proj", "down_proj"],
      rank_pattern: { "1.self_attn.q_proj": 6, down_proj: 2, q_proj: 3 },
      alpha_pattern: { "(q|v)_proj": 16, down_proj: 3.5 },
      exclude_modules: ["0.self_attn.v_proj"],
    },
  },
  {
    name: "LLaMA, the second layer but for its queries, rsLoRA of ranks of their own",
    family: "llama",
    config: {
      r: 4,
      use_rslora: true,
      target_modules: ["q_proj", "k_proj", "up_proj"],
      layers_to_transform: 1,
      layers_pattern: ["h", "layers"],
      exclude_modules: ".*\\.q_proj",
      rank_pattern: { up_proj: 9 },
    },
  },
  {
    name: "LLaMA, biases of the layers with adapters",
    family: "biased",
    config: { r: 4, target_modules: ["q_proj", "down_proj"], bias: "lora_only" },
  },
  {
    name: "LLaMA, DoRA, all biases and a head trained whole",
    family: "biased",
    config: {
      r: 4,
      use_dora: true,
      target_modules: ["q_proj", "up_proj"],
      modules_to_save: ["lm_head"],
      bias: "all",
    },
  },
  {
    name: "GPT-2, all biases, those of norms too",
    family: "gpt2",
    config: { r: 4, target_modules: ["c_attn"], fan_in_fan_out: true, bias: "all" },
  },
  {
    name: "LLaMA, the embedding and queries",
    family: "padded",
    config: { r: 4, lora_alpha: 16, target_modules: ["embed_tokens", "q_proj"] },
  },
  {
    name: "LLaMA, the embedding and the head, DoRA",
    family: "llama",
    config: { r: 3, use_dora: true, target_modules: ["embed_tokens", "lm_head"] },
  },
  {
    name: "LLaMA of four more tokens with an adapter on the embedding",
    family: "llama",
    tokens: 215,
    config: { r: 4, use_rslora: true, target_modules: ["embed_tokens", "v_proj"] },
  },
  {
    name: "GPT-2, whose weights are transposed",
    family: "gpt2",
    config: { r: 4, target_modules: "all-linear", fan_in_fan_out: true },
  },
] as const;

const SAMPLE: readonly string[] = [
  "LLaMA, the second layer but for its queries, rsLoRA of ranks of their own",
  "LLaMA of four more tokens, embedding and head trained whole",
  "LLaMA, ranks and alphas of single layers, one layer left out",
  "LLaMA, DoRA, all biases and a head trained whole",
  "LLaMA, the embedding and queries",
  "GPT-2, whose weights are transposed",
];
const CASES = isMatrix ? ALL : ALL.filter(({ name }) => SAMPLE.includes(name));

/** With the number of tokens that each is resized to; 0: it is not. */
const NUMBERED = CASES.map((each, i) => ({
  name: each.name,
  i,
  tokens: "tokens" in each ? each.tokens : 0,
}));

const PEFT = `
import torch, warnings
warnings.filterwarnings("ignore")
torch.set_num_threads(1) # small models gain nothing by more
from transformers import GPT2Config, GPT2LMHeadModel, LlamaConfig, LlamaForCausalLM, AutoModelForCausalLM
from peft import LoraConfig, PeftModel, get_peft_model
${TRAIN_ADAPTER}def base(family):
    if family == "gpt2": return GPT2LMHeadModel(GPT2Config(vocab_size=211, n_embd=48, n_layer=2, n_head=4, n_positions=64, resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, bos_token_id=1, eos_token_id=2))
    bias = family == "biased"
    return LlamaForCausalLM(LlamaConfig(vocab_size=211, hidden_size=48, intermediate_size=96, num_hidden_layers=2, num_attention_heads=6, num_key_value_heads=2, attention_bias=bias, mlp_bias=bias, tie_word_embeddings=family == "tied", pad_token_id=7 if family == "padded" else None))
`;

const TRAIN = `
def train(folder, case):
    torch.manual_seed(5)
    model = base(case["family"])
    with torch.no_grad():
        for p in model.parameters(): p.copy_(torch.randn_like(p) * 0.08 + (1 if p.dim() == 1 else 0))
    model.save_pretrained(folder + "/base")
    if "tokens" in case: model.resize_token_embeddings(case["tokens"])
    model = get_peft_model(model, LoraConfig(task_type="CAUSAL_LM", **case["config"]))
    losses = train_adapter(model, folder)
    model.save_pretrained(folder + "/trained")
    trained = model.eval()(x(3)).logits.reshape(-1).tolist()
    merged = model.merge_and_unload().eval()(x(3)).logits.reshape(-1).tolist()
    return dict(losses=losses, trained=trained, merged=merged)
print(json.dumps([train(*each) for each in zip(*args)]))`;

function configIn(folder: string): Record<string, unknown> {
  const text = readFileSync(join(folder, "adapter_config.json"), "utf8");
  return JSON.parse(text) as Record<string, unknown>;
}

interface Trained {
  readonly losses: readonly number[];
  readonly trained: readonly number[];
  readonly merged: readonly number[];
}

/** Twenty steps of Adam magnify the last bits of small gradients. */
const AFTER_ADAM = { absolute: 2e-4, relative: 1e-4 };
const LOGITS = { absolute: 1e-5, relative: 1e-5 };

describe("beside PEFT", () => {
  const folder = sharedFolder();
  let theirs: readonly Trained[];
  const folderOf = (i: number): string => join(folder, String(i));
  beforeAll(() => {
    theirs = python(
      `${PEFT}${TRAIN}`,
      CASES.map((_, i) => folderOf(i)),
      CASES,
    ) as Trained[];
  });

  test.each(NUMBERED)(
    "$name: twenty losses, the first gradients, and the merged weights",
    async ({ i, tokens }) => {
      const { losses, trained, merged } = theirs[i] as Trained;
      const { model, booster, optimizer } = await boostedWithAdapter(folderOf(i), { tokens });
      using gradients = SafetensorsFile.open(join(folderOf(i), "gradients.safetensors"));
      for (const [step, expected] of losses.entries()) {
        const { loss } = model.forward(batch(step));
        booster.backward(loss, optimizer);
        if (step === 0) expectGradients(model, gradients);
        optimizer.step();
        optimizer.zeroGrad();
        expect(Math.abs(loss.item() - expected)).toBeLessThan(1e-5 * Math.max(1, expected));
      }
      model.eval();
      expectClose(logitsOf(model), Float32Array.from(trained), AFTER_ADAM);
      await booster.saveLoraAsPretrained(model, join(folderOf(i), "ours"));
      expect(configIn(join(folderOf(i), "ours"))["base_model_name_or_path"]).toBe(
        join(folderOf(i), "base"),
      );
      const before = logitsOf(model);
      const after = logitsOf(mergeAndUnload(model));
      expectClose(after, before.toTypedArray() as Float32Array, LOGITS);
      expectClose(after, Float32Array.from(merged), AFTER_ADAM);
      expect([...model.namedParameters()].some(([name]) => name.includes("lora"))).toBe(false);
    },
  );

  test("a model of other tokens than the adapter's is told how many it needs", async () => {
    const { i, tokens } = NUMBERED.find((each) => each.tokens > 0) ?? { i: 0, tokens: 0 };
    const model = await baseOf(folderOf(i));
    expect(() =>
      new Booster().enableLora(model, { pretrainedDir: join(folderOf(i), "adapter") }),
    ).toThrow(
      /is of a model with 215 tokens \(base_model.model.model.embed_tokens.weight\), this one has 211; call model.resizeTokenEmbeddings\(215\)/,
    );
    model.resizeTokenEmbeddings(tokens);
    new Booster().enableLora(model, { pretrainedDir: join(folderOf(i), "adapter") });
  });

  test("adapters that we save load there and compute the same", async () => {
    const theirLogits = python(
      `${PEFT}
def logits(folder, tokens):
    base = AutoModelForCausalLM.from_pretrained(folder + "/base")
    if tokens > 0: base.resize_token_embeddings(tokens)
    model = PeftModel.from_pretrained(base, folder + "/ours").eval()
    return model(x(3)).logits.reshape(-1).tolist()
print(json.dumps([logits(*each) for each in zip(*args)]))`,
      NUMBERED.map(({ i }) => folderOf(i)),
      NUMBERED.map(({ tokens }) => tokens),
    ) as number[][];
    for (const [at, theirs] of theirLogits.entries()) {
      const { tokens, i } = NUMBERED[at] as (typeof NUMBERED)[number];
      const model = await baseOf(folderOf(i), tokens);
      new Booster().enableLora(model, { pretrainedDir: join(folderOf(i), "ours") });
      expectClose(logitsOf(model.eval()), Float32Array.from(theirs), LOGITS);
    }
  });
});
