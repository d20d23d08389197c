// The steps of a stream from a thread that is some steps ahead: a step waits only when the thread is slower than the training.
import { DataError } from "../data-error.js";
import type { TokenizerOrigin } from "../tokenize-content.js";
import type { StreamSpec } from "./stream-spec.js";
import type { StreamStep } from "./stream-steps.js";
import { StreamWorker } from "./stream-worker.js";

/** Steps that are asked for before they are needed. */
const AHEAD = 16;

export class StreamAhead {
  readonly #worker: StreamWorker;
  readonly #holder: number;
  readonly #origin: TokenizerOrigin;
  /** Calls that are not answered yet, oldest first. */
  readonly #asked: number[] = [];

  constructor(spec: StreamSpec, origin: TokenizerOrigin) {
    this.#worker = StreamWorker.take(origin);
    this.#holder = this.#worker.holder;
    this.#origin = origin;
    this.#ask(spec);
    for (let i = 0; i < AHEAD; i++) this.#ask();
  }

  /** Whether its thread was taken for another. */
  get isClosed(): boolean {
    return this.#worker.holder !== this.#holder;
  }

  /** Sleeps until the next step is there. @throws DataError for what went wrong in the thread, with where */
  next(): StreamStep {
    for (;;) {
      const result = this.#answer();
      if (result === undefined) continue; // that of the spec
      this.#ask();
      return result;
    }
  }

  #ask(spec?: StreamSpec): void {
    const call = { holder: this.#holder, origin: this.#origin, spec };
    this.#asked.push(this.#worker.line.send(call));
  }

  #answer(): StreamStep | undefined {
    const answer = this.#worker.line.receive(this.#asked[0] as number);
    this.#asked.shift();
    if (answer !== undefined && "result" in answer) return answer.result;
    if (answer === undefined) {
      this.#worker.end();
      throw new DataError(
        "the thread that reads the stream has ended: it may have run out of memory; lower shuffleWindow",
      );
    }
    this.close();
    const cause = Object.assign(new Error(answer.error), { stack: answer.stack });
    throw new DataError(answer.error, { cause });
  }

  close(): void {
    if (!this.isClosed) this.#worker.release();
  }
}
