// Some hundred malformed folders: each field of each file of a model and a checkpoint with the wrong type, out of range or
// absent, files that contradict each other, bombs, and links, FIFOs and devices in place of files. Each gives one error of
// the right class that names the file and the field. They run in a child process: what waits for ever or fills the memory
// would take the test with it. NOTEBOOSTER_TEST_REPORT=FILE writes all messages, to be read.

import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  AdamW,
  Booster,
  CosineAnnealingWarmupLR,
  DataLoader,
  Gpt2ForCausalLM,
  LlamaForCausalLM,
} from "notebooster";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeManifest } from "../../src/checkpoint/manifest.js";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { type TensorSource, writeSafetensors } from "../../src/checkpoint/safetensors-writer.js";
import { ABSENT, changed, fieldCases } from "../fixtures/malformed-fields.js";
import { sharedFolder } from "../fixtures/scratch.js";

const child = fileURLToPath(new URL("../fixtures/refuse-files.mjs", import.meta.url));
const SIZES = {
  vocabSize: 20,
  hiddenSize: 8,
  intermediateSize: 12,
  numHiddenLayers: 2,
  numAttentionHeads: 2,
  numKeyValueHeads: 1,
  bosTokenId: 1,
  eosTokenId: 2,
};
const ROWS = 10;
const STEP = "step-00000003";

/** What to try, and what the error must say. */
interface Case {
  readonly label: string;
  readonly kind: "model" | "checkpoint" | "save" | "text";
  readonly path: string;
  /** Parts of the message: file and field. */
  readonly says: readonly string[];
}

const base = sharedFolder();
const at = (...parts: string[]): string => path.join(base, ...parts);
const cases: Case[] = [];
const sockets: net.Server[] = [];
afterAll(() => {
  for (const socket of sockets) socket.close();
});

/** A fresh copy of a base folder; `spoil` changes it. */
async function add(
  of: "llama" | "gpt2" | "checkpoint",
  label: string,
  says: readonly string[],
  spoil: (folder: string) => void | Promise<void>,
): Promise<void> {
  const folder = at(`case-${cases.length}`);
  fs.cpSync(at(of), folder, { recursive: true });
  await spoil(folder);
  const kind = of === "checkpoint" ? "checkpoint" : "model";
  cases.push({ label: `${of}: ${label}`, kind, path: folder, says: [folder, ...says] });
}

function edit(file: string, change: Readonly<Record<string, unknown>>): void {
  fs.writeFileSync(
    file,
    JSON.stringify(changed(JSON.parse(fs.readFileSync(file, "utf8")), change)),
  );
}

/** The same in the object that `within` names. */
function editInside(file: string, within: string, change: Readonly<Record<string, unknown>>): void {
  const inside = JSON.parse(fs.readFileSync(file, "utf8"))[within];
  edit(file, { [within]: changed(inside, change) });
}

function editWeights(file: string, change: (sources: TensorSource[]) => TensorSource[]): void {
  using open = SafetensorsFile.open(file);
  const sources = [...open.tensors.values()].map(({ name, dtype, shape }) => {
    const bytes = open.read(name);
    return { name, dtype, shape, bytes: () => bytes };
  });
  writeSafetensors(file, change(sources));
}

const LLAMA_FIELDS = {
  model_type: "choice",
  vocab_size: "requiredSize",
  hidden_size: "requiredSize",
  intermediate_size: "requiredSize",
  num_hidden_layers: "requiredSize",
  num_attention_heads: "requiredSize",
  num_key_value_heads: "sizeOrNull",
  head_dim: "sizeOrNull",
  hidden_act: "choice",
  max_position_embeddings: "size",
  rms_norm_eps: "fraction",
  tie_word_embeddings: "boolean",
  attention_bias: "boolean",
  mlp_bias: "boolean",
  initializer_range: "fraction",
  bos_token_id: "tokenId",
  eos_token_id: "endTokens",
  pad_token_id: "tokenId",
  rope_theta: "positive",
  rope_parameters: "object",
  rope_scaling: "object",
} as const;

