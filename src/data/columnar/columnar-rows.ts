// Rows of Parquet and Arrow files, read in a thread with limits: a damaged or hostile file ends the thread at most, by
// its time or memory, and not the process. One group of rows (Parquet's row group, Arrow's record batch) is in memory at a time.
import fs from "node:fs";
import { totalmem } from "node:os";
import { openPlainFile } from "../../files/plain-file.js";
import { openEffect } from "../../host/index.js";
import { LimitedThread } from "../../threads/limited-thread.js";
import { DataError, dataProblem } from "../data-error.js";
import type { DataRow } from "../rows/read-rows.js";
import type { ColumnarCall, ColumnarFormat, ColumnarRows } from "./columnar-calls.js";

const MB = 2 ** 20;
/** Of the thread: what any file may take, and more for each of its bytes, which may be packed. */
const MEMORY = { leastMb: 512, perFileMb: 32 };
/** Of one group of rows. */
const TIME = { leastMs: 10_000, perFileMbMs: 500 };

/**
 * The rows of a file, without the first `skip`.
 * @throws DataError for what is no such file, is damaged, or takes more memory or time than its size warrants
 */
export function* columnarRows(
  file: string,
  format: ColumnarFormat,
  skip = 0,
): Generator<{ readonly line: number; readonly value: DataRow }, void, undefined> {
  const reading = new Reading(file);
  using _ = openEffect(() => reading.close());
  let line = skip;
  let rows = reading.ask({ name: "open", file, format, skip });
  for (; rows !== undefined; rows = reading.ask({ name: "next" }))
    for (const value of rows) yield { line: ++line, value };
}

/** A file that is read, and the thread that is its own meanwhile. */
class Reading {
  readonly #file: string;
  readonly #timeMs: number;
  #thread: LimitedThread<ColumnarCall, ColumnarRows> | undefined;

  constructor(file: string) {
    const sizeMb = sizeOf(file) / MB;
    this.#file = file;
    this.#timeMs = TIME.leastMs + TIME.perFileMbMs * sizeMb;
    this.#thread = takeThread(MEMORY.leastMb + MEMORY.perFileMb * sizeMb);
  }

  ask(call: ColumnarCall): ColumnarRows {
    const { memoryMb } = this.#thread as { memoryMb: number };
    const answer = this.#thread?.call(call, this.#timeMs);
    if (answer !== undefined && "result" in answer) return answer.result;
    if (answer !== undefined) throw new DataError(`${this.#file}: ${answer.error}`);
    this.#thread = undefined;
    throw new DataError(
      `${this.#file}: takes more than ${memoryMb} MB of memory or ${Math.round(this.#timeMs / 1000)} s to read; if the file is sound, ` +
        "write it with fewer rows in a group: pyarrow's write_table(..., row_group_size=1000)",
    );
  }

  close(): void {
    if (this.#thread !== undefined) giveBack(this.#thread);
    this.#thread = undefined;
  }
}

function sizeOf(file: string): number {
  const descriptor = openPlainFile(file, dataProblem);
  const { size } = fs.fstatSync(descriptor);
  fs.closeSync(descriptor);
  return size;
}

/** One that has read its file waits for the next: starting takes longer than reading a small file. */
let idle: LimitedThread<ColumnarCall, ColumnarRows> | undefined;

function takeThread(warrantedMb: number): LimitedThread<ColumnarCall, ColumnarRows> {
  const neededMb = Math.ceil(Math.min(totalmem() / 2 / MB, warrantedMb));
  const thread = idle;
  idle = undefined;
  if (thread !== undefined && thread.memoryMb >= neededMb && thread.memoryMb <= 2 * neededMb)
    return thread;
  thread?.end();
  return new LimitedThread(new URL("./columnar-thread.js", import.meta.url), neededMb);
}

function giveBack(thread: LimitedThread<ColumnarCall, ColumnarRows>): void {
  idle?.end();
  idle = thread;
}
