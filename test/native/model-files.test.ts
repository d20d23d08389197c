// What the files of a model folder say beside its weights, read as transformers reads it or refused with both sides
// named: generation_config.json, a tied head that is stored, an index beside a single file.

import fs from "node:fs";
import path from "node:path";
import {
  AutoModelForCausalLM,
  Booster,
  CheckpointError,
  Linear,
  noGrad,
  tensor,
  WeightsFolder,
  writeWeights,
} from "notebooster";
import { beforeAll, describe, expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { type TensorSource, writeSafetensors } from "../../src/checkpoint/safetensors-writer.js";
import { python } from "../fixtures/python.js";
import { scratchFolder, sharedFolder } from "../fixtures/scratch.js";

const PROMPT = [5, 6, 7, 8];
const CONFIG = "config.json";
const GENERATION = "generation_config.json";
const WEIGHTS = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const [HEAD, EMBEDDING] = ["lm_head.weight", "model.embed_tokens.weight"];

/** "END" stands for the sixth token that the model adds. */
const GENERATION_CONFIGS: readonly (Record<string, unknown> | null)[] = [
  { eos_token_id: [2, "END"], pad_token_id: 0 },
  { eos_token_id: "END" },
  { do_sample: false, _from_model_config: true, transformers_version: "5.24.0" },
  { eos_token_id: null },
  null,
  { eos_token_id: "END", max_length: 9 },
  { eos_token_id: "END", max_length: 9, max_new_tokens: 4 },
  { repetition_penalty: 1.4 },
  { do_sample: true, top_k: 1 },
  { do_sample: true, temperature: 0.7, top_p: 0.0001 },
  { do_sample: false, temperature: 0.7, top_k: 3 },
  { num_beams: 3, length_penalty: 0.5, early_stopping: true, no_repeat_ngram_size: 2 },
  { num_beams: 2, min_new_tokens: 9, eos_token_id: "END", min_p: 0.1 },
];

/** Saves a model, then one folder a generation config; says what transformers generates in each, and its last logits. */
const MAKE = `
import shutil, torch
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM
base, prompt, configs = args
torch.manual_seed(3)
config = LlamaConfig(vocab_size=100, hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=64, initializer_range=0.4, bos_token_id=1, eos_token_id=2, pad_token_id=0)
model = LlamaForCausalLM(config).eval()
model.save_pretrained(base + "/model", max_shard_size="1GB")
model.save_pretrained(base + "/shards", max_shard_size="20KB")
ids = torch.tensor([prompt])
end = model.generate(ids, max_new_tokens=6, do_sample=False, eos_token_id=None)[0, -1].item()
def put(value): return [put(v) for v in value] if isinstance(value, list) else end if value == "END" else value
def generated(i, wanted):
    folder = f"{base}/{i}"
    shutil.copytree(base + "/model", folder)
    import os; os.remove(folder + "/generation_config.json")
    if wanted is not None: json.dump({k: put(v) for k, v in wanted.items()}, open(folder + "/generation_config.json", "w"))
    options = {} if wanted and ("max_length" in wanted or "max_new_tokens" in wanted) else dict(max_new_tokens=20)
    return AutoModelForCausalLM.from_pretrained(folder).generate(ids, **options)[0].tolist()
print(json.dumps([[generated(i, c) for i, c in enumerate(configs)], model(ids).logits[0, -1].tolist(), end]))
`;

const base = sharedFolder();
let expected: { generated: number[][]; logits: number[]; end: number };
beforeAll(() => {
  const [generated, logits, end] = python(MAKE, base, PROMPT, GENERATION_CONFIGS) as [
    number[][],
    number[],
    number,
  ];
  expected = { generated, logits, end };
});

const load = (folder: string) => AutoModelForCausalLM.fromPretrained(folder);

async function generatedIn(folder: string, options = {}): Promise<number[]> {
  const model = await load(folder);
  return Array.from(model.generate(PROMPT, options).toTypedArray() as BigInt64Array, Number);
}

async function lastLogits(folder: string): Promise<number[]> {
  const model = await load(folder);
  const inputIds = tensor(BigInt64Array.from(PROMPT, BigInt), { shape: [1, PROMPT.length] });
  const { logits } = noGrad(() => model.forward({ inputIds }));
  return Array.from(logits.at(0, -1).toTypedArray() as Float32Array);
}

const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));

