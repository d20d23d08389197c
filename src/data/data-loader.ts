// Batches as tensors. A loader remembers where it is: a loop that was left early, or whose state was loaded, goes on with
// the next batch; a loop that ran to its end begins the next epoch.

import { boolean, type Check, callback, integer, kind, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { pinMemory } from "../device/pinned.js";
import { uploadAsync } from "../device/transfers.js";
import { currentHost, openEffect } from "../host/index.js";
import { aDevice } from "../tensor/arguments.js";
import { tensor } from "../tensor/create.js";
import { type Scope, scope } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { BatchOrder, type OrderState } from "./batch-order.js";
import { collate } from "./collate.js";
import { DataError } from "./data-error.js";
import { digestOfRows } from "./data-identity.js";
import type { ExampleDataset } from "./example.js";
import type { RowDataset } from "./text-dataset.js";
import { TrainingInterrupted } from "./training-interrupted.js";

/** One step's input, as `model.forward` takes it. The model shifts labels by one, as in transformers. */
export interface Batch {
  /** (B, T) int64 */
  readonly inputIds: Tensor;
  /** (B, T) int64: the inputs, or of examples those that are learnt and else -100. */
  readonly labels: Tensor;
  /** (B, T) int64, of examples: 1 for tokens, 0 for padding. */
  readonly attentionMask?: Tensor;
  /** (B, T) int64, of examples: from 0 in each document. */
  readonly positionIds?: Tensor;
  /** (B, T) int64, of packed examples: which document of its row each token is of. */
  readonly documentIds?: Tensor;
}

/** Where a loader stands, and over what; JSON, equal on all ranks. */
export interface LoaderState extends OrderState {
  readonly shuffle: boolean;
  readonly sequenceLength: number;
  /** Of the rows' tokens. */
  readonly digest: string;
}

/**
 * Whether a loop ends before its next batch, or after its last.
 * @param requested whether this rank was asked to stop
 * @param isEnd whether there is no further batch
 * @returns true on all ranks at one place: that where it was given true on one, or the next
 */
export type StopVote = (requested: boolean, isEnd: boolean) => boolean;

/** Options of `DataLoader`. */
export interface DataLoaderOptions {
  /** Rows of equal length, or examples, which are padded to the longest of their batch. */
  readonly dataset: RowDataset | ExampleDataset;
  /** Rows per rank and step, B. */
  readonly batchSize: number;
  /** A new order of rows in every epoch, from `seed`. Default false. */
  readonly shuffle?: boolean;
  /** Default 0. */
  readonly seed?: number;
  /** Leaves out the last rows of an epoch when they do not fill a batch on every rank. Default true. */
  readonly dropLast?: boolean;
  /** This process among `worldSize`; default 0 of 1. `Booster.boost` sets both. */
  readonly rank?: number;
  /** Number of ranks that share each global batch, default 1. */
  readonly worldSize?: number;
  /** Where batches go. Default "cpu". */
  readonly device?: string;
  /** Called when a loop begins: what ranks agree by to end it together. Default: each rank for itself. */
  readonly agreeToStop?: () => StopVote;
}

const aDataset: Check<RowDataset | ExampleDataset> = kind(
  "a dataset, an object with length, sequenceLength and row(index), such as TextDataset.fromFile(...)",
  (value) =>
    typeof (value as RowDataset | null)?.row === "function" ||
    typeof (value as ExampleDataset | null)?.example === "function",
);
const OPTIONS: OptionTable<DataLoaderOptions> = {
  dataset: aDataset,
  batchSize: integer(),
  shuffle: boolean,
  seed: integer(),
  dropLast: boolean,
  rank: integer(),
  worldSize: integer(),
  device: aDevice,
  agreeToStop: callback,
};

/**
 * Iterates over the batches of an epoch; throws a DataError for a dataset too small for one step. What a loop's body
 * makes is freed when the loop asks for the next batch, or ends; use `keep` for tensors that shall live on.
 */
export class DataLoader implements Iterable<Batch> {
  /** As they were given. */
  readonly options: DataLoaderOptions;
  readonly #order: BatchOrder;
  #step: Scope | undefined;
  /** Stands for the loop that began last: two would take each other's batches. */
  #loop: object | undefined;

  constructor(options: DataLoaderOptions) {
    checkOptions("new DataLoader", options, OPTIONS);
    requireValue("new DataLoader: dataset", options.dataset, aDataset);
    requireSizes(options.dataset);
    const {
      dataset,
      batchSize,
      shuffle = false,
      seed = 0,
      dropLast = true,
      rank = 0,
      worldSize = 1,
    } = options;
    this.options = options;
    this.#order = new BatchOrder({
      numRows: dataset.length,
      batchSize,
      shuffle,
      seed,
      dropLast,
      rank,
      worldSize,
    });
  }

  /** Batches that a loop from here would give: those left in the current epoch, or a whole one at its end. */
  get length(): number {
    return this.#order.stepsLeft || this.#order.stepsPerEpoch;
  }

  /** Batches of a whole epoch. */
  get stepsPerEpoch(): number {
    return this.#order.stepsPerEpoch;
  }

  /** Rows of one step on all ranks together. */
  get globalBatchSize(): number {
    return this.#order.globalBatchSize;
  }

  /** The same loader for one of several ranks, at the same place; each keeps `batchSize` rows a step. */
  distributed(
    ranks: Required<Pick<DataLoaderOptions, "rank" | "worldSize">> &
      Pick<DataLoaderOptions, "device" | "agreeToStop">,
  ): DataLoader {
    const loader = new DataLoader({ ...this.options, ...ranks });
    loader.#order.loadState(this.#order.state());
    return loader;
  }

  /** The batches from here to the end of the epoch. */
  *[Symbol.iterator](): Generator<Batch, void, undefined> {
    if (this.#order.stepsLeft === 0) this.#order.startNextEpoch();
    yield* this.#batches(this.#order.stepsLeft);
    if (this.#order.stepsLeft === 0) this.#order.startNextEpoch();
  }

  /** The next `numSteps` batches, through as many epochs as it takes; without a number, for ever. */
  take(numSteps: number = Number.POSITIVE_INFINITY): Iterable<Batch> & { readonly length: number } {
    if (numSteps !== Number.POSITIVE_INFINITY)
      requireValue("take: numSteps", numSteps, integer({ min: 0 }));
    return { length: numSteps, [Symbol.iterator]: () => this.#batches(numSteps) };
  }

  /** Goes to the start of an epoch, given by its number from 0. */
  setEpoch(epoch: number): void {
    this.#order.startEpoch(epoch);
  }

  /** Where the loader stands, as JSON: after the batch last given. */
  state(): LoaderState {
    const { dataset, shuffle = false } = this.options;
    const { sequenceLength } = dataset;
    return { ...this.#order.state(), shuffle, sequenceLength, digest: digestOfRows(dataset) };
  }

  /** Goes to where `state` was taken; throws a DataError when text, seed, order or length of rows differ. */
  loadState(state: LoaderState): void {
    this.requireState(state);
    this.#order.loadState(state);
  }

  /** @throws DataError for a state that `loadState` refuses */
  requireState(state: LoaderState): void {
    this.#order.requireState(state);
    const own = this.state();
    for (const name of ["sequenceLength", "shuffle"] as const) {
      if (state[name] === own[name]) continue;
      throw new DataError(
        `the loader was saved with ${name}: ${state[name]}, this one has ${own[name]}; make it as it was`,
      );
    }
    if (state.digest === own.digest) return;
    throw new DataError(
      "the loader was saved over rows of other tokens; resume with the same text and tokenizer",
    );
  }

  /**
   * Each batch opens the memory scope of its step, which closes when the next is asked for or the loop is left. An
   * interrupt ends the loop here, with a TrainingInterrupted, rather than in the middle of a step.
   */
  *#batches(numSteps: number): Generator<Batch, void, undefined> {
    const host = currentHost();
    const stops = this.options.agreeToStop?.() ?? ((requested) => requested);
    const loop = {};
    this.#loop = loop;
    host?.enterSteps();
    using _ = openEffect(() => {
      this.#step?.close();
      host?.leaveSteps();
    });
    for (let step = 0; ; step++) {
      const isDone = step === numSteps;
      if (this.#loop !== loop && !isDone) throw new DataError(ANOTHER_LOOP);
      this.#step?.close(); // also that of an earlier loop whose iterator nobody closed
      if (stops(host?.interruptRequested ?? false, isDone)) throw new TrainingInterrupted();
      if (isDone) return;
      this.#step = scope();
      yield this.#nextBatch();
    }
  }

  #nextBatch(): Batch {
    let rows = this.#order.next();
    while (rows === undefined) {
      this.#order.startNextEpoch();
      rows = this.#order.next();
    }
    return batchOf(this.options.dataset, rows, this.options.device ?? "cpu");
  }
}

const ANOTHER_LOOP =
  "another loop over this DataLoader began while this one was going on, and they share its position; make a DataLoader for each";

function batchOf(dataset: RowDataset | ExampleDataset, rows: Uint32Array, device: string): Batch {
  const upload = (ids: BigInt64Array, shape: readonly number[]): Tensor =>
    onDevice(tensor(ids, { shape, device: "cpu" }), device);
  if ("row" in dataset) {
    const inputIds = upload(gatherRows(dataset, rows), [rows.length, dataset.sequenceLength]);
    return { inputIds, labels: inputIds };
  }
  const examples = Array.from(rows, (row) => dataset.example(row));
  const { shape, documentIds, ...collated } = collate(examples, dataset);
  return {
    inputIds: upload(collated.inputIds, shape),
    labels: upload(collated.labels, shape),
    attentionMask: upload(collated.attentionMask, shape),
    positionIds: upload(collated.positionIds, shape),
    ...(documentIds && { documentIds: upload(documentIds, shape) }),
  };
}

/** To a GPU without waiting for what it has still to do. */
function onDevice(ids: Tensor, device: string): Tensor {
  return device.startsWith("cuda")
    ? uploadAsync(pinMemory(ids), device).wait()
    : ids.to({ device });
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

function requireSizes({ length, sequenceLength }: RowDataset | ExampleDataset): void {
  requireValue("new DataLoader: length of the dataset", length, integer({ min: 0 }));
  requireValue(
    "new DataLoader: sequenceLength of the dataset",
    sequenceLength,
    integer({ min: 1 }),
  );
}

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
