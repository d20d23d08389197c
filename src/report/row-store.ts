// Rows of a run in bounded memory. Past `maxRows` the stride doubles: only rows whose step is divisible by
// the stride stay, so every rank keeps the same steps. The newest row of each rank is always kept.

import { integer, requireValue } from "../arguments/checks.js";
import type { MetricsRow } from "./metrics.js";

/** Rows of a run in bounded memory: past `maxRows` only steps divisible by a growing stride stay. */
export class RowStore {
  readonly #maxRows: number;
  readonly #newest = new Map<number, MetricsRow>();
  #kept: MetricsRow[] = [];
  #stride = 1;

  constructor(maxRows = 100_000) {
    requireValue("new RowStore: maxRows", maxRows, integer({ min: 1 }));
    this.#maxRows = maxRows;
  }

  /** Steps between kept rows; 1 while nothing was dropped. */
  get stride(): number {
    return this.#stride;
  }

  /** Adds a row; those that the stride no longer keeps are dropped. */
  push(row: MetricsRow): void {
    this.#newest.set(row.rank, row);
    if (row.step % this.#stride === 0) this.#kept.push(row);
    while (this.#kept.length > this.#maxRows) this.#thin();
  }

  /** Kept rows in order of arrival, ending with the newest row of each rank. */
  rows(): MetricsRow[] {
    const strays = [...this.#newest.values()].filter((row) => row.step % this.#stride !== 0);
    return [...this.#kept, ...strays];
  }

  /** The newest row of the lowest rank. */
  last(): MetricsRow | undefined {
    return this.#newest.get(Math.min(...this.#newest.keys()));
  }

  #thin(): void {
    this.#stride *= 2;
    const remaining = this.#kept.filter((row) => row.step % this.#stride === 0);
    const progressed = remaining.length < this.#kept.length || this.#stride < 2 ** 31;
    this.#kept = progressed ? remaining : remaining.slice(-this.#maxRows);
  }
}
