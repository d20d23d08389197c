// Some hundred malformed folders: each field of each file of a model and a checkpoint with the wrong type, out of range or
// absent, files that contradict each other, bombs, and links, FIFOs and devices in place of files. Each gives one error of
// the right class that names the file and the field. They run in a child process: what waits for ever or fills the memory
// would take the test with it. NOTEBOOSTER_TEST_REPORT=FILE writes all messages, to be read.

import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import {
  AdamW,
  Booster,
  CosineAnnealingWarmupLR,
  DataLoader,
  GPT2LMHeadModel,
  LlamaForCausalLM,
} from "notebooster";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Case, Cases } from "../fixtures/malformed/cases.js";
import { addCheckpoints, addOthers, addStates, STEP } from "../fixtures/malformed/checkpoints.js";
import { addModels, addWeights } from "../fixtures/malformed/models.js";
import { closeSockets } from "../fixtures/malformed/special-files.js";
import { sharedFolder } from "../fixtures/scratch.js";

const child = fileURLToPath(new URL("../fixtures/malformed/attempt.mjs", import.meta.url));
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

const base = sharedFolder();
const at = (...parts: string[]): string => path.join(base, ...parts);
const cases = new Cases(base);
afterAll(closeSockets);

beforeAll(async () => {
  const booster = new Booster();
  const model = new LlamaForCausalLM(SIZES);
  await booster.saveModel(model, at("llama"));
  fs.writeFileSync(at("llama", "generation_config.json"), '{"eos_token_id": 2}');
  await booster.saveModel(
    new GPT2LMHeadModel({
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
    Int32Array.from({ length: 4 }, (_, i) => (index + i) % SIZES.vocabSize);
  const parts = await booster.boost({
    model,
    optimizer,
    lrScheduler: new CosineAnnealingWarmupLR(optimizer, { totalSteps: 9 }),
    dataloader: new DataLoader({
      dataset: { length: ROWS, sequenceLength: 4, row },
      batchSize: 2,
    }),
  });
  for (const batch of parts.dataloader.take(1)) {
    booster.backward(parts.model.forward(batch).loss, parts.optimizer);
    parts.optimizer.step();
  }
  await booster.saveCheckpoint(at("checkpoint"), parts, { step: 3 });
  await addModels(cases);
  await addWeights(cases);
  await cases.addSpecial("llama", [
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "model.safetensors.index.json",
  ]);
  await addTokenizers();
  await addCheckpoints(cases);
  await addStates(cases);
  await cases.addSpecial("checkpoint", [
    "latest",
    `${STEP}/manifest.json`,
    `${STEP}/training-state.json`,
    `${STEP}/state-00001-of-00001.safetensors`,
    `${STEP}/state-00001-of-00001.json`,
  ]);
  await addOthers(cases);
});

async function addTokenizers(): Promise<void> {
  fs.mkdirSync(at("tokenizer"));
  const shipped = fileURLToPath(new URL("../../notebooks/base-model", import.meta.url));
  for (const name of ["tokenizer.json", "tokenizer_config.json"]) {
    fs.copyFileSync(path.join(shipped, name), at("tokenizer", name));
  }
  await cases.addContents("tokenizer", "tokenizer.json");
  await cases.addSpecial("tokenizer", ["tokenizer.json", "tokenizer_config.json", "config.json"]);
}

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
    { kind: "tokenizer", path: at("tokenizer") },
    { kind: "checkpoint", path: at("checkpoint") },
  ];
  fs.writeFileSync(
    at("jobs.json"),
    JSON.stringify({ jobs: [...whole, ...cases.list], sizes: SIZES, rows: ROWS }),
  );
  const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", child, at("jobs.json")], {
    encoding: "utf8",
    timeout: 100_000,
    maxBuffer: 1 << 28,
  });
  const lines = stdout.split("\n").slice(0, -1);
  const results = lines
    .map((line) => JSON.parse(line))
    .filter(({ begins }) => begins !== true) as Result[];
  const stuck =
    results.length < whole.length + cases.list.length
      ? cases.list[results.length - whole.length]?.label
      : "none";
  expect({ stuck, stderr }).toEqual({ stuck: "none", stderr: "" });
  expect(results.slice(0, whole.length).map(({ message }) => message)).toEqual(
    whole.map(() => undefined),
  );
  const found = results.slice(whole.length);
  report(found);
  expect(cases.list.length).toBeGreaterThan(300);
  expect(cases.list.flatMap((one, i) => faultsOf(one, found[i] as Result))).toEqual([]);
  expect(found.at(-1)?.grown).toBeLessThan(200);
});

/** What is wrong with an error. */
function faultsOf({ label, kind, says }: Case, { name, message }: Result): string[] {
  if (message === undefined) return [`${label}: was accepted`];
  const right =
    { text: "DataError", tokenizer: "TokenizerError" }[kind as string] ?? "CheckpointError";
  const missing = says.filter((part) => !message.includes(part));
  const faults = [
    name === right ? "" : `is a ${name}`,
    missing.length === 0 ? "" : `does not say ${missing.join(", ")}`,
    message.length < 2500 ? "" : `has ${message.length} characters`,
  ].filter(Boolean);
  return faults.length === 0 ? [] : [`${label}: ${faults.join("; ")}: ${message.slice(0, 300)}`];
}

/** All messages, for reading. */
function report(results: readonly Result[]): void {
  const file = process.env["NOTEBOOSTER_TEST_REPORT"];
  if (file === undefined) return;
  const lines = cases.list.map(({ label }, i) => {
    const { name, message, ms = 0, grown = 0 } = results[i] as Result;
    const text = `${message}`.replaceAll(base, "");
    return `${label.slice(0, 100)}\n    ${name} ${ms.toFixed(0)} ms, peak +${grown.toFixed(0)} MB: ${text}\n`;
  });
  fs.writeFileSync(file, lines.join(""));
}
