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

/**
 * @param after the number of a line: those up to it are passed over, without a look at what they hold
 * @throws DataError when the file cannot be read
 */
export function* linesOf(file: string, after = 0): Generator<Line, void, undefined> {
  const descriptor = openPlainFile(file, dataProblem);
  try {
    yield* linesIn(descriptor, after);
  } finally {
    fs.closeSync(descriptor);
  }
}

function* linesIn(descriptor: number, after: number): Generator<Line, void, undefined> {
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  const open = new OpenLine(after);
  for (;;) {
    const count = fs.readSync(descriptor, piece, 0, PIECE_BYTES, null);
    if (count === 0) break;
    let begin = 0;
    for (let end = piece.indexOf(NEWLINE); end !== -1 && end < count; ) {
      const line = open.close(piece.subarray(begin, end));
      if (line !== undefined) yield line;
      begin = end + 1;
      end = piece.indexOf(NEWLINE, begin);
    }
    open.add(piece.subarray(begin, count));
  }
  const last = open.isEmpty ? undefined : open.close(Buffer.alloc(0));
  if (last !== undefined) yield last;
}

/** The line whose end is not read yet. */
class OpenLine {
  #parts: Buffer[] = [];
  #bytes = 0;
  #number = 1;
  #offset = 0;
  readonly #after: number;

  constructor(after: number) {
    this.#after = after;
  }

  get isEmpty(): boolean {
    return this.#bytes === 0;
  }

  /** Takes a copy; what makes the line too long is counted, not kept, and so is a line that is passed over. */
  add(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#number <= this.#after) return;
    if (this.#bytes <= MAX_LINE_BYTES) this.#parts.push(Buffer.from(part));
    else this.#parts = [];
  }

  /** Undefined for a line that is passed over. */
  close(rest: Buffer): Line | undefined {
    this.add(rest);
    const place = { number: this.#number, offset: this.#offset };
    const isWanted = this.#number > this.#after;
    const line = isWanted ? { ...place, ...this.#content() } : undefined;
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
