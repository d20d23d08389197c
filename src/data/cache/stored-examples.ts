// Examples in a file: their tokens one after the other, four bytes each, then the length of each example and how many of its tokens are
// learnt. A token that is not learnt is written as ~id, which is negative. Rows are read when they are asked for, so the system's cache of
// files decides what is in memory, and a file that is cut off is an error and not the end of the process, as it would be were it mapped.
import fs from "node:fs";
import { openPlainFile, readFully } from "../../files/plain-file.js";
import { DataError, dataProblem } from "../data-error.js";
import { type Example, IGNORED, numSupervised } from "../example.js";
import type { ExampleList } from "../example-list.js";

const WORD = Int32Array.BYTES_PER_ELEMENT;
const PIECE_WORDS = 1 << 18;

export interface StoredCounts {
  readonly numRows: number;
  readonly numTokens: number;
}

/** Writes examples as they come; none is kept in memory. */
export class ExampleWriter {
  readonly #descriptor: number;
  readonly #lengths: number[] = [];
  readonly #learnt: number[] = [];
  #piece = new Int32Array(PIECE_WORDS);
  #inPiece = 0;
  #numTokens = 0;

  constructor(file: string) {
    this.#descriptor = fs.openSync(file, "wx");
  }

  add(example: Example): void {
    const { inputIds, labels } = example;
    this.#lengths.push(inputIds.length);
    this.#learnt.push(numSupervised(example));
    this.#numTokens += inputIds.length;
    this.#write(inputIds.map((id, index) => (labels[index] === IGNORED ? ~id : id)));
  }

  /** Nothing can be added any more. */
  close(): StoredCounts {
    this.#write(Int32Array.from(this.#lengths));
    this.#write(Int32Array.from(this.#learnt));
    this.#flush();
    fs.fsyncSync(this.#descriptor);
    fs.closeSync(this.#descriptor);
    return { numRows: this.#lengths.length, numTokens: this.#numTokens };
  }

  #write(words: Int32Array): void {
    for (let begin = 0; begin < words.length; ) {
      const part = words.subarray(begin, begin + PIECE_WORDS - this.#inPiece);
      this.#piece.set(part, this.#inPiece);
      this.#inPiece += part.length;
      begin += part.length;
      if (this.#inPiece === PIECE_WORDS) this.#flush();
    }
  }

  #flush(): void {
    const bytes = new Uint8Array(this.#piece.buffer, 0, this.#inPiece * WORD);
    for (let done = 0; done < bytes.length; )
      done += fs.writeSync(this.#descriptor, bytes, done, bytes.length - done);
    this.#inPiece = 0;
  }
}

const closed = new FinalizationRegistry<number>((descriptor) => fs.closeSync(descriptor));

export class StoredExamples implements ExampleList {
  readonly #file: string;
  readonly #descriptor: number;
  /** Where each begins, and where the last ends. */
  readonly #begins: Float64Array;
  readonly #learnt: Int32Array;

  /** @throws DataError when the file has another size than it must have */
  constructor(file: string, { numRows, numTokens }: StoredCounts) {
    this.#file = file;
    this.#descriptor = openPlainFile(file, dataProblem);
    closed.register(this, this.#descriptor);
    const { size } = fs.fstatSync(this.#descriptor);
    if (size !== (numTokens + 2 * numRows) * WORD)
      throw new DataError(
        `${file}: has ${size} bytes, not those of ${numTokens} tokens in ${numRows} rows`,
      );
    const lengths = this.#words(numTokens, numRows);
    this.#learnt = this.#words(numTokens + numRows, numRows);
    this.#begins = new Float64Array(numRows + 1);
    for (const [index, length] of lengths.entries())
      this.#begins[index + 1] = (this.#begins[index] as number) + length;
  }

  get length(): number {
    return this.#learnt.length;
  }

  at(index: number): Example {
    const words = this.#words(this.#begins[index] as number, this.sizeOf(index));
    const labels = words.map((word) => (word < 0 ? IGNORED : word));
    return { inputIds: words.map((word) => (word < 0 ? ~word : word)), labels };
  }

  documentSizes(index: number): readonly number[] {
    return [this.sizeOf(index)];
  }

  sizeOf(index: number): number {
    return (this.#begins[index + 1] as number) - (this.#begins[index] as number);
  }

  numLearnt(index: number): number {
    return this.#learnt[index] as number;
  }

  #words(begin: number, count: number): Int32Array {
    const words = new Int32Array(count);
    const bytes = new Uint8Array(words.buffer);
    if (readFully(this.#descriptor, bytes, begin * WORD) === bytes.length) return words;
    throw new DataError(`${this.#file}: became shorter while it was read; make the dataset again`);
  }
}
