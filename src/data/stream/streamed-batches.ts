// A loader's batches from a stream. Where it stands is known behind each of them, so that a thread that was ended is begun again there.
import type { BatchSource, HostBatch, LoaderState } from "../batch-source.js";
import { DataError } from "../data-error.js";
import { requireSame } from "../indexed-batches.js";
import { StreamAhead } from "./stream-ahead.js";
import { placeNumbers, placeOf, START } from "./stream-place.js";
import { stepsOf } from "./stream-spec.js";
import type { StreamPosition, StreamSettings, StreamStep } from "./stream-steps.js";
import type { StreamingDataset } from "./streaming-dataset.js";

const threads = new FinalizationRegistry<StreamAhead>((thread) => thread.close());

interface Steps {
  readonly isClosed?: boolean;
  next(): StreamStep;
  close?(): void;
}

export class StreamedBatches implements BatchSource {
  readonly stepsPerEpoch = Number.POSITIVE_INFINITY;
  readonly stepsLeft = Number.POSITIVE_INFINITY;
  readonly #dataset: StreamingDataset;
  readonly #settings: StreamSettings;
  #at: StreamPosition = { epoch: 0, place: START, position: 0 };
  #steps: Steps | undefined;
  #peeked: StreamStep | undefined;

  constructor(dataset: StreamingDataset, settings: StreamSettings) {
    this.#dataset = dataset;
    this.#settings = settings;
  }

  get globalBatchSize(): number {
    return this.#settings.batchSize * this.#settings.worldSize;
  }

  isAtEnd(): boolean {
    return this.#peek().batch === undefined;
  }

  next(): HostBatch {
    const { batch, after } = this.#peek();
    if (batch === undefined) throw new DataError("the epoch is over");
    [this.#peeked, this.#at] = [undefined, after];
    return batch;
  }

  startNextEpoch(): void {
    const isAtEnd = this.#peeked !== undefined && this.#peeked.batch === undefined;
    if (isAtEnd) [this.#at, this.#peeked] = [(this.#peeked as StreamStep).after, undefined];
    else this.startEpoch(this.#at.epoch + 1);
  }

  startEpoch(epoch: number): void {
    if (epoch === this.#at.epoch && this.#at.position === 0) return;
    this.#goTo({ epoch, place: START, position: 0 });
  }

  state(): LoaderState {
    const { epoch, position, place } = this.#at;
    const { seed, shuffle } = this.#settings;
    const { sequenceLength, digest } = this.#dataset;
    return {
      epoch,
      position,
      seed,
      numRows: 0,
      shuffle,
      sequenceLength,
      digest,
      stream: placeNumbers(place),
    };
  }

  requireState(state: LoaderState): void {
    const own = this.state();
    if (state.stream === undefined || state.seed !== own.seed) {
      throw new DataError(
        state.stream === undefined
          ? "the loader was saved over rows in memory, this one reads a stream; resume with the same dataset"
          : `the loader was saved with seed ${state.seed}, this one has seed ${own.seed}; make it as it was`,
      );
    }
    requireSame(state, own, "resume with the same files, tokenizer and options");
  }

  loadState(state: LoaderState): void {
    this.requireState(state);
    const { epoch, position, stream = [] } = state;
    this.#goTo({ epoch, position, place: placeOf(stream) });
  }

  #goTo(at: StreamPosition): void {
    this.#steps?.close?.();
    [this.#steps, this.#peeked, this.#at] = [undefined, undefined, at];
  }

  #peek(): StreamStep {
    if (this.#steps?.isClosed) this.#steps = undefined;
    if (this.#peeked !== undefined) return this.#peeked;
    this.#steps ??= this.#begin();
    this.#peeked = this.#steps.next();
    this.#dataset.tell(this.#peeked.report, this.#peeked.batch === undefined);
    return this.#peeked;
  }

  #begin(): Steps {
    const spec = this.#dataset.spec(this.#settings, this.#at);
    const { origin } = this.#dataset.tokenizer;
    if (origin === undefined) return stepsOf(spec, this.#dataset.tokenizer);
    const thread = new StreamAhead(spec, origin);
    threads.register(this, thread);
    return thread;
  }
}
