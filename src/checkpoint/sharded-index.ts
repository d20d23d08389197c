// `model.safetensors.index.json`, Hugging Face's table of which shard holds which tensor. An index comes from
// outside, so it may name only plain files that truly lie in its own folder.

import fs from "node:fs";
import path from "node:path";
import { nullable, text } from "../arguments/checks.js";
import { checkFields, jsonObject, required, tableOf } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { replaceFile, writeFully } from "./durable-files.js";

export const SINGLE_FILE = "model.safetensors";
export const INDEX_FILE = "model.safetensors.index.json";
/** The largest models have 100,000 tensors, which take 10 MB. */
const MAX_INDEX_BYTES = 16_000_000;

const SCHEMA = {
  metadata: nullable(jsonObject),
  weight_map: required(tableOf(text)),
} as const;

/** Tensor name -> absolute path of its shard, from the index in `folder`. Throws a CheckpointError. */
export function readIndex(folder: string): ReadonlyMap<string, string> {
  const indexPath = path.join(folder, INDEX_FILE);
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

/** Writes the index of shards already written: tensor name -> shard file name. */
export function writeIndex(
  folder: string,
  weightMap: ReadonlyMap<string, string>,
  totalBytes: number,
): void {
  const sorted = [...weightMap].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(
    ([tensor, shard]) => `    ${JSON.stringify(tensor)}: ${JSON.stringify(shard)}`,
  );
  const text = `{
  "metadata": {
    "total_size": ${totalBytes}
  },
  "weight_map": {
${lines.join(",\n")}
  }
}
`;
  replaceFile(path.join(folder, INDEX_FILE), (descriptor) =>
    writeFully(descriptor, Buffer.from(text)),
  );
}

/** `model-00002-of-00005.safetensors` for the second of five shards; one shard is `model.safetensors`. */
export function shardName(index: number, count: number): string {
  if (count === 1) return SINGLE_FILE;
  const digits = (value: number) => String(value).padStart(5, "0");
  return `model-${digits(index + 1)}-of-${digits(count)}.safetensors`;
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
    return path.dirname(fs.realpathSync(file)) !== fs.realpathSync(folder);
  } catch {
    return false;
  }
}
