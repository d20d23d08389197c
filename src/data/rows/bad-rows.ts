// Rows that cannot be used are set aside, with where they stand, and told at the end: one bad line of a million ends nothing.
import { DataError } from "../data-error.js";

/** A row that was left out. */
export interface BadRow {
  /** Path of its file. */
  readonly file: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
  /** What is wrong with it. */
  readonly problem: string;
}

/** As many as are kept by their place; the rest is counted. */
const MAX_KEPT = 1000;
const SHOWN = 3;

export class BadRows {
  readonly kept: BadRow[] = [];
  count = 0;

  add(row: BadRow): void {
    this.count++;
    if (this.kept.length < MAX_KEPT) this.kept.push(row);
  }

  /** The first of them in words. */
  describe(): string {
    const first = this.kept
      .slice(0, SHOWN)
      .map(({ file, line, problem }) => `${file}:${line}: ${problem}`);
    const more = this.count - first.length;
    return [...first, ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
  }

  /** @throws DataError when nothing but bad rows was found */
  requireSome(numGood: number, files: string): void {
    if (numGood > 0) return;
    if (this.count === 0) throw new DataError(`${files}: holds no rows`);
    throw new DataError(`${files}: none of the ${this.count} rows can be used: ${this.describe()}`);
  }
}
