// The lines of a file, read piece by piece: memory is bounded by the longest line that is allowed, not by the file.
import fs from "node:fs";
import { openPlainFile } from "../../files/plain-file.js";
import { dataProblem } from "../data-error.js";

/** One line without its end. */
export interface Line {
  /** From 1. */
  readonly number: number;
  /** Where it begins in the file, in bytes. */
  readonly offset: number;
  /** Undefined when it is too long or no UTF-8; `problem` says which. */
  readonly text: string | undefined;
  readonly problem?: string;
}

const PIECE_BYTES = 1 << 20;
/** A conversation of a million tokens has about 4 MB. */
export const MAX_LINE_BYTES = 32 << 20;
const NEWLINE = 0x0a;

/** @throws DataError when the file cannot be read */
export function* linesOf(file: string): Generator<Line, void, undefined> {
  const descriptor = openPlainFile(file, dataProblem);
  try {
    yield* linesIn(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function* linesIn(descriptor: number): Generator<Line, void, undefined> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const open = new OpenLine();
  for (;;) {
    const count = fs.readSync(descriptor, piece, 0, PIECE_BYTES, null);
    if (count === 0) break;
    let begin = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1 && end < count; ) {
      yield open.close(piece.subarray(begin, end));
      begin = end + 1;
      end = piece.indexOf(NEWLINE, begin);
    }
    open.add(piece.subarray(begin, count));
  }
  if (!open.isEmpty) yield open.close(Buffer.alloc(0));
}

/** The line whose end is not read yet. */
class OpenLine {
  #parts: Buffer[] = [];
  #bytes = 0;
  #number = 1;
  #offset = 0;

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** Takes a copy; what makes the line too long is counted, not kept. */
  add(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes <= MAX_LINE_BYTES) this.#parts.push(Buffer.from(part));
    else this.#parts = [];
  }

  close(rest: Buffer): Line {
    this.add(rest);
    const place = { number: this.#number, offset: this.#offset };
    const line = { ...place, ...this.#content() };
    this.#number++;
    this.#offset += this.#bytes + 1;
    [this.#parts, this.#bytes] = [[], 0];
    return line;
  }

  #content(): Pick<Line, "text" | "problem"> {
    if (this.#bytes > MAX_LINE_BYTES) {
      const most = `at most ${MAX_LINE_BYTES} bytes are read`;
      return { text: undefined, problem: `the line has ${this.#bytes} bytes; ${most}` };
    }
    try {
      const text = DECODER.decode(Buffer.concat(this.#parts));
      return { text: text.endsWith("\r") ? text.slice(0, -1) : text };
    } catch {
      // What is wrong is the bytes, and where they are is known.
      return { text: undefined, problem: "is not UTF-8 text" };
    }
  }
}

const DECODER = new TextDecoder("utf-8", { fatal: true });
