// Parquet's hybrid of runs and packed bits, by which levels and places in a dictionary are written. Ours, because hyparquet's takes the
// length of a run as it is written: a damaged one of four bytes asks for more memory than V8 can give, which ends the process.
// https://parquet.apache.org/docs/file-format/data-pages/encodings/

/** A dictionary of sixteen million values. */
const MOST_BITS = 24;

export interface Hybrid {
  readonly values: Int32Array;
  /** Behind its last byte. */
  readonly end: number;
}

/** `count` values of `width` bits. */
export function readHybrid(
  bytes: Uint8Array,
  begin: number,
  { width, count }: { readonly width: number; readonly count: number },
): Hybrid {
  const values = new Int32Array(count);
  if (width > MOST_BITS) throw new Error(`values of ${width} bits; at most ${MOST_BITS} are read`);
  let at = begin;
  for (let done = 0; done < count; ) {
    const header = readVarint(bytes, at);
    at = header.end;
    const isPacked = (header.value & 1) === 1;
    const length = (header.value >>> 1) * (isPacked ? 8 : 1);
    const wanted = Math.min(length, count - done);
    if (length === 0) throw new Error("a run of no values");
    if (isPacked) {
      unpackBits(bytes, at, values.subarray(done, done + wanted), width);
      at += (length / 8) * width;
    } else {
      const numBytes = Math.ceil(width / 8);
      values.fill(littleEndian(bytes, at, numBytes), done, done + wanted);
      at += numBytes;
    }
    done += wanted;
  }
  return { values, end: at };
}

function readVarint(bytes: Uint8Array, begin: number): { value: number; end: number } {
  let value = 0;
  for (let at = begin, shift = 0; shift < 35; at++, shift += 7) {
    const byte = byteAt(bytes, at);
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return { value: value >>> 0, end: at + 1 };
  }
  throw new Error("a number of more than five bytes");
}

/** The last run may be cut where the values end. What is open and the next byte fit into 32 bits. */
function unpackBits(bytes: Uint8Array, begin: number, values: Int32Array, width: number): void {
  const mask = (1 << width) - 1;
  let at = begin;
  let bits = 0;
  let numBits = 0;
  for (let i = 0; i < values.length; i++) {
    for (; numBits < width; numBits += 8) bits |= byteAt(bytes, at++) << numBits;
    values[i] = bits & mask;
    bits >>>= width;
    numBits -= width;
  }
}

function littleEndian(bytes: Uint8Array, begin: number, numBytes: number): number {
  let value = 0;
  for (let i = 0; i < numBytes; i++) value |= byteAt(bytes, begin + i) << (8 * i);
  return value;
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined)
    throw new Error(`a page ends at byte ${bytes.length}, before its values do`);
  return byte;
}
