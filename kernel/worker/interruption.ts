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

export class Interruption {
  /** Memory shared with the interrupter. */
  readonly state = new Int32Array(new SharedArrayBuffer(NUM_SLOTS * Int32Array.BYTES_PER_ELEMENT));
  /** What the interrupter tells of the last collective. */
  readonly note = newNote();
  /** Where answers to prompts arrive. */
  readonly answers: MessagePort;
  readonly #end: (number: number) => void;

  /** Starts the interrupter thread; `end` is called when cells sent before signal `number` must be given up. */
  constructor(end: (number: number) => void) {
    this.#end = end;
    const url = new URL("./interrupter.js", import.meta.url);
    const { port1, port2 } = new MessageChannel();
    this.answers = port1;
    const thread = new Worker(url, {
      workerData: { state: this.state, note: this.note, answers: port2 },
      transferList: [port2],
    });
    thread.unref();
    thread.on("message", ({ stage, number }: { stage: "asked" | "terminated"; number: number }) => {
      if (stage === "terminated" || this.#takeOver()) end(number);
    });
  }

  /** True once the running cell was interrupted. */
  get requested(): boolean {
    return Atomics.load(this.state, SLOT.requested) === 1;
  }

  /** Whether a cell that was sent after so many signals was ended before it began. */
  wasEnded(numSignals: number): boolean {
    return numSignals < Atomics.load(this.state, SLOT.ending);
  }

  begin(): void {
    Atomics.store(this.state, SLOT.requested, 0);
    Atomics.store(this.state, SLOT.stepRegions, 0);
    Atomics.store(this.state, SLOT.holds, 0);
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
   * Runs `body`, which is the kernel's and no cell's: an interrupt that has come already is heard before it, a later one after.
   * @param absorb awaits the end of JavaScript, if it is on its way, where it does no harm
   */
  protect(absorb: () => void, body: () => void): void {
    this.#settle(absorb);
    Atomics.add(this.state, SLOT.holds, 1);
    while (this.isEnding) {
      Atomics.sub(this.state, SLOT.holds, 1);
      this.#settle(absorb);
      Atomics.add(this.state, SLOT.holds, 1);
    }
    body();
    Atomics.sub(this.state, SLOT.holds, 1);
    this.#settle(absorb);
  }

  #settle(absorb: () => void): void {
    if (this.#takeOver()) this.#end(Atomics.load(this.state, SLOT.ending));
    while (this.isEnding) absorb();
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
