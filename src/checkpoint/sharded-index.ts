// `model.safetensors.index.json`, Hugging Face's table of which shard holds which tensor. An index comes from
// outside, so it may name only plain files that truly lie in its own folder.

import fs from "node:fs";
import path from "node:path";
import { parseStrictJson, type StrictJson } from "../files/strict-json.js";
import { CheckpointError } from "./checkpoint-error.js";
import { replaceFile, writeFully } from "./durable-files.js";
import { MAX_HEADER_BYTES } from "./safetensors-header.js";

export const SINGLE_FILE = "model.safetensors";
export const INDEX_FILE = "model.safetensors.index.json";

/** Tensor name -> absolute path of its shard, from the index in `folder`. Throws a CheckpointError. */
export function readIndex(folder: string): ReadonlyMap<string, string> {
  const indexPath = path.join(folder, INDEX_FILE);
  const weightMap = parseIndex(indexPath);
  const shardPaths = new Map<string, string>();
  for (const [tensor, shard] of weightMap) {
    if (typeof shard !== "string") {
      throw new CheckpointError(`weight_map ${JSON.stringify(tensor)} is not a file name`, {
        path: indexPath,
      });
    }
    if (!shardPaths.has(shard)) shardPaths.set(shard, plainFileInside(folder, shard, indexPath));
  }
  return new Map(
    [...weightMap].map(([tensor, shard]) => [tensor, shardPaths.get(String(shard)) ?? ""]),
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

function parseIndex(indexPath: string): ReadonlyMap<string, StrictJson> {
  const { size } = fs.statSync(indexPath);
  if (size > MAX_HEADER_BYTES) {
    throw new CheckpointError(
      `an index of ${size} bytes is longer than the allowed ${MAX_HEADER_BYTES}`,
      { path: indexPath },
    );
  }
  let index: StrictJson;
  try {
    index = parseStrictJson(fs.readFileSync(indexPath, "utf8"));
  } catch (cause) {
    throw new CheckpointError(`not valid JSON: ${(cause as Error).message}`, {
      path: indexPath,
      cause,
    });
  }
  const weightMap = index instanceof Map ? index.get("weight_map") : undefined;
  if (weightMap instanceof Map && weightMap.size > 0) return weightMap;
  throw new CheckpointError("has no weight_map with tensor names and file names", {
    path: indexPath,
  });
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
  if (!fs.existsSync(shardPath)) refuse("which is missing; copy it beside the index");
  if (path.dirname(fs.realpathSync(shardPath)) !== fs.realpathSync(folder)) {
    refuse("which is a link out of the folder; copy the file itself here (cp -L)");
  }
  if (!fs.statSync(shardPath).isFile()) refuse("which is not a plain file");
  return shardPath;
}
