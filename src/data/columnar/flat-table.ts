// Tables of Flatbuffers, in which Arrow's messages say what they hold. What a table claims is held to the bytes of its message: a damaged
// vector may claim two thousand million entries. https://flatbuffers.dev/internals

const SIZE = { table: 4, pair: 16, long: 8 } as const;

/** A table; its fields are numbered from 0 in the order of the schema. What leads out of the bytes throws. */
export class FlatTable {
  readonly #view: DataView;
  readonly #begin: number;

  private constructor(view: DataView, begin: number) {
    this.#view = view;
    this.#begin = begin;
  }

  /** The table that a message begins with. */
  static root(message: Uint8Array): FlatTable {
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength);
    return new FlatTable(view, view.getUint32(0, true));
  }

  integer(field: number, bytes: 1 | 2 | 4 | 8, otherwise = 0): number {
    const at = this.#placeOf(field);
    if (at === undefined) return otherwise;
    if (bytes === 8) return this.#long(at);
    if (bytes === 4) return this.#view.getInt32(at, true);
    return bytes === 2 ? this.#view.getInt16(at, true) : this.#view.getInt8(at);
  }

  table(field: number): FlatTable | undefined {
    const at = this.#placeOf(field);
    return at === undefined ? undefined : this.#tableAt(at);
  }

  tables(field: number): FlatTable[] {
    return this.#entries(field, SIZE.table).map((at) => this.#tableAt(at));
  }

  /** A vector of structures of two 64-bit integers each. */
  pairs(field: number): (readonly [number, number])[] {
    return this.#entries(field, SIZE.pair).map((at) => [this.#long(at), this.#long(at + 8)]);
  }

  longs(field: number): number[] {
    return this.#entries(field, SIZE.long).map((at) => this.#long(at));
  }

  text(field: number): string {
    const bytes = this.#entries(field, 1).map((at) => this.#view.getUint8(at));
    return Buffer.from(bytes).toString("utf8");
  }

  #placeOf(field: number): number | undefined {
    const fields = this.#begin - this.#view.getInt32(this.#begin, true);
    const slot = 4 + 2 * field;
    if (slot + 2 > this.#view.getUint16(fields, true)) return undefined;
    const offset = this.#view.getUint16(fields + slot, true);
    return offset === 0 ? undefined : this.#begin + offset;
  }

  #tableAt(at: number): FlatTable {
    return new FlatTable(this.#view, at + this.#view.getUint32(at, true));
  }

  #entries(field: number, bytes: number): number[] {
    const at = this.#placeOf(field);
    if (at === undefined) return [];
    const vector = at + this.#view.getUint32(at, true);
    const length = this.#view.getUint32(vector, true);
    const first = vector + 4;
    if (first + length * bytes > this.#view.byteLength)
      throw new Error(`a list of ${length} entries in ${this.#view.byteLength} bytes`);
    return Array.from({ length }, (_, i) => first + i * bytes);
  }

  #long(at: number): number {
    return Number(this.#view.getBigInt64(at, true));
  }
}
