// `model.safetensors.index.json`, Hugging Face's table of which shard holds which tensor. An index comes from
// outside, so it may name only plain files that truly lie in its own folder, or where the Hub's cache puts that folder's files. A prefix, which Hugging Face calls a variant, stands
// before the last part of all names: `model.ema.safetensors`.

import fs from "node:fs";
import path from "node:path";
import { type Check, kind, nullable, text } from "../arguments/checks.js";
import { checkFields, jsonObject, required, tableOf } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import { isCacheBlob } from "../hub/cache-link.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";

/** The largest models have 100,000 tensors, which take 10 MB. */
const MAX_INDEX_BYTES = 16_000_000;

const SCHEMA = {
  metadata: nullable(jsonObject),
  weight_map: required(tableOf(text)),
} as const;

/** Stands between two dots of a file's name. */
export const aPrefix: Check<string> = kind(
  'a name of letters, digits, "_" and "-"',
  (value) => typeof value === "string" && /^[\w-]+$/.test(value),
);

/** Tensor name -> absolute path of its shard, from an index in `folder`. Throws a CheckpointError. */
export function readIndex(folder: string, name: string): ReadonlyMap<string, string> {
  const indexPath = path.join(folder, name);
  const at = { path: indexPath, problem: checkpointProblem };
  const index = readJsonObject(indexPath, { ...at, maxBytes: MAX_INDEX_BYTES });
  const { weight_map: weightMap } = checkFields(index, SCHEMA, at);
  if (weightMap.size === 0) throw new CheckpointError('"weight_map" names no tensor', at);
  const shardPaths = new Map(
    [...new Set(weightMap.values())].map((shard) => [
      shard,
      plainFileInside(folder, shard, indexPath),
    ]),
  );
  return new Map(
    [...weightMap].map(([tensor, shard]) => [tensor, shardPaths.get(shard) as string]),
  );
}

/** The text of the index of shards: tensor name -> shard file name. */
export function indexText(weightMap: ReadonlyMap<string, string>, totalBytes: number): string {
  const sorted = [...weightMap].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(
    ([tensor, shard]) => `    ${JSON.stringify(tensor)}: ${JSON.stringify(shard)}`,
  );
  return `{
  "metadata": {
    "total_size": ${totalBytes}
  },
  "weight_map": {
${lines.join(",\n")}
  }
}
`;
}

/** `model.safetensors`, or `model.ema.safetensors` with the prefix "ema". */
export function singleFile(prefix?: string): string {
  return `${stem(prefix)}.safetensors`;
}

export function indexFile(prefix?: string): string {
  return prefix === undefined
    ? "model.safetensors.index.json"
    : `model.safetensors.index.${prefix}.json`;
}

/** `model-00002-of-00005.safetensors` for the second of five shards; one shard is `model.safetensors`. */
export function shardFile(index: number, count: number, prefix?: string): string {
  return count === 1 ? singleFile(prefix) : `${stem(prefix)}-${placeOf(index, count)}.safetensors`;
}

/** "00002-of-00005" for the second of five. */
export function placeOf(index: number, count: number): string {
  const digits = (value: number) => String(value).padStart(5, "0");
  return `${digits(index + 1)}-of-${digits(count)}`;
}

/** Whether `name` is that of a file of weights, whatever the number of shards. */
export function isWeightFile(name: string, prefix?: string): boolean {
  if (name === singleFile(prefix) || name === indexFile(prefix)) return true;
  const beginning = `${stem(prefix)}-`;
  return (
    name.startsWith(beginning) && /^\d{5}-of-\d{5}\.safetensors$/.test(name.slice(beginning.length))
  );
}

function stem(prefix?: string): string {
  return prefix === undefined ? "model" : `model.${prefix}`;
}

function plainFileInside(folder: string, shard: string, indexPath: string): string {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new CheckpointError(`names the shard ${JSON.stringify(shard)}, ${problem}`, {
      path: indexPath,
      cause,
    });
  };
  if (!/^[^/\\\0]+\.safetensors$/.test(shard)) {
    refuse("which is not the plain name of a .safetensors file in the same folder");
  }
  const shardPath = path.join(folder, shard);
  if (!isThere(shardPath)) refuse("which is missing; copy it beside the index");
  if (isLinkOut(shardPath, folder))
    refuse("which is a link out of the folder; copy the file itself here (cp -L)");
  return shardPath;
}

/** A link that leads nowhere or in a circle is no link out; opening it says what is wrong. */
function isLinkOut(file: string, folder: string): boolean {
  try {
    const [place, own] = [fs.realpathSync(file), fs.realpathSync(folder)];
    return path.dirname(place) !== own && !isCacheBlob(place, own);
  } catch {
    return false;
  }
}
