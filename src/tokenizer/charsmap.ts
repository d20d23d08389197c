// The character map that SentencePiece compiles into its models: the size of a double-array trie (Darts), the trie, then
// the replacements, each ended by a zero byte.

const IS_LEAF = 0x80000000;
const HAS_LEAF = 0x100;

export class Charsmap {
  readonly #trie: Uint32Array;
  readonly #replacements: Buffer;

  private constructor(bytes: Buffer, end: number) {
    const count = (end - 4) / 4;
    this.#trie = Uint32Array.from({ length: count }, (_, i) => bytes.readUInt32LE(4 + 4 * i));
    this.#replacements = bytes.subarray(end);
  }

  /** Reads what tokenizer.json has, in base64; undefined for what is no such map. */
  static read(encoded: unknown): Charsmap | undefined {
    if (typeof encoded !== "string") return undefined;
    const bytes = Buffer.from(encoded, "base64");
    const end = bytes.length < 4 ? 0 : 4 + bytes.readUInt32LE(0);
    return end % 4 === 0 && end > 4 && end <= bytes.length ? new Charsmap(bytes, end) : undefined;
  }

  /** What a character becomes: what stands at the shortest key that it begins with, or itself. */
  replaced(character: string): string {
    let node = offsetOf(this.#unit(0));
    for (const byte of Buffer.from(character)) {
      node ^= byte;
      const unit = this.#unit(node);
      if ((unit & (IS_LEAF | 0xff)) >>> 0 !== byte) return character;
      node ^= offsetOf(unit);
      if ((unit & HAS_LEAF) !== 0) return this.#replacementAt(this.#unit(node) & ~IS_LEAF);
    }
    return character;
  }

  #unit(node: number): number {
    return this.#trie[node] ?? 0;
  }

  #replacementAt(begin: number): string {
    return this.#replacements.toString("utf8", begin, this.#replacements.indexOf(0, begin));
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}
