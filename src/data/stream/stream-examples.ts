// The examples of files in an order that a seed gives, read a window of rows at a time: files are shuffled, then the rows of each window.
// Rows become tokens a few at a time, so that a step waits for few. Where a place is known, its window alone is read again.

import type { Example } from "../example.js";
import { fitRows, joinExamples } from "../pack.js";
import type { BadRows } from "../rows/bad-rows.js";
import { type PlacedRow, readRows } from "../rows/read-rows.js";
import { naturalOrder, shuffledOrder } from "../shuffle.js";
import { ExampleMaker } from "../supervised-examples.js";
import type { SupervisedOptions } from "../supervised-options.js";
import { isInPart, type StreamPart } from "./stream-part.js";
import type { StreamPlace } from "./stream-place.js";

export interface StreamOrder {
  readonly shuffle: boolean;
  readonly seed: number;
}

/** What a stream is made of. */
export interface StreamContent {
  readonly files: readonly string[];
  /** Rows that are shuffled together. */
  readonly window: number;
  readonly pack: boolean;
  /** Of all rows, when others are held out. */
  readonly part?: StreamPart;
}

/** An example, and the place of the one behind it. */
export interface PlacedExample {
  readonly example: Example;
  readonly next: StreamPlace;
}

/** Rows that become tokens together: packed ones fill each other's rows. */
const CHUNK = { rows: 32, packedRows: 128 };
/** More than a window is ever likely to hold: an epoch's windows are told apart by it. */
const MOST_WINDOWS = 2 ** 32;

export class StreamExamples {
  readonly #content: StreamContent;
  readonly #options: SupervisedOptions;
  readonly #bad: BadRows;
  readonly #maker: ExampleMaker;

  constructor(content: StreamContent, options: SupervisedOptions, bad: BadRows) {
    this.#content = content;
    this.#options = options;
    this.#bad = bad;
    this.#maker = new ExampleMaker(options, bad);
  }

  get report() {
    return this.#maker.report;
  }

  /** Those of an epoch from a place on. */
  *from(
    epoch: number,
    place: StreamPlace,
    { shuffle, seed }: StreamOrder,
  ): Generator<PlacedExample, void, undefined> {
    const { files } = this.#content;
    const order = (count: number, number: number) =>
      shuffle ? shuffledOrder(count, seed, epoch * MOST_WINDOWS + number) : naturalOrder(count);
    const inOrder = Array.from(order(files.length, 0), (file) => files[file] as string);
    let { row, taken } = place;
    for (const window of this.#windows(inOrder, place)) {
      const number = window.begin.window + 1;
      const rows = Array.from(
        order(window.rows.length, number),
        (i) => window.rows[i] as PlacedRow,
      );
      while (row < rows.length) {
        const end = Math.min(rows.length, row + this.#chunkRows);
        const examples = this.#chunk(rows.slice(row, end));
        for (const [index, i] of order(examples.length, number).entries()) {
          if (index < taken) continue;
          const next = { ...window.begin, row, taken: index + 1 };
          yield { example: examples[i] as Example, next };
        }
        [row, taken] = [end, 0];
      }
      row = 0;
    }
  }

  get #chunkRows(): number {
    return this.#content.pack ? CHUNK.packedRows : CHUNK.rows;
  }

  #chunk(rows: readonly PlacedRow[]): Example[] {
    const examples = rows.flatMap((row) => this.#maker.make(row) ?? []);
    if (!this.#content.pack) return examples;
    const lengths = examples.map(({ inputIds }) => inputIds.length);
    return fitRows(lengths, this.#options.maxLength).map((row) =>
      joinExamples(row.map((index) => examples[index] as Example)),
    );
  }

  *#windows(files: readonly string[], place: StreamPlace): Generator<Window> {
    let begin = { ...place, row: 0, taken: 0 };
    let rows: PlacedRow[] = [];
    for (let file = place.file; file < files.length; file++) {
      const after = file === place.file ? place.line : 0;
      for (const row of readRows(files[file] as string, this.#bad, after)) {
        if (!isInPart(row, this.#content.part)) continue;
        rows.push(row);
        if (rows.length < this.#content.window) continue;
        yield { begin, rows };
        begin = { ...begin, file, line: row.line, window: begin.window + 1 };
        rows = [];
      }
    }
    if (rows.length > 0) yield { begin, rows };
  }
}

interface Window {
  readonly begin: StreamPlace;
  readonly rows: readonly PlacedRow[];
}