const GPT2_FIELDS = {
  vocab_size: "size",
  n_positions: "size",
  n_embd: "size",
  n_layer: "size",
  n_head: "size",
  n_inner: "sizeOrNull",
  activation_function: "choice",
  layer_norm_epsilon: "fraction",
  resid_pdrop: "fraction",
  embd_pdrop: "fraction",
  attn_pdrop: "fraction",
  scale_attn_weights: "boolean",
  scale_attn_by_inverse_layer_idx: "boolean",
  tie_word_embeddings: "boolean",
  eos_token_id: "endTokens",
} as const;

const GENERATION_FIELDS = {
  bos_token_id: "tokenId",
  eos_token_id: "endTokens",
  pad_token_id: "tokenId",
  max_new_tokens: "sizeOrNull",
  max_length: "sizeOrNull",
  top_k: "tokenId",
} as const;

/** Fields that would change the numbers. */
const NOT_IMPLEMENTED = {
  attention_dropout: 0.1,
  quantization_config: { quant_method: "gptq", bits: 4 },
  partial_rotary_factor: 0.5,
  sliding_window: 4096,
  layer_types: ["full_attention", "sliding_attention"],
  attn_logit_softcapping: 50,
  final_logit_softcapping: 30,
  embedding_multiplier: 12,
  logits_scaling: 8,
  residual_multiplier: 0.22,
  attention_multiplier: 0.0078125,
  scale_emb: 12,
  num_local_experts: 8,
  use_qk_norm: true,
  clip_qkv: 8,
  per_layer_config: { "0": { hidden_size: 4 } },
  is_encoder_decoder: true,
} as const;

const LLAMA3 = {
  rope_type: "llama3",
  factor: 8,
  low_freq_factor: 1,
  high_freq_factor: 4,
  original_max_position_embeddings: 64,
};

/** Changes of a LLaMA's config.json, with the field that is to be named. */
const CONTRADICTIONS: readonly (readonly [field: string, change: Record<string, unknown>])[] = [
  [
    "rope_scaling",
    {
      rope_parameters: { rope_type: "linear", factor: 2 },
      rope_scaling: { rope_type: "linear", factor: 4 },
    },
  ],
  [
    "rope_theta",
    { rope_parameters: { rope_type: "default", rope_theta: 5e5 }, rope_scaling: null },
  ],
  ["rope_scaling.type", { rope_scaling: { rope_type: "linear", type: "llama3", factor: 2 } }],
  ["rope_scaling.factor", { rope_scaling: { rope_type: "linear" } }],
  ["rope_scaling.factor", { rope_scaling: { rope_type: "linear", factor: "2" } }],
  ["rope_scaling.factor", { rope_scaling: { rope_type: "linear", factor: 0 } }],
  ["rope_scaling.factor", { rope_scaling: { factor: 8 } }],
  ["rope_scaling.rope_type", { rope_scaling: { rope_type: "yarn", factor: 8 } }],
  ["rope_scaling.type", { rope_scaling: { type: "dynamic", factor: 8 } }],
  ["rope_scaling.beta_fast", { rope_scaling: { rope_type: "linear", factor: 8, beta_fast: 32 } }],
  [
    "rope_scaling.partial_rotary_factor",
    { rope_scaling: { rope_type: "default", partial_rotary_factor: 0.25 } },
  ],
  [
    "rope_scaling.low_freq_factor",
    { rope_scaling: { ...LLAMA3, low_freq_factor: 4, high_freq_factor: 4 } },
  ],
  [
    "original_max_position_embeddings",
    { rope_scaling: LLAMA3, original_max_position_embeddings: 32 },
  ],
  ["head_dim", { head_dim: 3 }],
  ["hidden_size", { hidden_size: 9, head_dim: null }],
  ["num_key_value_heads", { num_attention_heads: 2, num_key_value_heads: 3 }],
  ["pad_token_id", { pad_token_id: 20 }],
  ["rms_norm_eps", { rms_norm_epss: 1e-5 }],
  ["tie_word_embeddings", { tie_word_embedding: true }],
  ["num_hidden_layers", { num_hidden_layers: 100_000_000 }],
  ["num_hidden_layers", { num_hidden_layers: 1 }],
  ["num_hidden_layers", { num_hidden_layers: 1_000_000_000 }],
  ["embed_tokens.weight is [20, 8]", { vocab_size: 200_000_000 }],
  ["o_proj.weight is [8, 8]", { hidden_size: 100_000_000, head_dim: 4 }],
  ["up_proj.weight is [12, 8]", { intermediate_size: 200_000_000 }],
  ["bias", { attention_bias: true }],
  [
    "num_attention_heads",
    { num_attention_heads: 100_000_000, head_dim: 100_000_000, num_key_value_heads: 1 },
  ],
  ["model_type", { model_type: "mistral" }],
  ["model_type", { model_type: ABSENT }],
  ["model_type", { model_type: ["llama"] }],
];

