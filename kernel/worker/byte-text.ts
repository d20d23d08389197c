// UTF-8 that arrives in pieces, to text. A piece may end within a character; its first bytes wait for the next piece of the
// same source, as a terminal waits, and pieces of other sources may come between.

export class ByteText {
  /** The beginning of a character by source; absent where nothing waits. */
  readonly #begun = new Map<string, Uint8Array>();

  /** Text of `bytes` behind what waits for `source`; bytes that are no UTF-8 become U+FFFD. */
  take(source: string, bytes: Uint8Array): string {
    const begun = this.#begun.get(source);
    const all = begun === undefined ? Buffer.from(bytes) : Buffer.concat([begun, bytes]);
    const end = all.length - numBegun(all);
    if (end < all.length) this.#begun.set(source, Uint8Array.from(all.subarray(end)));
    else if (begun !== undefined) this.#begun.delete(source);
    return all.toString("utf8", 0, end);
  }
}

/** How many bytes at the end begin a character that goes on. */
function numBegun(bytes: Uint8Array): number {
  for (let fromEnd = 1; fromEnd <= 3; fromEnd++) {
    const byte = bytes.at(-fromEnd) ?? 0;
    const isContinuation = (byte & 0xc0) === 0x80;
    if (!isContinuation) return lengthOf(byte) > fromEnd ? fromEnd : 0;
  }
  return 0;
}

/** Bytes of the character that this one begins. */
function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}
