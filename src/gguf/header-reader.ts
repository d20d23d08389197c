// Reads the header of a GGUF file from front to back: numbers, texts and lists, little-endian. Nothing is made that is larger than what
// is left of the file, whatever the header claims.
import fs from "node:fs";
import { readFully } from "../files/plain-file.js";
import { GgufError } from "./gguf-error.js";

const WINDOW_BYTES = 1 << 20;
/** Lists in lists. */
const MAX_DEPTH = 4;

/** A value of the metadata. */
export type GgufValue = number | boolean | string | readonly GgufValue[];

export class HeaderReader {
  readonly path: string;
  readonly fileBytes: number;
  readonly #descriptor: number;
  #window: Buffer = Buffer.alloc(0);
  /** Of the window, in the file. */
  #begin = 0;
  #position = 0;

  constructor(path: string, descriptor: number) {
    this.path = path;
    this.fileBytes = fs.fstatSync(descriptor).size;
    this.#descriptor = descriptor;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  uint32(): number {
    return this.#take(4).readUInt32LE();
  }

  /** A number of 64 bits that counts something. */
  count(what: string): number {
    const value = this.#take(8).readBigUInt64LE();
    if (value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
    throw this.damaged(`${what} is ${value}`);
  }

  text(what: string): string {
    const length = this.count(`the length of ${what}`);
    this.requireLeft(length, what);
    return this.#take(length).toString("utf8");
  }

  /** A value of a type, by its number. */
  value(type: number, what: string, depth = 0): GgufValue {
    if (type === 9) return this.#list(what, depth);
    if (type === 8) return this.text(what);
    const read = SCALARS[type];
    if (read !== undefined) return read(this.#take(SCALAR_BYTES[type] as number));
    throw this.damaged(`${what} is of type ${type}, which there is not`);
  }

  #list(what: string, depth: number): GgufValue[] {
    const type = this.uint32();
    const count = this.count(`the length of ${what}`);
    if (depth >= MAX_DEPTH) throw this.damaged(`${what} has lists in lists, ${depth} deep`);
    this.requireLeft(count * (SCALAR_BYTES[type] ?? 8), what);
    return Array.from({ length: count }, () => this.value(type, what, depth + 1));
  }

  /** @throws GgufError where the file has fewer bytes left */
  requireLeft(bytes: number, what: string): void {
    const left = this.fileBytes - this.#position;
    if (bytes > left) throw this.damaged(`${what} has ${bytes} bytes, ${left} are left`);
  }

  damaged(problem: string): GgufError {
    return new GgufError(`not a valid GGUF file: ${problem}`, { path: this.path });
  }

  #take(bytes: number): Buffer {
    if (this.#position + bytes > this.#begin + this.#window.length) this.#fill(bytes);
    const at = this.#position - this.#begin;
    this.#position += bytes;
    return this.#window.subarray(at, at + bytes);
  }

  #fill(bytes: number): void {
    const left = this.fileBytes - this.#position;
    if (bytes > left) throw this.damaged("it ends within its header");
    this.#window = Buffer.allocUnsafe(Math.min(left, Math.max(bytes, WINDOW_BYTES)));
    this.#begin = this.#position;
    if (readFully(this.#descriptor, this.#window, this.#begin) < this.#window.length)
      throw this.damaged("it became shorter while it was read");
  }
}

const SCALAR_BYTES: readonly number[] = [1, 1, 2, 2, 4, 4, 4, 1, 8, 12, 8, 8, 8];
const SCALARS: Readonly<Record<number, (bytes: Buffer) => number | boolean>> = {
  0: (bytes) => bytes.readUInt8(),
  1: (bytes) => bytes.readInt8(),
  2: (bytes) => bytes.readUInt16LE(),
  3: (bytes) => bytes.readInt16LE(),
  4: (bytes) => bytes.readUInt32LE(),
  5: (bytes) => bytes.readInt32LE(),
  6: (bytes) => shortestOf(bytes.readFloatLE()),
  7: (bytes) => bytes.readUInt8() !== 0,
  10: (bytes) => Number(bytes.readBigUInt64LE()),
  11: (bytes) => Number(bytes.readBigInt64LE()),
  12: (bytes) => bytes.readDoubleLE(),
};

/** A number that was rounded to 32 bits as it was written before: 1e-5 rather than 9.99999974e-6. */
function shortestOf(value: number): number {
  const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const text = digits.map((count) => Number(value.toPrecision(count)));
  return text.find((one) => Math.fround(one) === value) ?? value;
}
