// Which rows make up each batch, on each rank. The rows of an epoch stand in one order, equal on all ranks; a step takes the
// next worldSize x batchSize of them, and each rank its contiguous share. So n ranks with batch b see, step by step,
// the rows that one rank with batch n x b sees.

import { type Check, kind, requireValue } from "../arguments/checks.js";
import { DataError } from "./data-error.js";
import { naturalOrder, shuffledOrder } from "./shuffle.js";

export interface BatchOrderOptions {
  readonly numRows: number;
  /** Rows per rank and step. */
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly seed: number;
  /** Leaves out the last rows of an epoch when they do not fill a batch on every rank. */
  readonly dropLast: boolean;
  readonly rank: number;
  readonly worldSize: number;
}

/** Where an order stands; JSON, equal on all ranks. */
export interface OrderState {
  /** Passes over the data completed. */
  readonly epoch: number;
  /** Rows that all ranks together have taken in this epoch. */
  readonly position: number;
  readonly seed: number;
  readonly numRows: number;
}

const aState: Check<OrderState> = kind(
  "what state() gave",
  (value) => typeof value === "object" && value !== null,
);

/** Walks through the batches of one epoch after another. */
export class BatchOrder {
  readonly options: BatchOrderOptions;
  #epoch = 0;
  #position = 0;
  #order: Uint32Array;

  constructor(options: BatchOrderOptions) {
    requireOptions(options);
    this.options = options;
    this.#order = this.#orderOf(0);
  }

  /** Rows of one step on all ranks together. */
  get globalBatchSize(): number {
    return this.options.batchSize * this.options.worldSize;
  }

  /** Steps of a whole epoch. */
  get stepsPerEpoch(): number {
    return this.#stepsIn(this.options.numRows);
  }

  /** Steps left in the current epoch. */
  get stepsLeft(): number {
    return this.#stepsIn(this.options.numRows - this.#position);
  }

  /** This rank's rows of the next step, or undefined when the epoch is over. */
  next(): Uint32Array | undefined {
    if (this.stepsLeft === 0) return undefined;
    const begin = this.#position;
    const end = Math.min(begin + this.globalBatchSize, this.options.numRows);
    this.#position = end;
    const share = (end - begin) / this.options.worldSize;
    const first = begin + this.options.rank * share;
    return this.#order.subarray(first, first + share);
  }

  /** Goes to the start of an epoch, given by its number from 0. */
  startEpoch(epoch: number): void {
    if (!isWhole(epoch))
      throw new DataError(`epoch ${epoch} given; it must be a whole number from 0`);
    this.#epoch = epoch;
    this.#position = 0;
    this.#order = this.#orderOf(epoch);
  }

  startNextEpoch(): void {
    this.startEpoch(this.#epoch + 1);
  }

  state(): OrderState {
    const { seed, numRows } = this.options;
    return { epoch: this.#epoch, position: this.#position, seed, numRows };
  }

  /** Goes to where `state` was taken, also under another world or batch size; refuses another text or seed. */
  loadState(state: OrderState): void {
    this.requireState(state);
    this.startEpoch(state.epoch);
    this.#position = state.position;
  }

  /** @throws DataError for a state that `loadState` refuses */
  requireState(state: OrderState): void {
    const { seed, numRows } = this.options;
    requireValue("loadState: state", state, aState);
    const { epoch, position } = state;
    if (!isWhole(epoch) || !isWhole(position) || position > numRows) {
      throw new DataError(
        `loader state ${JSON.stringify(state)} is not one of a dataset of ${numRows} rows`,
      );
    }
    if (state.seed !== seed || state.numRows !== numRows) {
      throw new DataError(
        `the loader was saved with seed ${state.seed} over ${state.numRows} rows, this one has seed ${seed} over ` +
          `${numRows}; resume with the same text, sequenceLength and seed`,
      );
    }
    requireShares(numRows - position, this.options, `that are left of epoch ${epoch}`);
  }

  #stepsIn(numRows: number): number {
    const steps = numRows / this.globalBatchSize;
    return this.options.dropLast ? Math.floor(steps) : Math.ceil(steps);
  }

  #orderOf(epoch: number): Uint32Array {
    const { numRows, shuffle, seed } = this.options;
    return shuffle ? shuffledOrder(numRows, seed, epoch) : naturalOrder(numRows);
  }
}

function requireOptions({
  numRows,
  batchSize,
  seed,
  dropLast,
  rank,
  worldSize,
}: BatchOrderOptions): void {
  if (!isWhole(batchSize) || batchSize === 0) {
    throw new DataError(
      `batchSize ${batchSize} given; it must be a whole number of rows, at least 1`,
    );
  }
  if (!isWhole(seed))
    throw new DataError(`seed ${seed} given; it must be a whole number from 0 to 2^53`);
  if (!isWhole(worldSize) || !isWhole(rank) || rank >= worldSize) {
    throw new DataError(
      `rank ${rank} of worldSize ${worldSize} given; ranks count from 0 to worldSize - 1`,
    );
  }
  const globalBatchSize = batchSize * worldSize;
  if (numRows === 0) throw new DataError("the dataset has no rows");
  if (dropLast && numRows < globalBatchSize) {
    throw new DataError(
      `the dataset has ${numRows} rows, fewer than one step takes: batchSize ${batchSize} on ${worldSize} ranks is ` +
        `${globalBatchSize}; lower batchSize, give more text, or pass dropLast: false`,
    );
  }
  requireShares(numRows, { batchSize, worldSize, dropLast }, "of the dataset");
}

/** @param which rows they are, that are taken from here to the end of an epoch */
function requireShares(
  numRows: number,
  {
    batchSize,
    worldSize,
    dropLast,
  }: Pick<BatchOrderOptions, "batchSize" | "worldSize" | "dropLast">,
  which: string,
): void {
  const rest = numRows % (batchSize * worldSize);
  if (dropLast || rest % worldSize === 0) return;
  throw new DataError(
    `the last ${rest} of the ${numRows} rows ${which} cannot be shared equally by ${worldSize} ranks, which must all take the ` +
      "same number; pass dropLast: true, which leaves them out, or take a number of ranks that divides them",
  );
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