/** Contents that are no JSON object, or a bomb. */
const CONTENTS: readonly (readonly [label: string, content: string | Uint8Array, says: string])[] =
  [
    ["empty", "", "is empty"],
    ["null", "null", "holds null"],
    ["a list", "[]", "holds a list"],
    ["text", '"llama"', "holds a string"],
    ["cut off", '{"model_type": "llama", ', "not valid JSON"],
    ["with a comment", '{} // "model_type"', "not valid JSON"],
    ["with NaN", '{"rope_theta": NaN}', "NaN"],
    ["with a number beyond the largest", '{"rope_theta": 1e400}', "too large"],
    ["with a duplicate key", '{"a": 1, "a": 2}', 'duplicate key "a"'],
    ["with half a surrogate pair", '{"a": "\\ud834"}', "surrogate"],
    ["not UTF-8", Uint8Array.from([0x7b, 0xff, 0x7d]), "not UTF-8"],
    ["UTF-16", Uint8Array.from([0xff, 0xfe, 0x7b, 0, 0x7d, 0]), "not UTF-8"],
    ["with a byte order mark", "\ufeff{}", "byte order mark"],
    ["a nesting bomb of lists", `{"a": ${"[".repeat(1_000_000)}`, "nesting deeper"],
    ["a nesting bomb of objects", '{"a":'.repeat(500_000), "nesting deeper"],
  ];

/** Puts something that is no regular file where a file is, and says what the error must say. */
const SPECIAL: Readonly<
  Record<string, readonly [put: (file: string) => void | Promise<void>, says: string]>
> = {
  "a FIFO": [(file) => void execFileSync("mkfifo", [file]), "is a FIFO"],
  "a link to a FIFO": [
    (file) => {
      execFileSync("mkfifo", [`${file}.fifo`]);
      fs.symlinkSync(`${file}.fifo`, file);
    },
    "is a FIFO",
  ],
  "an endless device": [(file) => fs.symlinkSync("/dev/zero", file), "is a device"],
  "an empty device": [(file) => fs.symlinkSync("/dev/null", file), "is a device"],
  "a link to itself": [(file) => fs.symlinkSync(file, file), "leads back to itself"],
  "a link to nothing": [(file) => fs.symlinkSync(`${file}.none`, file), "does not exist"],
  "a folder": [(file) => fs.mkdirSync(file), "is a folder"],
  "a socket": [
    async (file) => {
      const server = net.createServer();
      sockets.push(server);
      const short = at(`s${sockets.length}`); // a socket's path has at most 107 characters
      await new Promise<void>((listening) => server.listen(short, listening));
      fs.symlinkSync(short, file);
    },
    "is a socket",
  ],
  "a terabyte of holes": [
    (file) => {
      fs.writeFileSync(file, "");
      fs.truncateSync(file, 2 ** 40);
    },
    "",
  ],
};

