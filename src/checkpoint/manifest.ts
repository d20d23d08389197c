// manifest.json: what a directory is, and the size and SHA-256 of each of its files, so that damage names its file.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { integer, kind, oneOf } from "../arguments/checks.js";
import { checkFields, jsonObject, required, tableOf } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere, openPlainFile } from "../files/plain-file.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";

export const MANIFEST_FILE = "manifest.json";
const READ_BYTES = 4 * 1024 * 1024;

/** Size and SHA-256 in hexadecimal digits. */
interface Fingerprint {
  readonly bytes: number;
  readonly sha256: string;
}

/** A model's weights, an optimizer's state, or all that training needs to go on. */
export type DirectoryKind = "model" | "optimizer" | "checkpoint";

const SCHEMA = {
  version: required(oneOf(1)),
  kind: oneOf("model", "optimizer", "checkpoint"),
  files: required(tableOf(jsonObject)),
} as const;
const FILE = {
  bytes: required(integer({ min: 0 })),
  sha256: required(
    kind<string>(
      "64 hexadecimal digits",
      (value) => typeof value === "string" && /^[0-9a-f]{64}$/.test(value),
    ),
  ),
} as const;

/** Writes the manifest of all files in `folder`, at any depth. */
export function writeManifest(folder: string, kind: DirectoryKind): void {
  const names = filesIn(folder).filter((name) => name !== MANIFEST_FILE);
  const files = names.map((name) => [name, fingerprint(path.join(folder, name))]);
  const manifest = { version: 1, kind, files: Object.fromEntries(files) };
  fs.writeFileSync(path.join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Checks every file against the manifest; throws a CheckpointError naming the first that is missing or changed. */
export function verifyManifest(folder: string): void {
  for (const [name, { bytes, sha256 }] of readManifest(folder).files) {
    const file = path.join(folder, name);
    if (!isThere(file))
      throw new CheckpointError("is missing, though the manifest lists it", { path: file });
    const found = fingerprint(file, bytes);
    if (found.bytes !== bytes)
      throw new CheckpointError(`has ${found.bytes} bytes, the manifest says ${bytes}`, {
        path: file,
      });
    if (found.sha256 !== sha256)
      throw new CheckpointError("is damaged: its SHA-256 differs from the manifest's", {
        path: file,
      });
  }
}

/** Names of the files a checkpoint directory was written with, relative to it. */
export function manifestFiles(folder: string): string[] {
  return [...readManifest(folder).files.keys()];
}

/** What the directory says that it is; undefined where it does not say. */
export function directoryKind(folder: string): DirectoryKind | undefined {
  return readManifest(folder).kind;
}

/** All files below `folder`, relative to it, sorted. */
export function filesIn(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

interface Manifest {
  readonly kind?: DirectoryKind;
  /** Fingerprints by file name. */
  readonly files: ReadonlyMap<string, Fingerprint>;
}

function readManifest(folder: string): Manifest {
  const file = path.join(folder, MANIFEST_FILE);
  if (!isThere(file))
    throw new CheckpointError(`has no ${MANIFEST_FILE}; it is not a complete checkpoint`, {
      path: folder,
    });
  const at = { path: file, problem: checkpointProblem };
  const { files, ...said } = checkFields(readJsonObject(file, at), SCHEMA, at);
  const entries = [...files].map(([name, described]) => {
    requireInside(name, file);
    return [name, checkFields(described, FILE, { ...at, within: `files.${name}` })] as const;
  });
  return { ...said, files: new Map(entries) };
}

/** A manifest may name only files below its own folder. */
function requireInside(name: string, manifest: string): void {
  const parts = name.split("/");
  const isInside = parts.every((part) => part !== "" && part !== "." && part !== "..");
  if (isInside && !name.includes("\0")) return;
  throw new CheckpointError(`names ${JSON.stringify(name)}, which is no file below its folder`, {
    path: manifest,
  });
}

/** A file whose size differs from the one expected is not read: it may be as large as the disk. */
function fingerprint(file: string, expected?: number): Fingerprint {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(READ_BYTES);
  const descriptor = openPlainFile(file, checkpointProblem);
  let bytes = 0;
  try {
    const { size } = fs.fstatSync(descriptor);
    if (expected !== undefined && size !== expected) return { bytes: size, sha256: "" };
    for (;;) {
      const count = fs.readSync(descriptor, buffer, 0, buffer.length, bytes);
      if (count === 0) return { bytes, sha256: hash.digest("hex") };
      hash.update(buffer.subarray(0, count));
      bytes += count;
    }
  } finally {
    fs.closeSync(descriptor);
  }
}
