// The steps of a stream, on one rank: all ranks read the same rows in the same order, and each takes its share of every step, as ranks do of
// rows that are all there. So they have the same number of steps, and no row twice.
import { type CollatedBatch, collate } from "../collate.js";
import { DataError } from "../data-error.js";
import type { Example } from "../example.js";
import type { RowShape } from "../supervised-options.js";
import type { SupervisedReport } from "../supervised-report.js";
import type { PlacedExample, StreamExamples, StreamOrder } from "./stream-examples.js";
import { START, type StreamPlace } from "./stream-place.js";

export interface StreamSettings extends StreamOrder {
  readonly batchSize: number;
  readonly dropLast: boolean;
  readonly rank: number;
  readonly worldSize: number;
}

/** Where a stream stands. */
export interface StreamPosition {
  readonly epoch: number;
  readonly place: StreamPlace;
  /** Rows that all ranks together have taken in this epoch. */
  readonly position: number;
}

/** One step, or the end of an epoch. */
export interface StreamStep {
  readonly batch: CollatedBatch | undefined;
  /** Behind it. */
  readonly after: StreamPosition;
  readonly report: SupervisedReport;
}

export class StreamSteps {
  readonly #examples: StreamExamples;
  readonly #shape: RowShape;
  readonly #settings: StreamSettings;
  #at: StreamPosition;
  #open: Generator<PlacedExample, void, undefined> | undefined;

  constructor(
    examples: StreamExamples,
    shape: RowShape,
    { settings, begin }: { readonly settings: StreamSettings; readonly begin: StreamPosition },
  ) {
    this.#examples = examples;
    this.#shape = shape;
    this.#settings = settings;
    this.#at = begin;
  }

  /** The next step; behind the end of an epoch, the first of the next. */
  next(): StreamStep {
    const { epoch, place } = this.#at;
    const { worldSize, batchSize } = this.#settings;
    this.#open ??= this.#examples.from(epoch, place, this.#settings);
    const taken: PlacedExample[] = [];
    while (taken.length < worldSize * batchSize) {
      const { value } = this.#open.next();
      if (value === undefined) break;
      taken.push(value);
    }
    const examples = this.#share(taken);
    return examples === undefined ? this.#end() : this.#step(taken, examples);
  }

  #step(taken: readonly PlacedExample[], examples: readonly Example[]): StreamStep {
    const { next: place } = taken.at(-1) as PlacedExample;
    this.#at = { ...this.#at, place, position: this.#at.position + taken.length };
    return {
      batch: collate(examples, this.#shape),
      after: this.#at,
      report: this.#examples.report,
    };
  }

  #end(): StreamStep {
    const { position, epoch } = this.#at;
    if (position === 0) throw new DataError(this.#nothing());
    this.#at = { epoch: epoch + 1, place: START, position: 0 };
    this.#open = undefined;
    return { batch: undefined, after: this.#at, report: this.#examples.report };
  }

  /** This rank's of the rows of a step; undefined when there are too few for one. */
  #share(taken: readonly PlacedExample[]): Example[] | undefined {
    const { worldSize, batchSize, rank, dropLast } = this.#settings;
    const isWhole = taken.length === worldSize * batchSize;
    if (taken.length === 0 || (dropLast && !isWhole)) return undefined;
    if (taken.length % worldSize !== 0) {
      throw new DataError(
        `the last ${taken.length} rows of the stream cannot be shared equally by ${worldSize} ranks, which must all take the same ` +
          "number; pass dropLast: true, which leaves them out",
      );
    }
    const share = taken.length / worldSize;
    return taken.slice(rank * share, (rank + 1) * share).map(({ example }) => example);
  }

  #nothing(): string {
    const { worldSize, batchSize } = this.#settings;
    const { numExamples, numRows } = this.#examples.report;
    return (
      `the stream has ${numExamples} examples of ${numRows} rows, fewer than one step takes: batchSize ${batchSize} on ${worldSize} ranks is ` +
      `${worldSize * batchSize}; lower batchSize, give more files, or pass dropLast: false`
    );
  }
}
