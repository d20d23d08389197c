// manifest.json: the size and SHA-256 of every file of a checkpoint directory, so that damage names its file.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CheckpointError } from "./checkpoint-error.js";

export const MANIFEST_FILE = "manifest.json";
const READ_BYTES = 4 * 1024 * 1024;

interface Manifest {
  readonly version: 1;
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** Writes the manifest of all files in `folder`, at any depth. */
export function writeManifest(folder: string): void {
  const names = filesIn(folder).filter((name) => name !== MANIFEST_FILE);
  const files = names.map((name) => [name, fingerprint(path.join(folder, name))]);
  const manifest = { version: 1, files: Object.fromEntries(files) };
  fs.writeFileSync(path.join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, undefined, 2)}\n`);
}

/** Checks every file against the manifest; throws a CheckpointError naming the first that is missing or changed. */
export function verifyManifest(folder: string): void {
  for (const [name, { bytes, sha256 }] of Object.entries(readManifest(folder).files)) {
    const file = path.join(folder, name);
    if (!fs.existsSync(file))
      throw new CheckpointError("is missing, though the manifest lists it", { path: file });
    const found = fingerprint(file);
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
  return Object.keys(readManifest(folder).files);
}

/** All files below `folder`, relative to it, sorted. */
export function filesIn(folder: string): string[] {
  const entries = fs.readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function readManifest(folder: string): Manifest {
  const file = path.join(folder, MANIFEST_FILE);
  if (!fs.existsSync(file))
    throw new CheckpointError(`has no ${MANIFEST_FILE}; it is not a complete checkpoint`, {
      path: folder,
    });
  try {
    const manifest = JSON.parse(fs.readFileSync(file, "utf8")) as Partial<Manifest>;
    if (manifest.version === 1 && typeof manifest.files === "object") return manifest as Manifest;
  } catch (cause) {
    throw new CheckpointError("is damaged: it is not JSON", { path: file, cause });
  }
  throw new CheckpointError("is not a manifest of version 1", { path: file });
}

function fingerprint(file: string): { bytes: number; sha256: string } {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(READ_BYTES);
  const descriptor = fs.openSync(file, "r");
  let bytes = 0;
  try {
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