/** A copy of a saved folder. */
function copyOf(name: "model" | "shards"): string {
  const folder = path.join(scratchFolder(), "copy");
  fs.cpSync(path.join(base, name), folder, { recursive: true });
  return folder;
}

function edit(folder: string, file: string, change: Record<string, unknown>): void {
  const at = path.join(folder, file);
  const json = JSON.parse(fs.readFileSync(at, "utf8"));
  fs.writeFileSync(at, JSON.stringify({ ...json, ...change }));
}

/** Writes the weights of `folder` again after `change`. */
function editWeights(folder: string, change: (sources: TensorSource[]) => TensorSource[]): void {
  const at = path.join(folder, WEIGHTS);
  using file = SafetensorsFile.open(at);
  const sources = [...file.tensors.values()].map(({ name, dtype, shape }) => {
    const bytes = file.read(name);
    return { name, dtype, shape, bytes: () => bytes };
  });
  writeSafetensors(at, change(sources));
}

async function refusal(folder: string): Promise<string> {
  const error = await load(folder).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(CheckpointError);
  return (error as Error).message;
}

describe("generation_config.json", () => {
  test.each(GENERATION_CONFIGS.map((config, i) => ({ config, i })))(
    "$config generates what transformers does",
    async ({ config, i }) => {
      const limited = config !== null && ("max_length" in config || "max_new_tokens" in config);
      const ids = await generatedIn(path.join(base, `${i}`), limited ? {} : { maxNewTokens: 20 });
      expect(ids).toEqual(expected.generated[i]);
    },
  );

  test("options win over it", async () => {
    const greedy = expected.generated[4] as number[];
    const options = { maxNewTokens: 20, eosTokenId: null };
    expect(await generatedIn(path.join(base, "0"), options)).toEqual(greedy);
    expect(await generatedIn(path.join(base, "5"), options)).toEqual(greedy);
    expect(
      await generatedIn(path.join(base, "7"), { maxNewTokens: 20, repetitionPenalty: 1 }),
    ).toEqual(greedy);
    expect(await generatedIn(path.join(base, "8"), { maxNewTokens: 20, temperature: 0 })).toEqual(
      greedy,
    );
    const sampled = { maxNewTokens: 20, temperature: 3, topK: 0, seed: 1 };
    expect(await generatedIn(path.join(base, "8"), sampled)).not.toEqual(greedy);
  });

  test("goes along when the model is saved, also after its folder has gone", async () => {
    const folder = copyOf("model");
    fs.copyFileSync(path.join(base, "0", GENERATION), path.join(folder, GENERATION));
    const model = await load(folder);
    fs.rmSync(folder, { recursive: true });
    const saved = path.join(scratchFolder(), "saved");
    await new Booster().saveModel(model, saved);
    expect(await generatedIn(saved, { maxNewTokens: 20 })).toEqual(expected.generated[0]);
  });

  test("what generate() does not do is refused when it is asked to, by name", async () => {
    const folder = copyOf("model");
    edit(folder, GENERATION, {
      penalty_alpha: 0.6,
      suppress_tokens: [3],
      min_p: null,
      typical_p: 1,
    });
    const model = await load(folder);
    expect(() => model.generate(PROMPT)).toThrow(
      /does not do .*"suppress_tokens": \[3\], "penalty_alpha": 0\.6 in .*generation_config\.json; remove it there/,
    );
    expect(await lastLogits(folder)).toHaveLength(100);
  });

  test("a prompt that max_length leaves no room after is refused", async () => {
    const model = await load(path.join(base, "5"));
    expect(() => model.generate(new Array(9).fill(5))).toThrow(
      /has 9 tokens, maxLength \(max_length in generation_config\.json\) allows 9 in all/,
    );
  });
});