async function addSpecial(of: "llama" | "checkpoint", names: readonly string[]): Promise<void> {
  for (const name of names)
    for (const [what, [put, says]] of Object.entries(SPECIAL))
      await add(of, `${name} is ${what}`, [path.basename(name), says], async (folder) => {
        fs.rmSync(path.join(folder, name), { force: true });
        await put(path.join(folder, name));
      });
}

async function addFieldsOf(
  of: "llama" | "gpt2",
  name: string,
  fields: Parameters<typeof fieldCases>[0],
): Promise<void> {
  for (const { label, field, change } of fieldCases(fields))
    await add(of, `${name}: ${label}`, [`${name}: `, field], (folder) =>
      edit(path.join(folder, name), change),
    );
}

async function addContents(of: "llama" | "checkpoint", name: string): Promise<void> {
  for (const [label, content, says] of CONTENTS)
    await add(of, `${name} is ${label}`, [path.basename(name), says], (folder) =>
      fs.writeFileSync(path.join(folder, name), content),
    );
}

async function addModels(): Promise<void> {
  await addFieldsOf("llama", "config.json", LLAMA_FIELDS);
  await addFieldsOf("gpt2", "config.json", GPT2_FIELDS);
  await addFieldsOf("llama", "generation_config.json", GENERATION_FIELDS);
  for (const [field, value] of Object.entries(NOT_IMPLEMENTED))
    await add(
      "llama",
      `${field} is not implemented`,
      ["config.json", field, "not implemented"],
      (folder) => edit(path.join(folder, "config.json"), { [field]: value }),
    );
  for (const field of Object.keys(LLAMA3).slice(1))
    for (const value of [ABSENT, "8", null, -1, 0])
      await add(
        "llama",
        `llama3 with ${field} ${String(value)}`,
        ["config.json", `rope_scaling.${field}`],
        (folder) =>
          edit(path.join(folder, "config.json"), {
            rope_scaling: changed(LLAMA3, { [field]: value }),
          }),
      );
  for (const [field, change] of CONTRADICTIONS)
    await add("llama", JSON.stringify(change), [field], (folder) =>
      edit(path.join(folder, "config.json"), change),
    );
  await add(
    "gpt2",
    "n_head does not divide n_embd",
    ["config.json", "n_embd", "n_head"],
    (folder) => edit(path.join(folder, "config.json"), { n_head: 3 }),
  );
  await add(
    "gpt2",
    "hidden_size beside n_embd",
    ["config.json", "hidden_size", "n_embd"],
    (folder) => edit(path.join(folder, "config.json"), { hidden_size: 16 }),
  );
  for (const [name, value] of [
    ["do_sample", "true"],
    ["temperature", -1],
    ["temperature", "0.7"],
    ["top_p", 0],
    ["top_p", 2],
    ["repetition_penalty", 0],
    ["repetition_penalty", "1"],
  ] as const)
    await add(
      "llama",
      `generation_config.json: ${name} is ${value}`,
      ["generation_config.json", name],
      (folder) => edit(path.join(folder, "generation_config.json"), { [name]: value }),
    );
  await addContents("llama", "config.json");
  await addContents("llama", "generation_config.json");
}

