// The weights in a Hugging Face model folder, one file or many, seen as one set of named tensors.

import fs from "node:fs";
import path from "node:path";
import { aPath, integer, kind, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { makeFolder, requireFolder } from "../files/folder.js";
import { isThere } from "../files/plain-file.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { PICKLE_HINT, SafetensorsFile } from "./safetensors.js";
import type { TensorEntry } from "./safetensors-header.js";
import { sizeOf, type TensorSource, writeSafetensors } from "./safetensors-writer.js";
import { INDEX_FILE, readIndex, SINGLE_FILE, shardName, writeIndex } from "./sharded-index.js";
import { type NamedTensor, sourcesOf } from "./tensor-source.js";

const DEFAULT_SHARD_BYTES = 5_000_000_000;

/** The open weights of a model folder; every file is checked when opened, tensors are read when asked for. */
export class WeightsFolder implements Disposable {
  /** Path of the folder. */
  readonly folder: string;
  readonly #files: readonly SafetensorsFile[];
  readonly #fileByTensor: ReadonlyMap<string, SafetensorsFile>;

  private constructor(folder: string, files: readonly SafetensorsFile[]) {
    this.folder = folder;
    this.#files = files;
    this.#fileByTensor = new Map(
      files.flatMap((file) => [...file.tensors.keys()].map((name) => [name, file])),
    );
  }

  /**
   * Opens `model.safetensors` or the shards of `model.safetensors.index.json` in `folder`. Throws a CheckpointError
   * when the folder or a shard is missing, damaged or inconsistent, and when it only holds pickles.
   */
  static open(folder: string): WeightsFolder {
    requireValue("WeightsFolder.open: folder", folder, aPath);
    requireFolder(folder, { what: "model folder", problem: checkpointProblem });
    const has = (name: string) => isThere(path.join(folder, name));
    if (has(INDEX_FILE)) {
      const index = readIndex(folder);
      if (has(SINGLE_FILE)) requireOneSource(folder, index);
      return WeightsFolder.#openShards(folder, index);
    }
    if (has(SINGLE_FILE))
      return new WeightsFolder(folder, [SafetensorsFile.open(path.join(folder, SINGLE_FILE))]);
    throw new CheckpointError(missingWeights(folder), { path: folder });
  }

  static #openShards(folder: string, index: ReadonlyMap<string, string>): WeightsFolder {
    const files: SafetensorsFile[] = [];
    try {
      for (const shardPath of new Set(index.values())) files.push(SafetensorsFile.open(shardPath));
      requireAgreement(path.join(folder, INDEX_FILE), index, files);
    } catch (error) {
      for (const file of files) file.close();
      throw error;
    }
    return new WeightsFolder(folder, files);
  }

  /** Names of all tensors. */
  get names(): string[] {
    return [...this.#fileByTensor.keys()];
  }

  /** Whether there is a tensor of this name. */
  has(name: string): boolean {
    return this.#fileByTensor.has(name);
  }

  /** Dtype and shape of a tensor as stored. */
  entry(name: string): TensorEntry {
    return this.fileOf(name).entry(name);
  }

  /** The bytes of a tensor, row-major and little-endian, in a fresh buffer. */
  read(name: string): Uint8Array<ArrayBuffer> {
    return this.fileOf(name).read(name);
  }

  /** The file that holds a tensor; throws when none does. */
  fileOf(name: string): SafetensorsFile {
    const file = this.#fileByTensor.get(name);
    if (file !== undefined) return file;
    throw new CheckpointError(`has no tensor ${JSON.stringify(name)}`, { path: this.folder });
  }

  /** Closes the folder's files. */
  close(): void {
    for (const file of this.#files) file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

const someSources = kind<Iterable<TensorSource | NamedTensor>>(
  "a list of named tensors, as model.namedParameters()",
  (value) => typeof value === "object" && value !== null && Symbol.iterator in value,
);

/**
 * Writes tensors, `model.namedParameters()`, to `folder` as `model.safetensors`, or as shards of at most `maxShardBytes` of data with an index
 * (a larger tensor gets a shard of its own). Returns the names of the files written; weight files of an earlier save
 * that are not part of this one are removed. Each file is whole or absent; for the set to be, write it inside
 * `writeDirectory`.
 */
export function writeWeights(
  folder: string,
  sources: Iterable<TensorSource | NamedTensor>,
  options: { readonly maxShardBytes?: number } = {},
): string[] {
  requireValue("writeWeights: folder", folder, aPath);
  checkOptions("writeWeights", options, { maxShardBytes: integer({ min: 1 }) });
  const { maxShardBytes = DEFAULT_SHARD_BYTES } = options;
  requireValue("writeWeights: sources", sources, someSources);
  const shards = planShards(folder, sourcesOf("writeWeights", sources), maxShardBytes);
  makeFolder(folder, { what: "model folder", problem: checkpointProblem });
  const weightMap = new Map<string, string>();
  let totalBytes = 0;
  const written = shards.map((shard, index) => {
    const name = shardName(index, shards.length);
    writeSafetensors(path.join(folder, name), shard);
    for (const source of shard) {
      weightMap.set(source.name, name);
      totalBytes += sizeOf(source, folder);
    }
    return name;
  });
  if (shards.length > 1) {
    writeIndex(folder, weightMap, totalBytes);
    written.push(INDEX_FILE);
  }
  removeOtherWeights(folder, new Set(written));
  return written;
}

function planShards(
  folder: string,
  sources: readonly TensorSource[],
  maxShardBytes: number,
): TensorSource[][] {
  const names = new Set(sources.map((source) => source.name));
  if (names.size < sources.length) {
    const twice = sources.find(
      (source, index) => sources.findIndex(({ name }) => name === source.name) < index,
    );
    throw new CheckpointError(`tensor name ${JSON.stringify(twice?.name)} is given twice`, {
      path: folder,
    });
  }
  const shards: TensorSource[][] = [[]];
  let shardBytes = 0;
  for (const source of sources) {
    const bytes = sizeOf(source, folder);
    if (shardBytes > 0 && shardBytes + bytes > maxShardBytes) {
      shards.push([]);
      shardBytes = 0;
    }
    shards.at(-1)?.push(source);
    shardBytes += bytes;
  }
  return shards;
}

/** A stale index would win over a new single file, and stale shards would fill the disk. */
function removeOtherWeights(folder: string, written: ReadonlySet<string>): void {
  for (const name of fs.readdirSync(folder)) {
    const isOurs =
      name === INDEX_FILE ||
      name === SINGLE_FILE ||
      /^model-\d{5}-of-\d{5}\.safetensors$/.test(name);
    if (isOurs && !written.has(name)) fs.rmSync(path.join(folder, name));
  }
}

/** An index beside a single file that it does not name: two models in one folder, one of them left over from before. */
function requireOneSource(folder: string, index: ReadonlyMap<string, string>): void {
  const shards = [...new Set(index.values())].map((file) => path.basename(file)).sort();
  if (shards.includes(SINGLE_FILE)) return;
  throw new CheckpointError(
    `holds ${SINGLE_FILE} and also ${INDEX_FILE}, which names others (${shards[0]}, ${shards.length} in ` +
      `all): one of the two is left over from another save. transformers reads ${SINGLE_FILE}; remove the index to do the same, or ` +
      `${SINGLE_FILE} to use the others`,
    { path: folder },
  );
}

function missingWeights(folder: string): string {
  const wanted = `holds no ${SINGLE_FILE} and no ${INDEX_FILE}`;
  const pickle = fs.readdirSync(folder).find((name) => /\.(bin|pt|pth|pkl|ckpt)$/.test(name));
  return pickle === undefined
    ? `${wanted}; is it a model folder?`
    : `${wanted}, only the pickle ${pickle}. ${PICKLE_HINT}`;
}

/** One message for everything the index and its shards disagree on; nothing is loaded half. */
function requireAgreement(
  indexPath: string,
  index: ReadonlyMap<string, string>,
  files: readonly SafetensorsFile[],
): void {
  const homes = new Map<string, string[]>([...index.keys()].map((name) => [name, []]));
  for (const file of files) {
    for (const name of file.tensors.keys())
      homes.set(name, [...(homes.get(name) ?? []), file.path]);
  }
  const problems: string[] = [];
  for (const [name, paths] of homes) {
    const problem = disagreement(index.get(name), paths);
    if (problem !== undefined) problems.push(`${JSON.stringify(name)} ${problem}`);
  }
  if (problems.length === 0) return;
  const shown = problems.slice(0, 10).join("; ");
  const more = problems.length > 10 ? `; and ${problems.length - 10} more` : "";
  throw new CheckpointError(`does not match its shards: ${shown}${more}`, { path: indexPath });
}

function disagreement(indexed: string | undefined, stored: readonly string[]): string | undefined {
  const shards = stored.map((file) => path.basename(file)).join(" and ");
  if (stored.length > 1) return `is stored more than once, in ${shards}`;
  if (indexed === undefined) return `in ${shards} is not in the index`;
  if (stored.length === 0) return `is missing from ${path.basename(indexed)}`;
  if (stored[0] !== indexed) return `is in ${shards}, the index says ${path.basename(indexed)}`;
  return undefined;
}
