// The main thread's half of interrupting a cell: it starts the interrupter and hears when to give up on
// an evaluation that will never settle.

import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import { newNote } from "../link/collective-note.js";
import { NUM_SLOTS, PHASE, SLOT } from "../link/interrupt-state.js";

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
  /** Ends the cells that were sent before signal `number`; `isCut`: the end of JavaScript hit code of cells. */
  readonly end: (number: number, isCut: boolean) => void;
  /** Awaits the end of JavaScript, which is on its way, where it does no harm; whether it came there. */
  readonly absorb: () => boolean;
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
  /** The end of JavaScript of which we have not heard yet hit no code of cells. */
  #isAbsorbed = false;

  /** Starts the interrupter thread. */
  constructor(handlers: Handlers) {
    this.#handlers = handlers;
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

  /** Begins a block that must not be ended in its middle, unless its end is on its way already. */
  hold(): void {
    if (Atomics.add(this.state, SLOT.holds, 1) > 0 || !this.isEnding) return;
    this.release();
  }

  release(): void {
    if (Atomics.load(this.state, SLOT.holds) > 0 && Atomics.sub(this.state, SLOT.holds, 1) > 1)
      return;
    this.awaitEnd();
  }

  /**
   * Runs `body`, which is the kernel's, to its end; interrupts that came before it are heard first. To be called with no code
   * of cells on the stack, so that no other hold is open: the count is set, because one who is ended here cannot count back.
   */
  protect(body: () => void): void {
    this.#hear();
    body();
    this.#hear();
    Atomics.store(this.state, SLOT.holds, 0);
  }

  /** Ends cells where that was asked, or awaits the end of JavaScript that is on its way; then no end comes in between. */
  #hear(): void {
    Atomics.store(this.state, SLOT.holds, 1);
    let isEnded = this.#takeOver();
    while (this.isEnding) {
      Atomics.store(this.state, SLOT.holds, 0);
      this.#isAbsorbed = this.#handlers.absorb();
      Atomics.store(this.state, SLOT.holds, 1);
      isEnded = true;
    }
    if (isEnded) this.#handlers.end(this.ending, false);
  }

  #heard(stage: "asked" | "terminated"): void {
    const isTerminated = stage === "terminated";
    this.protect(() => {
      if (isTerminated) this.#handlers.end(this.ending, !this.#isAbsorbed);
    });
    this.#isAbsorbed &&= !isTerminated;
    if (isTerminated) this.#handlers.goOn();
  }

  /** The interrupter ends JavaScript while it sleeps here. */
  awaitEnd(): void {
    while (this.isEnding) Atomics.wait(this.state, SLOT.phase, PHASE.terminating, LOOK_AGAIN_MS);
  }

  /** Whether the end of the running JavaScript is on its way. */
  get isEnding(): boolean {
    return Atomics.load(this.state, SLOT.phase) === PHASE.terminating;
  }

  /** Whether this thread was quick enough to end the cell without a termination. */
  #takeOver(): boolean {
    return Atomics.compareExchange(this.state, SLOT.phase, PHASE.asked, PHASE.none) === PHASE.asked;
  }
}
