// The type-checking thread as the rest of the kernel sees it. TypeScript may take seconds over a hard type; the kernel's
// own thread never does.

import { Worker } from "node:worker_threads";
import type {
  CallName,
  CheckerCalls,
  CheckerReply,
  CheckerRequest,
  CheckerStart,
} from "./messages.js";

const THREAD = new URL("./main.js", import.meta.url);
/** A type that grows without end takes the thread down, not the kernel. */
const MAX_HEAP_MB = 1024;
/** Checking leaves much garbage behind. More room would save 5 % of the time and let a long session grow by 250 MB. */
const YOUNG_HEAP_MB = 16;

/** The thread could not answer; the message says why. */
export class CheckerError extends Error {
  override readonly name = "CheckerError";
}

interface Pending {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: Error) => void;
}

export class TypeChecker {
  readonly #folder: string;
  readonly #pending = new Map<number, Pending>();
  #numCalls = 0;
  #thread: Worker | undefined;

  /** `folder` is the notebook's folder; nothing is started yet. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Whether there is a thread. */
  get isStarted(): boolean {
    return this.#thread !== undefined;
  }

  /** Starts the thread, which then reads the libraries; calls wait for it. */
  start(): void {
    this.#thread ??= this.#spawn();
  }

  /** Asks the thread, which is started where it is not running; throws `CheckerError`. */
  call<C extends CallName>(
    name: C,
    argument: CheckerCalls[C]["from"],
  ): Promise<CheckerCalls[C]["to"]> {
    this.start();
    const id = ++this.#numCalls;
    const request: CheckerRequest = { id, call: name, argument };
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#thread?.postMessage(request);
    });
  }

  /** Ends the thread; the next call starts another. */
  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #spawn(): Worker {
    const workerData: CheckerStart = { folder: this.#folder };
    const thread = new Worker(THREAD, {
      workerData,
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: MAX_HEAP_MB,
        maxYoungGenerationSizeMb: YOUNG_HEAP_MB,
      },
    });
    thread.on("message", (reply: CheckerReply) => this.#settle(reply));
    thread.on("error", (failure) => this.#lost(thread, failure.message));
    thread.on("exit", () => this.#lost(thread, "its thread ended"));
    thread.unref();
    return thread;
  }

  #settle(reply: CheckerReply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ("failure" in reply) pending?.reject(new CheckerError(reply.failure));
    else pending?.resolve(reply.value as never);
  }

  #lost(thread: Worker, why: string): void {
    if (thread !== this.#thread) return; // an error is followed by the exit
    this.#thread = undefined;
    const reason = new CheckerError(
      `type checking stopped (${why}); types of earlier cells are forgotten`,
    );
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }
}