async function addWeights(): Promise<void> {
  const inWeights = (
    label: string,
    says: readonly string[],
    change: (sources: TensorSource[]) => TensorSource[],
  ) =>
    add("llama", label, says, (folder) =>
      editWeights(path.join(folder, "model.safetensors"), change),
    );
  const NAME = "model.layers.0.mlp.up_proj.weight";
  const one =
    (change: (source: TensorSource) => Partial<TensorSource>) => (sources: TensorSource[]) =>
      sources.map((source) => (source.name === NAME ? { ...source, ...change(source) } : source));
  const sized = (bytes: number) => () => new Uint8Array(bytes);
  await inWeights("a weight is missing", [`missing: ${NAME} [12, 8]`], (sources) =>
    sources.filter(({ name }) => name !== NAME),
  );
  await inWeights("a weight is left over", ["left over: strange"], (sources) => [
    ...sources,
    { ...(sources[0] as TensorSource), name: "strange" },
  ]);
  await inWeights(
    "a weight is transposed",
    [`${NAME} is [8, 12]`],
    one(() => ({ shape: [8, 12] })),
  );
  for (const [dtype, width] of [
    ["I8", 1],
    ["U8", 1],
    ["I32", 4],
    ["I64", 8],
    ["BOOL", 1],
    ["F8_E4M3", 1],
  ] as const)
    await inWeights(
      `a weight is ${dtype}`,
      [`${NAME} is of type ${dtype}`],
      one(() => ({ dtype, bytes: sized(96 * width) })),
    );
  await add(
    "llama",
    "a second model beside an index",
    ["holds model.safetensors and also"],
    (folder) => {
      fs.copyFileSync(
        path.join(folder, "model.safetensors"),
        path.join(folder, "other.safetensors"),
      );
      fs.writeFileSync(
        path.join(folder, "model.safetensors.index.json"),
        '{"weight_map": {"a": "other.safetensors"}}',
      );
    },
  );
  for (const weightMap of [
    1,
    "x",
    null,
    [],
    {},
    { a: 1 },
    { a: null },
    { a: ["x.safetensors"] },
    { a: "../x.safetensors" },
    { a: "x.bin" },
    { a: "none.safetensors" },
    ABSENT,
  ])
    await add(
      "llama",
      `weight_map is ${typeof weightMap === "symbol" ? "absent" : JSON.stringify(weightMap)}`,
      ["model.safetensors.index.json"],
      (folder) => {
        fs.rmSync(path.join(folder, "model.safetensors"));
        const index = changed({ metadata: {} }, { weight_map: weightMap });
        fs.writeFileSync(path.join(folder, "model.safetensors.index.json"), JSON.stringify(index));
      },
    );
  await add(
    "llama",
    "an index of a million tensors in one missing shard",
    ["is missing"],
    (folder) => {
      fs.rmSync(path.join(folder, "model.safetensors"));
      const map = Array.from(
        { length: 300_000 },
        (_, i) => `"model.layers.${i}.self_attn.q_proj.weight":"a.safetensors"`,
      );
      fs.writeFileSync(
        path.join(folder, "model.safetensors.index.json"),
        `{"weight_map":{${map.join(",")}}}`,
      );
    },
  );
}

const STATE_FIELDS = { step: "count", worldSize: "count", plugin: "text", dtype: "text" } as const;
const SCHEDULE_FIELDS = { step: "count" } as const;
const LOADER_FIELDS = { epoch: "count", position: "count", numRows: "count" } as const;

