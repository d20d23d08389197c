// Model folders: shards and their index, read and written, also by transformers' own conventions.

import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { WeightsFolder } from "../../src/checkpoint/weights-folder.js";
import { writeWeights } from "../../src/checkpoint/weights-writer.js";
import { python } from "../fixtures/python.js";
import { scratchFolder } from "../fixtures/scratch.js";

const source = (name: string, fill: number) => ({
  name,
  dtype: "F32",
  shape: [4],
  bytes: () => new Uint8Array(16).fill(fill),
});
const INDEX = "model.safetensors.index.json";

/** Two tensors in two shards. */
function shardedFolder(): string {
  const folder = scratchFolder();
  writeWeights(folder, [source("a", 1), source("b", 2)], { sizePerShard: 16 / 2 ** 20 });
  return folder;
}

function rewriteIndex(folder: string, weightMap: Record<string, unknown>): void {
  fs.writeFileSync(
    path.join(folder, INDEX),
    JSON.stringify({ metadata: { total_size: 32 }, weight_map: weightMap }),
  );
}

test("writeWeights() splits at sizePerShard and WeightsFolder reads the tensors back", () => {
  const folder = scratchFolder();
  const sources = ["a", "b", "c", "d", "e"].map((name, index) => source(name, index));
  const written = writeWeights(folder, sources, { sizePerShard: 40 / 2 ** 20 });
  expect(written).toEqual(
    [1, 2, 3].map((i) => `model-0000${i}-of-00003.safetensors`).concat(INDEX),
  );
  const index = JSON.parse(fs.readFileSync(path.join(folder, INDEX), "utf8"));
  expect(index.metadata.total_size).toBe(80);
  expect(index.weight_map["c"]).toBe("model-00002-of-00003.safetensors");
  using weights = WeightsFolder.open(folder);
  expect(weights.names.sort()).toEqual(["a", "b", "c", "d", "e"]);
  for (const [i, name] of weights.names.sort().entries())
    expect([...weights.read(name)]).toEqual(Array(16).fill(i));
});

test("transformers loads a sharded folder of ours, and we load one of its", {
  timeout: 300_000,
}, () => {
  const folder = scratchFolder();
  const names = python(
    `
import torch
from transformers import LlamaConfig, LlamaForCausalLM
torch.manual_seed(0)
c = LlamaConfig(vocab_size=64, hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1)
m = LlamaForCausalLM(c).to(torch.bfloat16)
m.save_pretrained(args[0], max_shard_size="4KB")
sums = {k: float(v.float().sum()) for k, v in m.state_dict().items()}
print(json.dumps(sums))`,
    folder,
  ) as Record<string, number>;
  expect(fs.existsSync(path.join(folder, INDEX))).toBe(true);
  using weights = WeightsFolder.open(folder);
  expect(weights.names.sort()).toEqual(Object.keys(names).sort());
  const ours = path.join(folder, "ours");
  const sources = weights.names.map((name) => {
    const { dtype, shape } = weights.entry(name);
    return { name, dtype, shape, bytes: () => weights.read(name) };
  });
  writeWeights(ours, sources, { sizePerShard: 5000 / 2 ** 20 });
  fs.copyFileSync(path.join(folder, "config.json"), path.join(ours, "config.json"));
  const differing = python(
    `
import torch
from transformers import LlamaForCausalLM
a, b = [LlamaForCausalLM.from_pretrained(f).state_dict() for f in args]
print(json.dumps([k for k in a if not torch.equal(a[k], b[k])] + list(set(a) ^ set(b))))`,
    folder,
    ours,
  );
  expect(differing).toEqual([]);
});

test("writeWeights() removes the weight files of an earlier, larger save and nothing else", () => {
  const folder = shardedFolder();
  fs.writeFileSync(path.join(folder, "notes.txt"), "mine");
  writeWeights(folder, [source("a", 3)]);
  expect(fs.readdirSync(folder).sort()).toEqual(["model.safetensors", "notes.txt"]);
});

test.each([
  ["../outside.safetensors"],
  ["/etc/passwd"],
  ["sub/x.safetensors"],
  ["..\\x.safetensors"],
  ["x\0.safetensors"],
  ["model.bin"],
  [".."],
])("an index that names %j is refused", (name) => {
  const folder = shardedFolder();
  fs.writeFileSync(path.join(path.dirname(folder), "outside.safetensors"), "");
  rewriteIndex(folder, { a: name });
  expect(() => WeightsFolder.open(folder)).toThrow(
    /index\.json: names the shard .* not the plain name/,
  );
  fs.rmSync(path.join(path.dirname(folder), "outside.safetensors"));
});

test("an index whose shard is a link out of the folder, a folder or missing is refused", () => {
  const folder = shardedFolder();
  const elsewhere = path.join(scratchFolder(), "far.safetensors");
  fs.renameSync(path.join(folder, "model-00001-of-00002.safetensors"), elsewhere);
  expect(() => WeightsFolder.open(folder)).toThrow(
    /"model-00001-of-00002\.safetensors", which is missing/,
  );
  fs.symlinkSync(elsewhere, path.join(folder, "model-00001-of-00002.safetensors"));
  expect(() => WeightsFolder.open(folder)).toThrow(/a link out of the folder/);
  fs.rmSync(path.join(folder, "model-00001-of-00002.safetensors"));
  fs.mkdirSync(path.join(folder, "model-00001-of-00002.safetensors"));
  expect(() => WeightsFolder.open(folder)).toThrow(/is a folder; expected a regular file/);
});

test("an index that disagrees with its shards is refused in one message listing everything", () => {
  const folder = shardedFolder();
  const first = "model-00001-of-00002.safetensors";
  const second = "model-00002-of-00002.safetensors";
  rewriteIndex(folder, { a: second, c: first });
  expect(() => WeightsFolder.open(folder)).toThrow(
    /"a" is in model-00001.*the index says model-00002.*"c" is missing from model-00001.*"b" in model-00002.*not in the index/,
  );
  fs.copyFileSync(path.join(folder, first), path.join(folder, second));
  rewriteIndex(folder, { a: first, b: second });
  expect(() => WeightsFolder.open(folder)).toThrow(/"a" is stored more than once/);
});

test("an index that is damaged, empty or has a duplicate key is refused", () => {
  const folder = shardedFolder();
  const index = path.join(folder, INDEX);
  for (const [text, message] of [
    ["{", /not valid JSON/],
    ["{}", /has no "weight_map", which must be an object/],
    ['{"weight_map":{}}', /"weight_map" names no tensor/],
    ['{"weight_map":{"a":1}}', /"weight_map\.a" must be text, got 1/],
    ['{"weight_map":{"a":"x.safetensors","a":"y.safetensors"}}', /duplicate key "a"/],
  ] as const) {
    fs.writeFileSync(index, text);
    expect(() => WeightsFolder.open(folder)).toThrow(message);
  }
});

test("a missing folder, a file for a folder, an empty folder and a folder of pickles are told apart", () => {
  const folder = scratchFolder();
  expect(() => WeightsFolder.open(path.join(folder, "none"))).toThrow(/none: no such model folder/);
  expect(() => WeightsFolder.open(folder)).toThrow(
    /holds no model\.safetensors.*is it a model folder/,
  );
  fs.writeFileSync(path.join(folder, "pytorch_model.bin"), "x");
  expect(() => WeightsFolder.open(folder)).toThrow(
    /only the pickle pytorch_model\.bin.*never opened.*save_pretrained/,
  );
  expect(() => WeightsFolder.open(path.join(folder, "pytorch_model.bin"))).toThrow(
    /is not a folder/,
  );
});
