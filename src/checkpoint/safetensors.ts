// Reading a safetensors file: open and check once, then read tensors by name, each into memory of its own.
// Nothing is mapped, so a file may be replaced while it is open; nothing is unpickled, ever.

import fs from "node:fs";
import { fileState, WRITTEN_TO } from "../files/file-state.js";
import { PICKLE_HINT } from "../files/foreign-weights.js";
import { openPlainFile, readFully } from "../files/plain-file.js";
import { type OpenEffect, openEffect } from "../host/index.js";
import { CheckpointError, checkpointProblem } from "./checkpoint-error.js";
import {
  HeaderError,
  LENGTH_BYTES,
  parseHeader,
  parseHeaderLength,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensors-header.js";

/** An open, fully checked safetensors file. Close it, or declare it with `using`. */
export class SafetensorsFile implements Disposable {
  readonly path: string;
  /** The `__metadata__` of the file; `format` is "pt" in files of Hugging Face. */
  readonly metadata: ReadonlyMap<string, string>;
  /** Every tensor by name, in the order of the data. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly #descriptor: number;
  /** When it was opened. */
  readonly #state: string;
  readonly #opened: OpenEffect;
  #isOpen: boolean = true;

  private constructor(path: string, descriptor: number, header: SafetensorsHeader) {
    this.path = path;
    this.metadata = header.metadata;
    this.tensors = header.tensors;
    this.#descriptor = descriptor;
    this.#state = fileState(descriptor);
    this.#opened = openEffect(() => {
      this.#isOpen = false;
      fs.closeSync(descriptor);
    });
  }

  /** Opens and checks `path`; throws a CheckpointError that names the file, and the tensor at fault. */
  static open(path: string): SafetensorsFile {
    const descriptor = openPlainFile(path, checkpointProblem);
    try {
      return new SafetensorsFile(path, descriptor, readHeader(path, descriptor));
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
  }

  /** Dtype, shape and place of a tensor; throws when the file has no tensor of that name. */
  entry(name: string): TensorEntry {
    const entry = this.tensors.get(name);
    if (entry !== undefined) return entry;
    throw new CheckpointError(
      `has no tensor ${JSON.stringify(name)} among its ${this.tensors.size}`,
      { path: this.path },
    );
  }

  /** The bytes of a tensor, little-endian and row-major, in a fresh buffer. */
  read(name: string): Uint8Array<ArrayBuffer> {
    const { begin, end } = this.entry(name);
    return this.readRange(name, 0, end - begin);
  }

  /** Bytes `begin` to `end` of a tensor, for tensors larger than a buffer may be (4 GiB in Node 20). */
  readRange(name: string, begin: number, end: number): Uint8Array<ArrayBuffer> {
    this.#requireWithin(name, begin, end);
    const bytes = new Uint8Array(end - begin);
    this.readInto(name, begin, bytes);
    return bytes;
  }

  /** Fills `target` with the bytes of a tensor from `begin` on. */
  readInto(name: string, begin: number, target: Uint8Array): void {
    this.#requireWithin(name, begin, begin + target.length);
    if (!this.#isOpen)
      throw new CheckpointError(`is closed; tensor ${JSON.stringify(name)} cannot be read`, {
        path: this.path,
      });
    const count = readFully(this.#descriptor, target, this.entry(name).begin + begin);
    if (count === target.length) return;
    throw new CheckpointError(
      `tensor ${JSON.stringify(name)}: the file became shorter while open (${count} of ${target.length} bytes left)`,
      { path: this.path },
    );
  }

  #requireWithin(name: string, begin: number, end: number): void {
    const entry = this.entry(name);
    const size = entry.end - entry.begin;
    if (begin >= 0 && begin <= end && end <= size) return;
    throw new RangeError(
      `bytes ${begin} to ${end} of ${JSON.stringify(name)} asked, it has ${size}`,
    );
  }

  /** @throws CheckpointError when the file was written to since it was opened; one that was removed or replaced is still read */
  requireUnchanged(): void {
    if (this.#isOpen && fileState(this.#descriptor) !== this.#state)
      throw new CheckpointError(WRITTEN_TO, { path: this.path });
  }

  /** It stays open until it is closed, also when the cell is cut off that opened it. */
  keepOpen(): void {
    this.#opened.outliveCell();
  }

  close(): void {
    this.#opened.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function readHeader(path: string, descriptor: number): SafetensorsHeader {
  const fileBytes = fs.fstatSync(descriptor).size;
  const start = new Uint8Array(Math.min(LENGTH_BYTES, fileBytes));
  readFully(descriptor, start, 0);
  try {
    const json = new Uint8Array(parseHeaderLength(start, fileBytes));
    readFully(descriptor, json, LENGTH_BYTES);
    return parseHeader(json, fileBytes);
  } catch (cause) {
    if (!(cause instanceof HeaderError)) throw cause;
    const problem = foreignFormat(start) ?? `not a valid safetensors file: ${cause.message}`;
    throw new CheckpointError(problem, { path, cause });
  }
}

/** What a file that is no safetensors file looks like, told by its first bytes. */
function foreignFormat(start: Uint8Array): string | undefined {
  const text = Buffer.from(start).toString("latin1");
  const protocol = start[1] ?? 0;
  const isBarePickle = start[0] === 0x80 && protocol >= 2 && protocol <= 5;
  const isPickle = isBarePickle || text.startsWith("PK\u0003\u0004");
  if (isPickle) return `holds a Python pickle, not safetensors. ${PICKLE_HINT}`;
  if (text.startsWith("version "))
    return "is a Git LFS pointer; run `git lfs pull` to get the file itself";
  return undefined;
}
