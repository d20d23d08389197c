// What a checkpoint of a model with adapters leaves out: whatever is frozen and still as the files of the base model have it. The base is
// named instead, with a digest, and a run goes on upon the same one only.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { kind, listOf, oneOf, text } from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { namedTensors } from "../checkpoint/model-weights.js";
import type { SmallFile } from "../checkpoint/planned-file.js";
import type { Job } from "../cluster/job.js";
import { checkFields, required } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import { adaptersOf } from "../lora/adapters.js";
import type { Module } from "../nn/module.js";
import { originOf } from "../tensor/origins.js";
import type { Tensor } from "../tensor/tensor.js";
import { together } from "./together.js";

/** Beside the weights of a checkpoint that leaves some out. */
const BASE_FILE = "base.json";
/** Names of 100,000 tensors take 8 MB. */
const MAX_BYTES = 32_000_000;
const SCHEMA = {
  version: required(oneOf(1)),
  base: required(text),
  digest: required(
    kind<string>(
      "64 hexadecimal digits",
      (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
    ),
  ),
  tensors: required(listOf(text)),
} as const;

/** The part of a base model that is left out. */
export interface LeftOut {
  /** Folder, file or name on the Hub. */
  readonly base: string;
  /** Of the tensors and where they were read. */
  readonly digest: string;
  /** Names in the model. */
  readonly tensors: readonly string[];
}

/** What may be left out, the same on all ranks, which all call it; undefined: nothing. */
export async function agreedLeftOut(job: Job, model: Module): Promise<LeftOut | undefined> {
  const byRank = await together(job, () => leftOut(model));
  if (new Set(byRank.map((each) => each?.digest)).size === 1) return byRank[job.rank];
  throw new Error(
    "saveCheckpoint: the frozen weights of the ranks are not of the same files, or were changed on some ranks; load the same model on all, or save all weights with includeBase: true",
  );
}

/** The file that names what is left out. */
export function baseFile({ base, digest, tensors }: LeftOut): SmallFile {
  const json = { version: 1, base, digest, tensors };
  return { name: BASE_FILE, content: `${JSON.stringify(json, null, 1)}\n` };
}

/** The tensors of these names. */
export function tensorsNamed(model: Module, names: readonly string[]): ReadonlySet<Tensor> {
  const tensors = new Map(namedTensors(model));
  return new Set(names.flatMap((name) => tensors.get(name) ?? []));
}

/**
 * The tensors of a model that a checkpoint has not, since they are as in the base model; none where it has all.
 * @throws CheckpointError naming both bases where they are not the same, or the first tensor that was changed since it was read
 */
export function tensorsLeftOut(model: Module, folder: string): ReadonlySet<Tensor> {
  const path = join(folder, BASE_FILE);
  if (!isThere(path)) return new Set();
  const at = { path, problem: checkpointProblem };
  const saved = checkFields(readJsonObject(path, { ...at, maxBytes: MAX_BYTES }), SCHEMA, at);
  const tensors = new Map(namedTensors(model));
  for (const name of saved.tensors) {
    const tensor = tensors.get(name);
    const problem = tensor === undefined ? "has no" : "did not read, or has changed since, its";
    if (tensor !== undefined && originOf(tensor) !== undefined) continue;
    throw new CheckpointError(
      `leaves out what is as in the base model, ${saved.base}, and the model given ${problem} ${name}; load that base with fromPretrained and ` +
        "the same options, call enableLora as then, and do not write to its weights before loading",
      { path },
    );
  }
  const here = described(saved.tensors.map((name) => [name, tensors.get(name) as Tensor]));
  if (here.digest === saved.digest) return tensorsNamed(model, saved.tensors);
  throw new CheckpointError(
    `was saved upon the base model ${saved.base} (digest ${saved.digest.slice(0, 12)}), the model given was loaded from ${here.base} ` +
      `(digest ${here.digest.slice(0, 12)}), whose weights are others; load the base that it was saved upon`,
    { path },
  );
}

function leftOut(model: Module): LeftOut | undefined {
  if (adaptersOf(model).size === 0) return undefined;
  const unchanged = namedTensors(model).filter(
    ([, tensor]) => !tensor.requiresGrad && originOf(tensor) !== undefined,
  );
  return unchanged.length === 0 ? undefined : described(unchanged);
}

function described(named: readonly (readonly [name: string, tensor: Tensor])[]): LeftOut {
  const hash = createHash("sha256");
  const bases = new Set<string>();
  const sorted = named.toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, tensor] of sorted) {
    const origin = originOf(tensor);
    hash.update(`${name}\n${origin?.digest}\n`);
    if (origin !== undefined) bases.add(origin.place);
  }
  return {
    base: [...bases].join(" and "),
    digest: hash.digest("hex"),
    tensors: sorted.map(([name]) => name),
  };
}