async function addCheckpoints(): Promise<void> {
  const state = (label: string, field: string, change: (file: string) => void) =>
    add("checkpoint", `training-state.json: ${label}`, ["training-state.json", field], (folder) => {
      change(path.join(folder, STEP, "training-state.json"));
      fs.rmSync(path.join(folder, STEP, "manifest.json"));
      writeManifest(path.join(folder, STEP));
    });
  for (const { label, field, change } of fieldCases(STATE_FIELDS))
    await state(label, field, (file) => edit(file, change));
  for (const { label, field, change } of fieldCases(SCHEDULE_FIELDS))
    await state(`lrScheduler.${label}`, `lrScheduler.${field}`, (file) =>
      editInside(file, "lrScheduler", change),
    );
  for (const { label, field, change } of fieldCases(LOADER_FIELDS))
    await state(`dataloader.${label}`, `dataloader.${field}`, (file) =>
      editInside(file, "dataloader", change),
    );
  for (const baseLrs of [ABSENT, 1e-3, ["0.001"], [-1], [1e-3, 1e-3]])
    await state(`lrScheduler.baseLrs is ${String(baseLrs)}`, "lrScheduler", (file) =>
      editInside(file, "lrScheduler", { baseLrs }),
    );
  await state("a position beyond the rows", "dataloader", (file) =>
    editInside(file, "dataloader", { position: 999 }),
  );
  for (const change of [
    { format: "other" },
    { version: 2 },
    { version: "1" },
    { lrScheduler: [] },
    { dataloader: "x" },
    { dataloader: ABSENT },
  ])
    await state(JSON.stringify(changed({}, change)), Object.keys(change)[0] as string, (file) =>
      edit(file, change),
    );
  const manifest = path.join(STEP, "manifest.json");
  const files = (change: unknown) => ({ files: { "config.json": change } });
  for (const change of [
    { version: 2 },
    { version: "1" },
    { files: ABSENT },
    { files: [] },
    { files: { a: 1 } },
    files({ bytes: "3", sha256: "0".repeat(64) }),
    files({ bytes: 3 }),
    files({ bytes: 3, sha256: 7 }),
    files({ bytes: 3, sha256: "abc" }),
    { files: { "../x": { bytes: 0, sha256: "0".repeat(64) } } },
    { files: { "/etc/passwd": { bytes: 0, sha256: "0".repeat(64) } } },
  ])
    await add(
      "checkpoint",
      `manifest.json: ${JSON.stringify(changed({}, change))}`,
      ["manifest.json", "files" in change ? "" : "version"],
      (folder) => edit(path.join(folder, manifest), change),
    );
  await addContents("checkpoint", manifest);
  for (const name of [
    "",
    "../elsewhere",
    "/etc",
    "a/b",
    ".hidden",
    "none",
    "\0",
    "x".repeat(5000),
    "x".repeat(200_000),
  ])
    await add(
      "checkpoint",
      `latest is ${JSON.stringify(name.slice(0, 20))}`,
      [name === "none" ? "none" : "latest"],
      (folder) => fs.writeFileSync(path.join(folder, "latest"), name),
    );
}

/** Files that are read before and beside a checkpoint or a training. */
async function addOthers(): Promise<void> {
  for (const [label, content] of [
    ["empty", ""],
    ["null", "null"],
    ["without a pid", '{"host":"h","started":"1"}'],
    ["with a pid of text", '{"pid":"1","host":"h","started":"1"}'],
    ["with a negative pid", '{"pid":-1,"host":"h","started":"1"}'],
  ] as const)
    addSave(`.lock is ${label}`, (file) => fs.writeFileSync(file, content));
  for (const [what, [put]] of Object.entries(SPECIAL))
    if (what !== "a socket") addSave(`.lock is ${what}`, (file) => void put(file));
  for (const [what, [put, says]] of Object.entries(SPECIAL)) {
    const file = at(`text-${cases.length}`);
    await put(file);
    cases.push({ label: `text: ${what}`, kind: "text", path: file, says: [file, says] });
  }
  for (const [label, content, says] of [
    ["empty", "", "is empty"],
    ["not UTF-8", Uint8Array.from([0x61, 0x0a, 0xff]), "line 2"],
    ["damaged gzip", Uint8Array.from([0x1f, 0x8b, 8, 0, 1]), "gzip"],
  ] as const) {
    const file = at(`text-${cases.length}`);
    fs.writeFileSync(file, content);
    cases.push({ label: `text: ${label}`, kind: "text", path: file, says: [file, says] });
  }
  for (const [what, [put]] of Object.entries(SPECIAL).filter(([what]) => what !== "a folder")) {
    const folder = at(`folder-${cases.length}`);
    await put(folder);
    cases.push({ label: `a model folder is ${what}`, kind: "model", path: folder, says: [folder] });
  }
}

function addSave(label: string, put: (file: string) => void): void {
  const folder = at(`save-${cases.length}`);
  fs.mkdirSync(folder);
  put(path.join(folder, ".lock"));
  cases.push({
    label,
    kind: "save",
    path: folder,
    says: [path.join(folder, ".lock"), "remove it if nothing saves here"],
  });
}

