// A thread for what strangers wrote: it ends when it takes too much memory, and is ended when it takes too long.
import { Worker } from "node:worker_threads";
import { type Answer, ThreadLine } from "./thread-line.js";

export class LimitedThread<Call, Result> {
  /** Most that JavaScript's objects in it may take. */
  readonly memoryMb: number;
  readonly #line = new ThreadLine<Call, Result>();
  readonly #worker: Worker;

  /** @param program a module that ends with `answerCalls` */
  constructor(program: URL, memoryMb: number) {
    this.memoryMb = memoryMb;
    this.#worker = new Worker(program, {
      workerData: this.#line.data,
      transferList: [this.#line.data.port],
      execArgv: [], // those of the program may forbid to run a file
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    this.#worker.unref();
    this.#worker.on("error", () => undefined); // the call that waits for its answer tells it
  }

  /** The answer; undefined when the thread exceeded a limit, and has ended. */
  call(call: Call, timeMs: number): Answer<Result> | undefined {
    const answer = this.#line.receive(this.#line.send(call), timeMs);
    if (answer === undefined) this.end();
    return answer;
  }

  end(): void {
    void this.#worker.terminate();
  }
}
