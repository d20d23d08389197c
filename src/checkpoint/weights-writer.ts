// A model's weights as files of safetensors in Hugging Face's layout: one file, or shards with an index of them.
import fs from "node:fs";
import path from "node:path";
import { aPath, boolean, kind, number, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { makeFolder } from "../files/folder.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { type PlannedFile, writeFiles } from "./planned-file.js";
import { sizeOf, type TensorSource } from "./safetensors-writer.js";
import { aPrefix, indexFile, indexText, isWeightFile, shardFile } from "./sharded-index.js";
import { type NamedTensor, sourcesOf } from "./tensor-source.js";

/** Options of writing weights. */
export interface WriteWeightsOptions {
  /** False: one file, however large. Default true: several where `sizePerShard` is exceeded. */
  readonly shard?: boolean;
  /** Most data of a file in MiB; a larger tensor has one of its own. Default 5120. */
  readonly sizePerShard?: number;
  /** Stands in the files' names: "ema" for `model.ema.safetensors`, which transformers reads as `variant="ema"`. */
  readonly prefix?: string;
}

export const WRITE_OPTIONS: OptionTable<WriteWeightsOptions> = {
  shard: boolean,
  sizePerShard: number({ above: 0 }),
  prefix: aPrefix,
};

export const DEFAULT_SHARD_MIB = 5120;

/**
 * Writes tensors, `model.namedParameters()`, to `folder` as `model.safetensors`, or as shards with an index. Returns the names of
 * the files written; weight files of an earlier save that are not part of this one are removed. Each file is whole or absent;
 * for the set to be, write it inside `writeDirectory`.
 */
export function writeWeights(
  folder: string,
  sources: Iterable<TensorSource | NamedTensor>,
  options: WriteWeightsOptions = {},
): string[] {
  requireValue("writeWeights: folder", folder, aPath);
  checkOptions("writeWeights", options, WRITE_OPTIONS);
  requireValue("writeWeights: sources", sources, someSources);
  const files = weightFiles(sourcesOf("writeWeights", sources), options, folder);
  makeFolder(folder, { what: "model folder", problem: checkpointProblem });
  writeFiles(folder, files);
  const written = files.map(({ name }) => name);
  removeOthers(folder, new Set(written), options.prefix);
  return written;
}

/**
 * Weights as files, planned.
 * @param folder for the error
 */
export function weightFiles(
  sources: readonly TensorSource[],
  { shard = true, sizePerShard = DEFAULT_SHARD_MIB, prefix }: WriteWeightsOptions,
  folder: string,
): PlannedFile[] {
  requireUnique(sources, folder);
  const shardBytes = shard ? sizePerShard * 2 ** 20 : Number.POSITIVE_INFINITY;
  const shards = inShards(sources, shardBytes, folder);
  const names = shards.map((_, index) => shardFile(index, shards.length, prefix));
  const files = shards.map((of, index) => ({ name: names[index] as string, sources: of }));
  if (shards.length === 1) return files;
  const homes = files.flatMap(({ name, sources }) =>
    sources.map((one) => [one.name, name] as const),
  );
  const total = sources.reduce((sum, source) => sum + sizeOf(source, folder), 0);
  return [...files, { name: indexFile(prefix), content: indexText(new Map(homes), total) }];
}

const someSources = kind<Iterable<TensorSource | NamedTensor>>(
  "a list of named tensors, as model.namedParameters()",
  (value) => typeof value === "object" && value !== null && Symbol.iterator in value,
);

function requireUnique(sources: readonly TensorSource[], folder: string): void {
  const seen = new Set<string>();
  for (const { name } of sources) {
    if (seen.has(name))
      throw new CheckpointError(`tensor name ${JSON.stringify(name)} is given twice`, {
        path: folder,
      });
    seen.add(name);
  }
}

function inShards(
  sources: readonly TensorSource[],
  shardBytes: number,
  folder: string,
): TensorSource[][] {
  const shards: TensorSource[][] = [[]];
  let filled = 0;
  for (const source of sources) {
    const bytes = sizeOf(source, folder);
    if (filled > 0 && filled + bytes > shardBytes) {
      shards.push([]);
      filled = 0;
    }
    shards.at(-1)?.push(source);
    filled += bytes;
  }
  return shards;
}

/** A stale index would win over a new single file, and stale shards would fill the disk. */
function removeOthers(folder: string, written: ReadonlySet<string>, prefix?: string): void {
  for (const name of fs.readdirSync(folder))
    if (isWeightFile(name, prefix) && !written.has(name)) fs.rmSync(path.join(folder, name));
}
