// The weights in a Hugging Face model folder, one file or many, seen as one set of named tensors.

import fs from "node:fs";
import path from "node:path";
import { aPath, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { requireFolder } from "../files/folder.js";
import { PICKLE_HINT } from "../files/foreign-weights.js";
import { isThere } from "../files/plain-file.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { SafetensorsFile } from "./safetensors.js";
import type { TensorEntry } from "./safetensors-header.js";
import { aPrefix, indexFile, readIndex, singleFile } from "./sharded-index.js";

/** Options of reading weights. */
export interface ReadWeightsOptions {
  /** As it was given when they were written. */
  readonly prefix?: string | undefined;
}

const READ_OPTIONS: OptionTable<ReadWeightsOptions> = { prefix: aPrefix };

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
   * @param options `prefix`: as it was given when they were written; the names are then those of Hugging Face's variants
   */
  static open(folder: string, options: ReadWeightsOptions = {}): WeightsFolder {
    requireValue("WeightsFolder.open: folder", folder, aPath);
    checkOptions("WeightsFolder.open", options, READ_OPTIONS);
    requireFolder(folder, {
      what: "model folder",
      problem: checkpointProblem,
    });
    const names = { single: singleFile(options.prefix), index: indexFile(options.prefix) };
    const has = (name: string) => isThere(path.join(folder, name));
    if (has(names.index)) {
      const index = readIndex(folder, names.index);
      if (has(names.single)) requireOneSource(folder, index, names);
      return WeightsFolder.#openShards(path.join(folder, names.index), index);
    }
    if (has(names.single))
      return new WeightsFolder(folder, [SafetensorsFile.open(path.join(folder, names.single))]);
    throw new CheckpointError(missingWeights(folder, names), { path: folder });
  }

  static #openShards(indexPath: string, index: ReadonlyMap<string, string>): WeightsFolder {
    const files: SafetensorsFile[] = [];
    try {
      for (const shardPath of new Set(index.values())) files.push(SafetensorsFile.open(shardPath));
      requireAgreement(indexPath, index, files);
    } catch (error) {
      for (const file of files) file.close();
      throw error;
    }
    return new WeightsFolder(path.dirname(indexPath), files);
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

  /** Its files stay open until they are closed, also when the cell is cut off that opened them. */
  keepOpen(): void {
    for (const file of this.#files) file.keepOpen();
  }

  /** Closes the folder's files. */
  close(): void {
    for (const file of this.#files) file.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

interface Names {
  readonly single: string;
  readonly index: string;
}

/** An index beside a single file that it does not name: two models in one folder, one of them left over from before. */
function requireOneSource(
  folder: string,
  map: ReadonlyMap<string, string>,
  { single, index }: Names,
): void {
  const shards = [...new Set(map.values())].map((file) => path.basename(file)).sort();
  if (shards.includes(single)) return;
  throw new CheckpointError(
    `holds ${single} and also ${index}, which names others (${shards[0]}, ${shards.length} in ` +
      `all): one of the two is left over from another save. transformers reads ${single}; remove the index to do the same, or ` +
      `${single} to use the others`,
    { path: folder },
  );
}

function missingWeights(folder: string, { single, index }: Names): string {
  const wanted = `holds no ${single} and no ${index}`;
  const found = fs.readdirSync(folder);
  const pickle = found.find((name) => /\.(bin|pt|pth|pkl|ckpt)$/.test(name));
  if (pickle !== undefined) return `${wanted}, only the pickle ${pickle}. ${PICKLE_HINT}`;
  const other = found.find((name) => /^model\..*safetensors/.test(name));
  return other === undefined
    ? `${wanted}; is it a model folder?`
    : `${wanted}, only ${other}; give the prefix that it was written with`;
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
