// Where a loader's batches come from, in arrays: rows that are there, or a stream of them.

import type { OrderState } from "./batch-order.js";
import type { CollatedBatch } from "./collate.js";

/** Where a loader stands, and over what; JSON, equal on all ranks. */
export interface LoaderState extends OrderState {
  readonly shuffle: boolean;
  readonly sequenceLength: number;
  /** Of the rows' tokens, or of a stream's files and options. */
  readonly digest: string;
  /** Of a stream: where its next row stands. */
  readonly stream?: readonly number[];
}

/** What a batch is made of: of rows of equal length ids alone. */
export type HostBatch = Pick<CollatedBatch, "shape" | "inputIds"> & Partial<CollatedBatch>;

export interface BatchSource {
  /** Rows of one step on all ranks together. */
  readonly globalBatchSize: number;
  /** Infinity where it is not known. */
  readonly stepsPerEpoch: number;
  /** Steps left in the current epoch; Infinity where it is not known. */
  readonly stepsLeft: number;
  /** Whether the current epoch has no further step. */
  isAtEnd(): boolean;
  /** This rank's rows of the next step. Never called at the end of an epoch. */
  next(): HostBatch;
  startNextEpoch(): void;
  /** Goes to the start of an epoch, given by its number from 0. */
  startEpoch(epoch: number): void;
  state(): LoaderState;
  /** @throws DataError for a state of other rows */
  requireState(state: LoaderState): void;
  loadState(state: LoaderState): void;
}
