// Calls to a thread as if they were synchronous: whoever sends raises its counter; whoever waits looks at its port first, then
// sleeps until the counter is no longer what it was before that look. So the thread needs no turning event loop here. A thread that ran
// out of memory is told by its number, which the system no longer has.
import fs from "node:fs";
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";

/** What the thread needs of the line, as its `workerData`. */
export interface LineData {
  readonly counters: Int32Array;
  readonly port: MessagePort;
}

/** Numbers grow, so that the answer to a call that was given up is told from the one awaited. */
interface Request<Call> {
  readonly number: number;
  readonly call: Call;
}

export type Answer<Result> =
  | { readonly number: number; readonly result: Result }
  | {
      readonly number: number;
      readonly error: string;
      /** Where in the thread. */
      readonly stack: string | undefined;
    };

/** Places of the counters in the shared memory, and of the thread's number in the system. */
const COUNTER = { requests: 0, answers: 1, thread: 2 } as const;
/** How often whoever waits looks whether the thread still lives. */
const LOOK_MS = 100;

/** The end of the line that asks. */
export class ThreadLine<Call, Result> {
  /** For the thread; its port is to be transferred. */
  readonly data: LineData;
  readonly #counters = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT));
  readonly #port: MessagePort;
  #numCalls = 0;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.data = { counters: this.#counters, port: port2 };
  }

  /** Sends a call and returns its number. */
  send(call: Call): number {
    const number = ++this.#numCalls;
    this.#port.postMessage({ number, call } satisfies Request<Call>);
    Atomics.add(this.#counters, COUNTER.requests, 1);
    Atomics.notify(this.#counters, COUNTER.requests);
    return number;
  }

  /** Sleeps until the answer to a call is there; undefined when it takes longer than that, is lost, or the thread has ended. */
  receive(number: number, timeoutMs = Number.POSITIVE_INFINITY): Answer<Result> | undefined {
    const end = performance.now() + timeoutMs;
    for (let hasEnded = false; ; ) {
      const seen = Atomics.load(this.#counters, COUNTER.answers);
      const arrived = receiveMessageOnPort(this.#port) as { message: Answer<Result> } | undefined;
      if (arrived?.message.number === number) return arrived.message;
      if (arrived !== undefined && arrived.message.number > number) return undefined; // an interrupt came between
      if (arrived !== undefined) continue;
      const leftMs = end - performance.now();
      if (leftMs <= 0 || hasEnded) return undefined;
      const waitMs = Math.min(LOOK_MS, leftMs);
      const how = Atomics.wait(this.#counters, COUNTER.answers, seen, waitMs);
      hasEnded = how === "timed-out" && this.#hasEnded;
    }
  }

  get #hasEnded(): boolean {
    const thread = Atomics.load(this.#counters, COUNTER.thread);
    return thread !== 0 && !fs.existsSync(`/proc/self/task/${thread}`);
  }
}

/** The end of the line that answers, for ever. An error that a call throws is its answer. */
export async function answerCalls<Call, Result>(
  { counters, port }: LineData,
  resultOf: (call: Call) => Promise<Result> | Result,
): Promise<never> {
  Atomics.store(counters, COUNTER.thread, numberInSystem());
  for (;;) {
    const seen = Atomics.load(counters, COUNTER.requests);
    const arrived = receiveMessageOnPort(port) as { message: Request<Call> } | undefined;
    if (arrived === undefined) Atomics.wait(counters, COUNTER.requests, seen);
    else {
      port.postMessage(await answerTo(arrived.message, resultOf));
      Atomics.add(counters, COUNTER.answers, 1);
      Atomics.notify(counters, COUNTER.answers);
    }
  }
}

/** 0 where the system does not say: then who waits waits for its time. */
function numberInSystem(): number {
  try {
    return Number(fs.readlinkSync("/proc/thread-self").split("/").at(-1));
  } catch {
    return 0; // no Linux
  }
}

async function answerTo<Call, Result>(
  { number, call }: Request<Call>,
  resultOf: (call: Call) => Promise<Result> | Result,
): Promise<Answer<Result>> {
  try {
    return { number, result: await resultOf(call) };
  } catch (error) {
    const { message, stack } = error as Error;
    return { number, error: message, stack };
  }
}
