// Cells that run now: one of the main shell and one of each subshell at most. They share workers, so they are interrupted
// together and lost together.

import type { ErrorReport, Outcome } from "../link/messages.js";
import { CellRun } from "./cell-run.js";
import type { Rank } from "./rank.js";

/** The third interrupt of running cells kills the workers. */
const KILLING_INTERRUPT = 3;

export class RunningCells {
  readonly #killAll: (reason: string) => void;
  readonly #runs = new Map<string, CellRun>();
  #numInterrupts = 0;

  /** `killAll` kills every worker. */
  constructor(killAll: (reason: string) => void) {
    this.#killAll = killAll;
  }

  /** Resolves when `cell`, which `start` sends to `ranks`, has ended on all of them. */
  async run(cell: string, ranks: readonly Rank[], start: () => void): Promise<Outcome> {
    const run = new CellRun({ ranks, killAll: this.#killAll });
    if (this.#runs.size === 0) this.#numInterrupts = 0;
    this.#runs.set(cell, run);
    start();
    try {
      return await run.outcome;
    } finally {
      this.#runs.delete(cell);
    }
  }

  get isAny(): boolean {
    return this.#runs.size > 0;
  }

  done(cell: string, rank: number, outcome: Outcome): void {
    this.#runs.get(cell)?.done(rank, outcome);
  }

  /** Interrupts every running cell, one stage further each time. */
  interrupt(ranks: readonly Rank[]): void {
    if (this.#runs.size === 0) return;
    this.#numInterrupts += 1;
    if (this.#numInterrupts < KILLING_INTERRUPT) {
      for (const rank of ranks) rank.signal("interrupt");
    } else this.#killAll("the workers were killed by the third interrupt of one cell");
  }

  /** Whether the person had the workers killed. */
  get isKilledByInterrupt(): boolean {
    return this.#numInterrupts >= KILLING_INTERRUPT;
  }

  /** Ends `cell` well, because it asked for other workers. */
  leave(cell: string): void {
    this.#runs.get(cell)?.leave();
  }

  /** Ends every running cell: the workers are gone. */
  lost(error: ErrorReport): void {
    for (const run of this.#runs.values()) run.lost(error);
  }
}
