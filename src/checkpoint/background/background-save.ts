// A save that a thread does while training goes on, as its rank sees it. Reports are read when somebody asks for them: the event
// loop may not turn for as long as a step loop runs.
import { setTimeout } from "node:timers/promises";
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import { CheckpointError } from "../checkpoint-error.js";
import type { Destination } from "../destination.js";
import type { SharedPlace } from "../shared-place.js";
import { errorOf, type Order, type Report, type ThreadData } from "./messages.js";
import { buffersOf, type Snapshot } from "./snapshot.js";

const POLL_MS = 5;

export interface SavingRank {
  readonly rank: number;
  readonly numRanks: number;
}

export class BackgroundSave {
  /** The folder that will stand there. */
  readonly target: string;
  readonly #port: MessagePort;
  #place: SharedPlace | undefined;
  #isWritten: boolean = false;
  #isDone: boolean = false;
  #error: Error | undefined;
  #hasExited: boolean = false;

  /** Starts the thread, which keeps the process alive until it has ended. */
  constructor(destination: Destination, ranks: SavingRank) {
    const { port1, port2 } = new MessageChannel();
    this.target = destination.target;
    this.#port = port1;
    const workerData: ThreadData = { destination, ...ranks, port: port2 };
    const thread = new Worker(new URL("./thread.js", import.meta.url), {
      workerData,
      transferList: [port2],
      execArgv: [], // those of the program may forbid to run a file
    });
    thread.once("error", (error) => {
      this.#error ??= error;
    });
    thread.once("exit", () => {
      this.#hasExited = true;
    });
  }

  /** The folder that the first rank's thread has begun. */
  async place(): Promise<SharedPlace> {
    return this.#until(() => this.#place);
  }

  /** Gives the thread what it is to write. */
  handOver(files: Snapshot, place: SharedPlace): void {
    this.#send({ files, place }, buffersOf(files));
  }

  /** Has the thread remove what it began, if it is not in place yet. */
  giveUp(): void {
    this.#send({ giveUp: true });
  }

  /**
   * Without waiting.
   * @throws Error what kept this rank's files from being written; nothing while that is not known
   */
  requireNotFailedWriting(): void {
    this.#read();
    if (!this.#isWritten) this.#throwIfFailed();
  }

  /**
   * Without waiting.
   * @throws Error what kept the save from its end; nothing while that is not known
   */
  requireNotFailed(): void {
    this.#read();
    if (!this.#isDone) this.#throwIfFailed();
  }

  /** Whether the thread has not ended, well or not. */
  get isUnderWay(): boolean {
    this.#read();
    return !this.#isDone && this.#error === undefined && !this.#hasExited;
  }

  /** Whether the thread has done its part; on the first rank the folder is in place then. */
  get isDone(): boolean {
    this.#read();
    return this.#isDone;
  }

  /** Returns once the thread has ended, well or not. */
  async ended(): Promise<void> {
    while (this.isUnderWay) await setTimeout(POLL_MS);
  }

  /** Returns once this rank's files are written. */
  async written(): Promise<void> {
    await this.#until(() => this.#isWritten || undefined);
  }

  /** Returns once the thread has done its part; on the first rank the folder is in place then. */
  async done(): Promise<void> {
    await this.#until(() => this.#isDone || undefined);
  }

  async #until<T>(value: () => T | undefined): Promise<T> {
    for (;;) {
      const hasExited = this.#hasExited;
      this.#read();
      const found = value();
      if (found !== undefined) return found;
      this.#throwIfFailed(hasExited);
      await setTimeout(POLL_MS);
    }
  }

  /** @param hasExited as it was before reports were read */
  #throwIfFailed(hasExited: boolean = false): void {
    if (this.#error !== undefined) throw this.#error;
    if (!hasExited) return;
    throw new CheckpointError("is not saved: the thread that wrote it has ended", {
      path: this.target,
    });
  }

  #read(): void {
    for (;;) {
      const report = receiveMessageOnPort(this.#port)?.message as Report | undefined;
      if (report === undefined) return;
      if ("place" in report) this.#place = report.place;
      else if ("isWritten" in report) this.#isWritten = true;
      else if ("isDone" in report) this.#isDone = true;
      else this.#error = errorOf(report.failure);
    }
  }

  #send(order: Order, owned: readonly ArrayBuffer[] = []): void {
    this.#port.postMessage(order, owned);
  }
}
