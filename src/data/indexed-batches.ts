// Batches of rows that are all there, in an order that is known.
import { describeValue } from "../arguments/describe-value.js";
import { BatchOrder, type BatchOrderOptions } from "./batch-order.js";
import type { BatchSource, HostBatch, LoaderState } from "./batch-source.js";
import { collate } from "./collate.js";
import { DataError } from "./data-error.js";
import { digestOfRows } from "./data-identity.js";
import type { ExampleDataset } from "./example.js";
import type { RowDataset } from "./text-dataset.js";

export class IndexedBatches implements BatchSource {
  readonly #dataset: RowDataset | ExampleDataset;
  readonly #order: BatchOrder;

  constructor(dataset: RowDataset | ExampleDataset, options: Omit<BatchOrderOptions, "numRows">) {
    this.#dataset = dataset;
    this.#order = new BatchOrder({ ...options, numRows: dataset.length });
  }

  get globalBatchSize(): number {
    return this.#order.globalBatchSize;
  }

  get stepsPerEpoch(): number {
    return this.#order.stepsPerEpoch;
  }

  get stepsLeft(): number {
    return this.#order.stepsLeft;
  }

  isAtEnd(): boolean {
    return this.#order.stepsLeft === 0;
  }

  next(): HostBatch {
    const rows = this.#order.next() as Uint32Array;
    const dataset = this.#dataset;
    if (!("row" in dataset))
      return collate(
        Array.from(rows, (row) => dataset.example(row)),
        dataset,
      );
    return { shape: [rows.length, dataset.sequenceLength], inputIds: gatherRows(dataset, rows) };
  }

  startNextEpoch(): void {
    this.#order.startNextEpoch();
  }

  startEpoch(epoch: number): void {
    this.#order.startEpoch(epoch);
  }

  state(): LoaderState {
    const { sequenceLength } = this.#dataset;
    const { shuffle } = this.#order.options;
    return { ...this.#order.state(), shuffle, sequenceLength, digest: digestOfRows(this.#dataset) };
  }

  requireState(state: LoaderState): void {
    this.#order.requireState(state);
    requireSame(state, this.state(), "resume with the same text and tokenizer");
  }

  loadState(state: LoaderState): void {
    this.requireState(state);
    this.#order.loadState(state);
  }
}

/** Refuses the state of a loader that was made otherwise, or over other rows. */
export function requireSame(state: LoaderState, own: LoaderState, remedy: string): void {
  for (const name of ["sequenceLength", "shuffle"] as const) {
    if (state[name] === own[name]) continue;
    throw new DataError(
      `the loader was saved with ${name}: ${state[name]}, this one has ${own[name]}; make it as it was`,
    );
  }
  if (state.digest === own.digest) return;
  throw new DataError(`the loader was saved over rows of other tokens; ${remedy}`);
}

/** The ids of some rows, one after the other, as the int64 that embeddings take. */
export function gatherRows(dataset: RowDataset, rows: Uint32Array): BigInt64Array {
  const ids = new BigInt64Array(rows.length * dataset.sequenceLength);
  let position = 0;
  for (const row of rows) {
    const given = dataset.row(row);
    requireRow(given, row, dataset.sequenceLength);
    for (const id of given) ids[position++] = BigInt(id);
  }
  return ids;
}
/** Arrays that hold ids and nothing else. */
const ID_ARRAYS = [Int32Array, Uint32Array, Uint16Array, BigInt64Array];
/** Rows of other lengths would move into their neighbours. */
function requireRow(given: Int32Array, row: number, length: number): void {
  if (!ID_ARRAYS.some((type) => given instanceof type)) {
    throw new DataError(
      `row ${row} of the dataset must be an Int32Array, got ${describeValue(given)}`,
    );
  }
  if (given.length === length) return;
  throw new DataError(
    `row ${row} of the dataset has ${given.length} tokens, its sequenceLength is ${length}; rows must all have that many`,
  );
}
