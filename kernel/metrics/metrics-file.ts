// `metrics.arrow` of one run: an Arrow IPC stream that is whole for whoever reads it from front to back, also while it is
// being written and after the kernel was killed. Its batches are followed by the end-of-stream mark FFFFFFFF 00000000. A
// batch is appended by first writing all of it but its first eight bytes, and a new end mark, behind the old mark; the four
// zeros of the old mark are then overwritten by the length they stand for, and the batch comes into existence. Who asks for
// the size first and then reads no further (`readFileSync`) may be given that length without what has come behind it.
// A stream's columns are fixed, so a metric of a new name rewrites the file, under another name until it is whole.

import { type FileHandle, open, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  END_OF_STREAM,
  encodeRows,
  type MetricsMetadata,
  type MetricsRow,
  namesOfOthers,
  splitStream,
} from "notebooster/report";
import { fileProblem } from "../../src/files/file-error.js";
import { makeFolder } from "../../src/files/folder.js";
import { readRows } from "./read-run.js";

const MAX_BATCH_ROWS = 8192;

export class MetricsFile {
  readonly #path: string;
  readonly #metadata: MetricsMetadata;
  #size = 0;
  /** The run's own metrics that have a column. */
  #names: readonly string[] = [];

  constructor(path: string, metadata: MetricsMetadata) {
    this.#path = path;
    this.#metadata = metadata;
  }

  /** Appends rows in batches of bounded size. Await it before appending again. */
  async append(rows: readonly MetricsRow[]): Promise<void> {
    const names = [...new Set([...this.#names, ...namesOfOthers(rows)])];
    if (this.#size === 0) await this.#create(names);
    else if (names.length > this.#names.length) await this.#widen(names);
    await using file = await open(this.#path, "r+");
    for (let start = 0; start < rows.length; start += MAX_BATCH_ROWS) {
      const { batches } = this.#encode(rows.slice(start, start + MAX_BATCH_ROWS), this.#names);
      this.#size = await appendBatch(file, batches, this.#size);
    }
  }

  async #create(names: readonly string[]): Promise<void> {
    makeFolder(dirname(this.#path), { what: "folder of a run", problem: fileProblem });
    const size = await this.#begin(names);
    await rename(`${this.#path}.new`, this.#path);
    [this.#size, this.#names] = [size, names];
  }

  /** Writes the same rows with further columns, which are null in them. */
  async #widen(names: readonly string[]): Promise<void> {
    let size = await this.#begin(names);
    await using file = await open(`${this.#path}.new`, "r+");
    for await (const rows of readRows(this.#path)) {
      size = await appendBatch(file, this.#encode(rows, names).batches, size);
    }
    await file.sync();
    await rename(`${this.#path}.new`, this.#path);
    [this.#size, this.#names] = [size, names];
  }

  /** A stream without rows in a file of its own; returns its size. */
  async #begin(names: readonly string[]): Promise<number> {
    const bytes = Buffer.concat([this.#encode([], names).schema, END_OF_STREAM]);
    await writeFile(`${this.#path}.new`, bytes, { flush: true });
    return bytes.length;
  }

  #encode(rows: readonly MetricsRow[], names: readonly string[]) {
    return splitStream(encodeRows(rows, this.#metadata, names));
  }
}

/** Appends to a stream of `size` bytes; returns its size then. */
async function appendBatch(file: FileHandle, batch: Uint8Array, size: number): Promise<number> {
  const mark = size - END_OF_STREAM.length;
  const rest = Buffer.concat([batch.subarray(8), END_OF_STREAM]);
  await writeFully(file, rest, size);
  await writeFully(file, batch.subarray(4, 8), mark + 4);
  return size + rest.length;
}

/** A full disk shows as a short write before it shows as an error. */
async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const left = bytes.length - written;
    written += (await file.write(bytes, written, left, position + written)).bytesWritten;
  }
}
