// The steps of a stream from a thread that is some steps ahead: a step waits only when the thread is slower than the training.
import { Worker } from "node:worker_threads";
import { ThreadLine } from "../../threads/thread-line.js";
import { DataError } from "../data-error.js";
import type { TokenizerOrigin } from "../tokenize-content.js";
import type { StreamSpec } from "./stream-spec.js";
import type { StreamStep } from "./stream-steps.js";
import type { StreamCall } from "./stream-thread.js";

/** Steps that are asked for before they are needed. */
const AHEAD = 16;
/** Threads that live at a time: what a notebook's many loops left behind is ended by later ones. */
const MOST_LIVING = 3;
const living = new Set<StreamAhead>();

export class StreamAhead {
  readonly #line = new ThreadLine<StreamCall, StreamStep | undefined>();
  readonly #worker: Worker;
  /** Calls that are not answered yet, oldest first. */
  readonly #asked: number[] = [];
  #isClosed = false;

  constructor(spec: StreamSpec, origin: TokenizerOrigin) {
    this.#worker = new Worker(new URL("./stream-thread.js", import.meta.url), {
      workerData: this.#line.data,
      transferList: [this.#line.data.port],
      execArgv: [], // those of the program may forbid to run a file
    });
    this.#worker.unref();
    this.#worker.on("error", () => undefined); // the call that waits for its answer tells it
    for (const other of living) if (living.size >= MOST_LIVING) other.close();
    living.add(this);
    this.#asked.push(this.#line.send({ spec, origin }));
    for (let i = 0; i < AHEAD; i++) this.#asked.push(this.#line.send("next"));
  }

  /** Whether its thread was ended, to make room for others. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Sleeps until the next step is there. @throws DataError for what went wrong in the thread, with where */
  next(): StreamStep {
    for (;;) {
      const result = this.#answer();
      if (result === undefined) continue; // that of the spec
      this.#asked.push(this.#line.send("next"));
      return result;
    }
  }

  #answer(): StreamStep | undefined {
    const answer = this.#line.receive(this.#asked[0] as number);
    this.#asked.shift();
    if (answer !== undefined && "result" in answer) return answer.result;
    this.close();
    if (answer === undefined)
      throw new DataError(
        "the thread that reads the stream has ended: it may have run out of memory; lower shuffleWindow",
      );
    const cause = Object.assign(new Error(answer.error), { stack: answer.stack });
    throw new DataError(answer.error, { cause });
  }

  close(): void {
    this.#isClosed = true;
    living.delete(this);
    void this.#worker.terminate();
  }
}
