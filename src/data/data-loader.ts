// Batches as tensors. A loader remembers where it is: a loop that was left early, or whose state was loaded, goes on with
// the next batch; a loop that ran to its end begins the next epoch.

import { boolean, type Check, callback, integer, kind, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { currentHost, openEffect } from "../host/index.js";
import { aDevice } from "../tensor/arguments.js";
import { type Scope, scope } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { BatchSource, HostBatch, LoaderState } from "./batch-source.js";
import { DataError } from "./data-error.js";
import type { ExampleDataset } from "./example.js";
import { IndexedBatches } from "./indexed-batches.js";
import { PackedDocuments } from "./packed-documents.js";
import { StreamedBatches } from "./stream/streamed-batches.js";
import { StreamingDataset } from "./stream/streaming-dataset.js";
import type { RowDataset } from "./text-dataset.js";
import { TrainingInterrupted } from "./training-interrupted.js";
import { upload } from "./upload.js";

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
  /** Of packed examples: where the documents lie, for attention by kernels of variable length. */
  readonly documents?: PackedDocuments;
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
  /** Rows of equal length, or examples, which are padded to the longest of their batch, or a stream of examples. */
  readonly dataset: RowDataset | ExampleDataset | StreamingDataset;
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

const aDataset: Check<DataLoaderOptions["dataset"]> = kind(
  "a dataset, an object with length, sequenceLength and row(index), such as TextDataset.fromFile(...)",
  (value) =>
    value instanceof StreamingDataset ||
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
  readonly #source: BatchSource;
  #step: Scope | undefined;
  /** Stands for the loop that began last: two would take each other's batches. */
  #loop: object | undefined;

  constructor(options: DataLoaderOptions) {
    checkOptions("new DataLoader", options, OPTIONS);
    requireValue("new DataLoader: dataset", options.dataset, aDataset);
    this.options = options;
    this.#source = sourceOf(options);
  }

  /** Batches that a loop from here would give: those left in the current epoch, or a whole one at its end. Of a stream, Infinity. */
  get length(): number {
    return this.#source.stepsLeft || this.#source.stepsPerEpoch;
  }

  /** Batches of a whole epoch. Of a stream, Infinity: what its rows come to is not known. */
  get stepsPerEpoch(): number {
    return this.#source.stepsPerEpoch;
  }

  /** Rows of one step on all ranks together. */
  get globalBatchSize(): number {
    return this.#source.globalBatchSize;
  }

  /** The same loader for one of several ranks, at the same place; each keeps `batchSize` rows a step. */
  distributed(
    ranks: Required<Pick<DataLoaderOptions, "rank" | "worldSize">> &
      Pick<DataLoaderOptions, "device" | "agreeToStop">,
  ): DataLoader {
    const loader = new DataLoader({ ...this.options, ...ranks });
    loader.#source.loadState(this.#source.state());
    return loader;
  }

  /** The batches from here to the end of the epoch. */
  *[Symbol.iterator](): Generator<Batch, void, undefined> {
    if (this.#source.isAtEnd()) this.#source.startNextEpoch();
    yield* this.#batches(() => this.#source.isAtEnd());
    if (this.#source.isAtEnd()) this.#source.startNextEpoch();
  }

  /** The next `numSteps` batches, through as many epochs as it takes; without a number, for ever. */
  take(numSteps: number = Number.POSITIVE_INFINITY): Iterable<Batch> & { readonly length: number } {
    if (numSteps !== Number.POSITIVE_INFINITY)
      requireValue("take: numSteps", numSteps, integer({ min: 0 }));
    return {
      length: numSteps,
      [Symbol.iterator]: () => this.#batches((step) => step === numSteps),
    };
  }

  /** Goes to the start of an epoch, given by its number from 0. */
  setEpoch(epoch: number): void {
    this.#source.startEpoch(epoch);
  }

  /** Where the loader stands, as JSON: after the batch last given. */
  state(): LoaderState {
    return this.#source.state();
  }

  /** Goes to where `state` was taken; throws a DataError when text, seed, order or length of rows differ. */
  loadState(state: LoaderState): void {
    this.#source.loadState(state);
  }

  /** @throws DataError for a state that `loadState` refuses */
  requireState(state: LoaderState): void {
    this.#source.requireState(state);
  }

  /**
   * Each batch opens the memory scope of its step, which closes when the next is asked for or the loop is left. An
   * interrupt ends the loop here, with a TrainingInterrupted, rather than in the middle of a step.
   */
  *#batches(isDoneAt: (step: number) => boolean): Generator<Batch, void, undefined> {
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
      const isDone = isDoneAt(step);
      if (this.#loop !== loop && !isDone) throw new DataError(ANOTHER_LOOP);
      this.#step?.close(); // also that of an earlier loop whose iterator nobody closed
      if (stops(host?.interruptRequested ?? false, isDone)) throw new TrainingInterrupted();
      if (isDone) return;
      this.#step = scope();
      yield this.#nextBatch();
    }
  }

  #nextBatch(): Batch {
    if (this.#source.isAtEnd()) this.#source.startNextEpoch();
    return onDevice(this.#source.next(), this.options.device ?? "cpu");
  }
}

const ANOTHER_LOOP =
  "another loop over this DataLoader began while this one was going on, and they share its position; make a DataLoader for each";

function sourceOf(options: DataLoaderOptions): BatchSource {
  const { dataset, batchSize, shuffle = false, seed = 0, dropLast = true } = options;
  const { rank = 0, worldSize = 1 } = options;
  const settings = { batchSize, shuffle, seed, dropLast, rank, worldSize };
  if (dataset instanceof StreamingDataset) return new StreamedBatches(dataset, settings);
  requireSizes(dataset);
  return new IndexedBatches(dataset, settings);
}

function requireSizes({ length, sequenceLength }: RowDataset | ExampleDataset): void {
  requireValue("new DataLoader: length of the dataset", length, integer({ min: 0 }));
  requireValue(
    "new DataLoader: sequenceLength of the dataset",
    sequenceLength,
    integer({ min: 1 }),
  );
}

function onDevice(
  { shape, documentLengths: lengths, ...arrays }: HostBatch,
  device: string,
): Batch {
  const uploaded = Object.entries(arrays).map(([name, ids]) => [name, upload(ids, shape, device)]);
  const batch = Object.fromEntries(uploaded) as Partial<Batch> & Pick<Batch, "inputIds">;
  const documents = lengths && new PackedDocuments(lengths, { rowLength: shape[1], device });
  return { labels: batch.inputIds, ...batch, ...(documents && { documents }) };
}
