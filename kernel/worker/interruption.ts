// The main thread's half of interrupting a cell: it starts the interrupter, ends the running JavaScript when that asks for it,
// and hears when to give up on an evaluation that will never settle.

import { Session } from "node:inspector";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { newNote } from "../link/collective-note.js";
import { NUM_SLOTS, PHASE, SLOT } from "../link/interrupt-state.js";
import { isCodeOfCellsRunning } from "./code-of-cells.js";

const LOOK_AGAIN_MS = 5;

/** Thrown in, or reported for, a cell that the person interrupted. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";

  constructor() {
    super("the cell was interrupted");
    this.stack = ""; // where the interrupt was noticed tells nothing
  }
}

interface Handlers {
  /** Ends the cells that were sent before signal `number`; `isCut`: JavaScript was ended for it. */
  readonly end: (number: number, isCut: boolean) => void;
  /** Takes up what was cut off when JavaScript was ended. */
  readonly goOn: () => void;
}

export class Interruption {
  /** Memory shared with the interrupter. */
  readonly state = new Int32Array(new SharedArrayBuffer(NUM_SLOTS * Int32Array.BYTES_PER_ELEMENT));
  /** What the interrupter tells of the last collective. */
  readonly note = newNote();
  /** Where answers to prompts arrive. */
  readonly answers: MessagePort;
  readonly #handlers: Handlers;
  readonly #inspector = new Session();
  /** How many blocks are open that must not be ended in their middle. */
  #numHolds = 0;

  /** Starts the interrupter thread. */
  constructor(handlers: Handlers) {
    this.#handlers = handlers;
    this.#inspector.connect();
    const url = new URL("./interrupter.js", import.meta.url);
    const { port1, port2 } = new MessageChannel();
    this.answers = port1;
    const thread = new Worker(url, {
      workerData: { state: this.state, note: this.note, answers: port2 },
      transferList: [port2],
    });
    thread.unref();
    thread.on("message", (stage: "asked" | "terminated") => this.#heard(stage));
  }

  /** True once the running cell was interrupted. */
  get requested(): boolean {
    return Atomics.load(this.state, SLOT.requested) === 1;
  }

  /** The last signal that ended cells: all those that were sent before it. */
  get ending(): number {
    return Atomics.load(this.state, SLOT.ending);
  }

  /** Returns once the interrupter has heard so many signals: what they end is no cell that comes later. */
  awaitSignals(number: number): void {
    for (;;) {
      const heard = Atomics.load(this.state, SLOT.interrupts);
      if (heard >= number) return;
      Atomics.wait(this.state, SLOT.interrupts, heard, LOOK_AGAIN_MS);
    }
  }

  /** What was asked to end has ended: who polls from now on was not meant. */
  answered(): void {
    Atomics.store(this.state, SLOT.requested, 0);
  }

  /** A cell begins while no other runs. */
  begin(): void {
    this.answered();
    Atomics.store(this.state, SLOT.stepRegions, 0);
    Atomics.store(this.state, SLOT.waitingForInput, 0);
  }

  enterSteps(): void {
    Atomics.add(this.state, SLOT.stepRegions, 1);
  }

  leaveSteps(): void {
    if (Atomics.load(this.state, SLOT.stepRegions) > 0)
      Atomics.sub(this.state, SLOT.stepRegions, 1);
  }

  /** Begins a block that must not be ended in its middle; an end that is on its way comes before it. */
  hold(): void {
    if (this.#numHolds === 0 && this.#isEnding) this.#awaitEnd();
    this.#numHolds += 1;
  }

  /** Ends the block; an end that was asked for during it comes here. */
  release(): void {
    if (this.#numHolds > 0) this.#numHolds -= 1;
    if (this.#numHolds === 0 && this.#isAsked && isCodeOfCellsRunning()) this.#awaitEnd();
  }

  /**
   * Runs `body`, which is the kernel's, to its end; interrupts that came before it are heard first. To be called with no code
   * of cells on the stack, so that no other hold is open: the count is set, because one who is ended here cannot count back.
   */
  protect(body: () => void): void {
    this.#hear();
    body();
    this.#hear();
    this.#numHolds = 0;
  }

  /** Ends cells where that was asked. */
  #hear(): void {
    this.#numHolds = 1;
    if (this.#takeOver()) this.#handlers.end(this.ending, false);
  }

  #heard(stage: "asked" | "terminated"): void {
    const isTerminated = stage === "terminated";
    this.protect(() => {
      if (isTerminated) this.#handlers.end(this.ending, true);
    });
    if (isTerminated) this.#handlers.goOn();
  }

  /**
   * To be called by the interrupter in the middle of whatever runs: ends it where that is allowed, as it was asked to.
   * @returns whether it does
   */
  endRunning(): boolean {
    if (this.#numHolds > 0 || !isCodeOfCellsRunning()) return false;
    const phase = Atomics.compareExchange(this.state, SLOT.phase, PHASE.asked, PHASE.terminating);
    if (phase !== PHASE.asked) return false;
    this.#inspector.post("Runtime.terminateExecution", this.#hasEnded); // V8 ends what calls or loops next: nothing here may
    return true;
  }

  readonly #hasEnded = (): void => {
    Atomics.store(this.state, SLOT.phase, PHASE.none);
  };

  /** Comes back only if no end is on its way: V8 ends this loop. */
  #awaitEnd(): void {
    while (this.#isAsked || this.#isEnding)
      Atomics.wait(this.state, SLOT.phase, PHASE.terminating, LOOK_AGAIN_MS);
  }

  /** Whether the interrupter will have this thread look whether it may be ended. */
  get #isAsked(): boolean {
    return Atomics.load(this.state, SLOT.phase) === PHASE.asked;
  }

  /** Whether the end of the running JavaScript is on its way. */
  get #isEnding(): boolean {
    return Atomics.load(this.state, SLOT.phase) === PHASE.terminating;
  }

  /** Whether this thread was quick enough to end the cell without a termination. */
  #takeOver(): boolean {
    return Atomics.compareExchange(this.state, SLOT.phase, PHASE.asked, PHASE.none) === PHASE.asked;
  }
}
