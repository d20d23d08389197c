// Threads of streams. One that its loader left is given to the next, with the tokenizer that it has; there are few at a time, so that what
// a notebook's many loops leave behind does not add up.
import { Worker } from "node:worker_threads";
import { ThreadLine } from "../../threads/thread-line.js";
import type { TokenizerOrigin } from "../tokenize-content.js";
import type { StreamStep } from "./stream-steps.js";
import type { StreamCall } from "./stream-thread.js";

const MOST = 3;
/** Oldest first. */
const all: StreamWorker[] = [];

export class StreamWorker {
  readonly line = new ThreadLine<StreamCall, StreamStep | undefined>();
  /** Of whom it is, by number; the thread passes over calls of others. */
  readonly #current = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  readonly #digest: string;
  #isFree: boolean = true;

  private constructor(digest: string) {
    this.#digest = digest;
    this.#worker = new Worker(new URL("./stream-thread.js", import.meta.url), {
      workerData: { ...this.line.data, current: this.#current },
      transferList: [this.line.data.port],
      execArgv: [], // those of the program may forbid to run a file
    });
    this.#worker.unref();
    this.#worker.on("error", () => undefined); // the call that waits for its answer tells it
  }

  /** One that is free, or the oldest, which is taken from its loader. */
  static take({ digest }: TokenizerOrigin): StreamWorker {
    const same = (one: StreamWorker) => one.#digest === digest;
    const left = all.find((one) => one.isFree && same(one)) ?? oneTooMany();
    if (left !== undefined && !same(left)) left.end();
    const worker = left !== undefined && same(left) ? left : new StreamWorker(digest);
    remove(worker);
    all.push(worker);
    worker.#isFree = false;
    Atomics.add(worker.#current, 0, 1);
    return worker;
  }

  /** The number of whom it is. */
  get holder(): number {
    return Atomics.load(this.#current, 0);
  }

  /** What is asked and not answered is passed over. */
  release(): void {
    this.#isFree = true;
    Atomics.add(this.#current, 0, 1);
  }

  get isFree(): boolean {
    return this.#isFree;
  }

  end(): void {
    this.release();
    remove(this);
    void this.#worker.terminate();
  }
}

/** When there are as many as there may be: one that is free, or that was taken longest ago. */
function oneTooMany(): StreamWorker | undefined {
  if (all.length < MOST) return undefined;
  return all.find(({ isFree }) => isFree) ?? all[0];
}

function remove(worker: StreamWorker): void {
  const index = all.indexOf(worker);
  if (index !== -1) all.splice(index, 1);
}
