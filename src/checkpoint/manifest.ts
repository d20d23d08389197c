// manifest.json: what a directory is, and the size and SHA-256 of each of its files, so that damage names its file.

import fs from "node:fs";
import path from "node:path";
import { integer, kind, oneOf } from "../arguments/checks.js";
import { checkFields, jsonObject, required, tableOf } from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import { type Fingerprint, type Fingerprints, fingerprintOf } from "./fingerprint.js";

export const MANIFEST_FILE = "manifest.json";

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

/**
 * Writes the manifest of all files in `folder`, at any depth.
 * @param written fingerprints of those that are known; others are read
 */
export function writeManifest(
  folder: string,
  kind: DirectoryKind,
  written: Fingerprints = {},
): void {
  const names = filesIn(folder).filter((name) => name !== MANIFEST_FILE);
  const files = names.map((name) => {
    const file = path.join(folder, name);
    return [name, whole(file, written[name]) ?? fingerprintOf(file)];
  });
  const manifest = { version: 1, kind, files: Object.fromEntries(files) };
  fs.writeFileSync(path.join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** @throws CheckpointError for a file that is not as long as what was written to it */
function whole(file: string, written: Fingerprint | undefined): Fingerprint | undefined {
  if (written === undefined) return undefined;
  const { size } = fs.statSync(file);
  if (size === written.bytes) return written;
  throw new CheckpointError(`has ${size} bytes, ${written.bytes} were written to it`, {
    path: file,
  });
}

/** Checks every file against the manifest; throws a CheckpointError naming the first that is missing or changed. */
export function verifyManifest(folder: string): void {
  for (const [name, { bytes, sha256 }] of readManifest(folder).files) {
    const file = path.join(folder, name);
    if (!isThere(file))
      throw new CheckpointError("is missing, though the manifest lists it", { path: file });
    const found = fingerprintOf(file, bytes);
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