describe("a folder that says its head is tied", () => {
  test("is refused when it holds another head", async () => {
    const folder = copyOf("model");
    edit(folder, CONFIG, { tie_word_embeddings: true });
    expect(await refusal(folder)).toMatch(
      /"tie_word_embeddings" is true.*lm_head\.weight and model\.embed_tokens\.weight are both stored and differ; set/,
    );
    edit(folder, CONFIG, { tie_word_embeddings: false });
    expect(largestDifference(await lastLogits(folder), expected.logits)).toBeLessThan(2e-5);
  });

  test("loads with the embedding stored, or the head, or both alike", async () => {
    const folder = copyOf("model");
    edit(folder, CONFIG, { tie_word_embeddings: true });
    const only = (kept: string) => (sources: TensorSource[]) =>
      sources.filter(({ name }) => name !== kept);
    editWeights(folder, only(HEAD));
    const logits = await lastLogits(folder);
    editWeights(folder, (sources) => {
      const embedding = sources.find(({ name }) => name === EMBEDDING) as TensorSource;
      return [...sources, { ...embedding, name: HEAD }];
    });
    expect(await lastLogits(folder)).toEqual(logits);
    editWeights(folder, only(EMBEDDING));
    expect(await lastLogits(folder)).toEqual(logits);
  });

  test("is refused when it holds neither", async () => {
    const folder = copyOf("model");
    edit(folder, CONFIG, { tie_word_embeddings: true });
    editWeights(folder, (sources) =>
      sources.filter(({ name }) => name !== HEAD && name !== EMBEDDING),
    );
    expect(await refusal(folder)).toContain("missing: model.embed_tokens.weight [100, 32]");
  });
});

describe("an index beside a single file", () => {
  test("is refused with both named, and each alone loads", async () => {
    const folder = copyOf("shards");
    fs.copyFileSync(path.join(base, "model", WEIGHTS), path.join(folder, WEIGHTS));
    expect(await refusal(folder)).toMatch(
      /holds model\.safetensors and also model\.safetensors\.index\.json, which names others \(model-00001-of-/,
    );
    fs.rmSync(path.join(folder, WEIGHTS));
    expect(largestDifference(await lastLogits(folder), expected.logits)).toBeLessThan(2e-5);
  });

  test("loads when the index names that file", async () => {
    const folder = copyOf("model");
    using file = SafetensorsFile.open(path.join(folder, WEIGHTS));
    const weightMap = Object.fromEntries([...file.tensors.keys()].map((name) => [name, WEIGHTS]));
    fs.writeFileSync(path.join(folder, INDEX), JSON.stringify({ weight_map: weightMap }));
    expect(largestDifference(await lastLogits(folder), expected.logits)).toBeLessThan(2e-5);
  });
});

test("a folder saved by us holds floats where transformers wants floats", async () => {
  const folder = copyOf("model");
  edit(folder, CONFIG, { rms_norm_eps: 1, initializer_range: 1 });
  const saved = path.join(scratchFolder(), "saved");
  await new Booster().saveModel(await load(folder), saved);
  const text = fs.readFileSync(path.join(saved, CONFIG), "utf8");
  expect(text).toMatch(/"rms_norm_eps": 1\.0,\n/);
  expect(text).toMatch(/"initializer_range": 1\.0,\n/);
});

test("named tensors are written as they are; what is none leaves no folder behind", () => {
  const folder = scratchFolder();
  const linear = new Linear(2, 3);
  expect(() => writeWeights(path.join(folder, "wrong"), [3] as never)).toThrow(/item 0 must be/);
  expect(fs.readdirSync(folder)).toEqual([]);
  writeWeights(folder, linear.namedParameters());
  using weights = WeightsFolder.open(folder);
  expect(weights.entry("weight")).toMatchObject({ dtype: "F32", shape: [3, 2] });
  expect(weights.read("bias")).toEqual(linear.bias?.toBytes());
});
