// The ids of many texts as two arrays, which cross between threads as such: an array for each text would cost more
// than its ids.

/** Row k is `ids` from `starts[k]` to `starts[k + 1]`. */
export interface TokenRows {
  readonly ids: Int32Array;
  readonly starts: Int32Array;
}

export const NO_ROWS: TokenRows = { ids: new Int32Array(0), starts: new Int32Array(1) };

/** An array for each row, with memory of its own. */
export function arraysOf({ ids, starts }: TokenRows): Int32Array[] {
  return Array.from({ length: starts.length - 1 }, (_, row) =>
    ids.slice(starts[row], starts[row + 1]),
  );
}

/** Gathers rows whose number and lengths are not known before. */
export class RowsBuilder {
  #ids = new Int32Array(1024);
  #numIds = 0;
  readonly #starts = [0];

  add(row: readonly number[]): void {
    const end = this.#numIds + row.length;
    if (end > this.#ids.length) {
      const larger = new Int32Array(Math.max(end, 2 * this.#ids.length));
      larger.set(this.#ids);
      this.#ids = larger;
    }
    this.#ids.set(row, this.#numIds);
    this.#numIds = end;
    this.#starts.push(end);
  }

  finish(): TokenRows {
    return { ids: this.#ids.slice(0, this.#numIds), starts: Int32Array.from(this.#starts) };
  }
}
