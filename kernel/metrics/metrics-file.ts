// `metrics.arrow` of one run: an Arrow IPC stream that is whole for whoever reads it from front to back, also while it is
// being written and after the kernel was killed. Its batches are followed by the end-of-stream mark FFFFFFFF 00000000. A
// batch is appended by first writing all of it but its first eight bytes, and a new end mark, behind the old mark; the four
// zeros of the old mark are then overwritten by the length they stand for, and the batch comes into existence. Who asks for
// the size first and then reads no further (`readFileSync`) may be given that length without what has come behind it.

import { type FileHandle, mkdir, open, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import {
  END_OF_STREAM,
  encodeRows,
  type MetricsMetadata,
  type MetricsRow,
  splitStream,
} from "notebooster/report";

const MAX_BATCH_ROWS = 8192;

export class MetricsFile {
  readonly #path: string;
  readonly #metadata: MetricsMetadata;
  #size = 0;

  constructor(path: string, metadata: MetricsMetadata) {
    this.#path = path;
    this.#metadata = metadata;
  }

  /** Appends rows in batches of bounded size. Await it before appending again. */
  async append(rows: readonly MetricsRow[]): Promise<void> {
    if (this.#size === 0) await this.#create();
    await using file = await open(this.#path, "r+");
    for (let start = 0; start < rows.length; start += MAX_BATCH_ROWS) {
      const stream = encodeRows(rows.slice(start, start + MAX_BATCH_ROWS), this.#metadata);
      await this.#appendBatch(file, splitStream(stream).batches);
    }
  }

  async #create(): Promise<void> {
    await mkdir(dirname(this.#path), { recursive: true });
    const { schema } = splitStream(encodeRows([], this.#metadata));
    const bytes = Buffer.concat([schema, END_OF_STREAM]);
    await writeFile(`${this.#path}.new`, bytes, { flush: true });
    await rename(`${this.#path}.new`, this.#path);
    this.#size = bytes.length;
  }

  async #appendBatch(file: FileHandle, batch: Uint8Array): Promise<void> {
    const mark = this.#size - END_OF_STREAM.length;
    const rest = Buffer.concat([batch.subarray(8), END_OF_STREAM]);
    await writeFully(file, rest, this.#size);
    await writeFully(file, batch.subarray(4, 8), mark + 4);
    this.#size += rest.length;
  }
}

/** A full disk shows as a short write before it shows as an error. */
async function writeFully(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const left = bytes.length - written;
    written += (await file.write(bytes, written, left, position + written)).bytesWritten;
  }
}
