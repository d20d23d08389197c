// Rows that cannot be used are set aside, with where they stand, and told at the end: one bad line of a million ends nothing.
import fs from "node:fs";
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

/** What becomes of bad rows. */
export interface BadRowsOptions {
  /** File of JSON lines that they are written to: `file`, `line`, `problem` and `row`. */
  readonly badRowsFile?: string;
  /** More are an error. Default: any number is only told in `report`. */
  readonly maxBadRows?: number;
}

/** As many as are kept by their place; the rest is counted. */
const MAX_KEPT = 1000;
const SHOWN = 3;

export class BadRows {
  readonly kept: BadRow[] = [];
  readonly #options: BadRowsOptions;
  /** A stream meets them again in every epoch. */
  readonly #seen = new Set<string>();

  constructor(options: BadRowsOptions = {}) {
    this.#options = options;
  }

  /** Empties the file: rows are read from the first on. */
  begin(): void {
    const { badRowsFile: file } = this.#options;
    if (file !== undefined) writing(file, () => fs.writeFileSync(file, ""));
  }

  get count(): number {
    return this.#seen.size;
  }

  /**
   * @param content the row, as far as it could be read
   * @throws DataError when there are more than are allowed
   */
  add(row: BadRow, content?: unknown): void {
    const place = `${row.file}:${row.line}`;
    if (this.#seen.has(place)) return;
    this.#seen.add(place);
    if (this.kept.length < MAX_KEPT) this.kept.push(row);
    const { badRowsFile: file, maxBadRows = Number.POSITIVE_INFINITY } = this.#options;
    if (file !== undefined) {
      const line = `${JSON.stringify({ ...row, row: content }, plainNumbers)}\n`;
      writing(file, () => fs.appendFileSync(file, line));
    }
    if (this.count <= maxBadRows) return;
    throw new DataError(
      `${this.count} rows cannot be used, more than maxBadRows ${maxBadRows} allows: ${this.describe()}`,
    );
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

function writing(file: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DataError(`${file}: bad rows cannot be written there (${code})`, { cause });
  }
}

function plainNumbers(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
