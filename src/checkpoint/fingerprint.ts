// Size and SHA-256 of a file: counted while it is written, so that a save reads nothing again, or read from the disk.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { openPlainFile } from "../files/plain-file.js";
import { checkpointProblem } from "./checkpoint-error.js";

const READ_BYTES = 4 * 1024 * 1024;

export interface Fingerprint {
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** Of files by name. */
export type Fingerprints = Readonly<Record<string, Fingerprint>>;

/** A file being written; its fingerprint is of what was in memory, not of what a disk gives back. */
export class FingerprintedFile {
  readonly #descriptor: number;
  readonly #hash = createHash("sha256");
  #bytes = 0;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  write(bytes: Uint8Array): void {
    writeFully(this.#descriptor, bytes);
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  /** Once all is written. */
  fingerprint(): Fingerprint {
    return { bytes: this.#bytes, sha256: this.#hash.digest("hex") };
  }
}

/** Writes all bytes, in as many calls as it takes. */
function writeFully(descriptor: number, bytes: Uint8Array): void {
  const chunkBytes = 256 * 1024 * 1024;
  let done = 0;
  while (done < bytes.length) {
    done += fs.writeSync(descriptor, bytes, done, Math.min(chunkBytes, bytes.length - done));
  }
}

/** A file whose size differs from the one expected is not read: it may be as large as the disk. */
export function fingerprintOf(file: string, expected?: number): Fingerprint {
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