beforeAll(async () => {
  const booster = new Booster();
  const model = new LlamaForCausalLM(SIZES);
  await booster.saveModel(model, at("llama"));
  fs.writeFileSync(at("llama", "generation_config.json"), '{"eos_token_id": 2}');
  await booster.saveModel(
    new Gpt2ForCausalLM({
      vocabSize: 20,
      hiddenSize: 8,
      numHiddenLayers: 2,
      numAttentionHeads: 2,
      maxPositionEmbeddings: 8,
    }),
    at("gpt2"),
  );
  const optimizer = new AdamW(model.parameters(), { lr: 1e-3 });
  const row = (index: number) =>
    Uint32Array.from({ length: 4 }, (_, i) => (index + i) % SIZES.vocabSize);
  const parts = await booster.boost({
    model,
    optimizer,
    lrScheduler: new CosineAnnealingWarmupLR(optimizer, { totalSteps: 9 }),
    dataloader: new DataLoader({
      dataset: { length: ROWS, sequenceLength: 4, row, fingerprint: "made-up" },
      batchSize: 2,
    }),
  });
  await booster.saveCheckpoint(at("checkpoint"), parts, { step: 3 });
  await addModels();
  await addWeights();
  await addSpecial("llama", [
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "model.safetensors.index.json",
  ]);
  await addCheckpoints();
  await addSpecial("checkpoint", [
    "latest",
    path.join(STEP, "manifest.json"),
    path.join(STEP, "training-state.json"),
    path.join(STEP, "rng.safetensors"),
  ]);
  await addOthers();
});

interface Result {
  readonly index: number;
  readonly name?: string;
  readonly message?: string;
  readonly ms: number;
  readonly grown: number;
}

test("every malformed file gives one error that names it and what is wrong, without waiting and in little memory", () => {
  const whole = [
    { kind: "model", path: at("llama") },
    { kind: "model", path: at("gpt2") },
    { kind: "checkpoint", path: at("checkpoint") },
  ];
  fs.writeFileSync(
    at("jobs.json"),
    JSON.stringify({ jobs: [...whole, ...cases], sizes: SIZES, rows: ROWS }),
  );
  const { stdout, stderr } = spawnSync(process.execPath, [child, at("jobs.json")], {
    encoding: "utf8",
    timeout: 100_000,
    maxBuffer: 1 << 28,
  });
  const lines = stdout.split("\n").slice(0, -1);
  const results = lines
    .map((line) => JSON.parse(line))
    .filter(({ begins }) => begins !== true) as Result[];
  const stuck =
    results.length < whole.length + cases.length
      ? cases[results.length - whole.length]?.label
      : "none";
  expect({ stuck, stderr }).toEqual({ stuck: "none", stderr: "" });
  expect(results.slice(0, whole.length).map(({ message }) => message)).toEqual(
    whole.map(() => undefined),
  );
  const found = results.slice(whole.length);
  report(found);
  expect(cases.length).toBeGreaterThan(300);
  expect(cases.flatMap((one, i) => faultsOf(one, found[i] as Result))).toEqual([]);
  expect(found.at(-1)?.grown).toBeLessThan(200);
});

/** What is wrong with an error. */
function faultsOf({ label, kind, says }: Case, { name, message }: Result): string[] {
  if (message === undefined) return [`${label}: was accepted`];
  const right = kind === "text" ? "DataError" : "CheckpointError";
  const missing = says.filter((part) => !message.includes(part));
  const faults = [
    name === right ? "" : `is a ${name}`,
    missing.length === 0 ? "" : `does not say ${missing.join(", ")}`,
    message.length < 900 ? "" : `has ${message.length} characters`,
  ].filter(Boolean);
  return faults.length === 0 ? [] : [`${label}: ${faults.join("; ")}: ${message.slice(0, 300)}`];
}

/** All messages, for reading. */
function report(results: readonly Result[]): void {
  const file = process.env["NOTEBOOSTER_TEST_REPORT"];
  if (file === undefined) return;
  const lines = cases.map(({ label }, i) => {
    const { name, message, ms = 0, grown = 0 } = results[i] as Result;
    const text = `${message}`.replaceAll(base, "");
    return `${label.slice(0, 100)}\n    ${name} ${ms.toFixed(0)} ms, peak +${grown.toFixed(0)} MB: ${text}\n`;
  });
  fs.writeFileSync(file, lines.join(""));
}
