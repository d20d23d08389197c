// Frames of LZ4, as Arrow's buffers are packed by it (Feather's default): blocks, each of which may copy what earlier ones unpacked to.
// https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md and lz4_Block_format.md
import { requireUnpacked } from "./unpacking.js";

const MAGIC = 0x184d2204;
const STORED = 0x8000_0000;
/** Bits of the frame's first flags. */
const FLAG = { dictionary: 1, contentSize: 8, blockChecksum: 16 } as const;
const MIN_MATCH = 4;

export function unpackLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (view.getUint32(0, true) !== MAGIC)
    throw new Error("is packed by LZ4 in no form that is known");
  const flags = view.getUint8(4);
  let at = 6 + (flags & FLAG.contentSize ? 8 : 0) + (flags & FLAG.dictionary ? 4 : 0) + 1;
  const output = new Output(frame.length);
  for (;;) {
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return output.bytes;
    const length = size & ~STORED;
    if (at + length > frame.length) throw new Error("LZ4: a block goes beyond its buffer");
    const block = frame.subarray(at, at + length);
    if (size & STORED) output.add(block);
    else unpackBlock(block, output);
    at += length + (flags & FLAG.blockChecksum ? 4 : 0);
  }
}

function unpackBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const extended = (nibble: number): number => {
    let length = nibble;
    for (let byte = nibble === 15 ? 255 : 0; byte === 255; length += byte) byte = block[at++] ?? 0;
    return length;
  };
  while (at < block.length) {
    const token = block[at++] as number;
    const numLiterals = extended(token >> 4);
    if (at + numLiterals > block.length) throw new Error("LZ4: literals go beyond their block");
    output.add(block.subarray(at, at + numLiterals));
    at += numLiterals;
    if (at >= block.length) return;
    const distance = (block[at] as number) | ((block[at + 1] ?? 0) << 8);
    at += 2;
    output.repeat(distance, MIN_MATCH + extended(token & 15));
  }
}

/** Bytes that grow. */
class Output {
  readonly #numPacked: number;
  #buffer = new Uint8Array(1 << 16);
  #length = 0;

  constructor(numPacked: number) {
    this.#numPacked = numPacked;
  }

  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  add(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Adds `count` bytes that stand `distance` before the end, those that it adds among them. */
  repeat(distance: number, count: number): void {
    if (distance === 0 || distance > this.#length) throw new Error("LZ4: copies what is not there");
    this.#reserve(count);
    const buffer = this.#buffer;
    for (const end = this.#length + count; this.#length < end; this.#length++)
      buffer[this.#length] = buffer[this.#length - distance] as number;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#buffer.length) return;
    requireUnpacked(needed, this.#numPacked);
    const larger = new Uint8Array(Math.max(needed, 2 * this.#buffer.length));
    larger.set(this.bytes);
    this.#buffer = larger;
  }
}
