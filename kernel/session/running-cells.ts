// Cells that run now: one of the main shell and one of each subshell at most. They share workers, so they are interrupted
// together, and what happens to a worker happens to all of them.

import type { ErrorReport, FromWorker, Outcome } from "../link/messages.js";
import type { Ended } from "./abandoned.js";
import type { CellWork } from "./cell-compiler.js";
import { CellRun, type CellRunOptions } from "./cell-run.js";
import type { ClusterControl } from "./cluster-control.js";
import { HangWatch } from "./hang-watch.js";
import { Interrupts } from "./interrupts.js";
import { lostError } from "./loss.js";
import type { Rank } from "./rank.js";

type Done = Extract<FromWorker, { kind: "done" }>;

export class RunningCells {
  readonly #cluster: ClusterControl;
  readonly #runs = new Map<string, CellRun>();
  readonly #interrupts = new Interrupts(() => [...this.#runs.values()]);
  /** Ranks whose last cell has ended. */
  readonly #ended = new Map<number, Ended>();
  readonly #hangs = new HangWatch(
    () => [...this.#runs.values()],
    () => [...this.#ended.values()].filter(({ rank }) => this.#cluster.ranks.includes(rank)),
  );
  readonly #limitMs = (): number => this.#hangs.limitMs;

  constructor(cluster: ClusterControl) {
    this.#cluster = cluster;
  }

  /** Sends a cell to ranks; resolves when it has ended on all of them. `say` shows a sentence in it meanwhile. */
  async run(work: CellWork, ranks: readonly Rank[], say: CellRunOptions["say"]): Promise<Outcome> {
    const { generation, numRanks } = this.#cluster;
    const disconnect = (why: string): void => this.#cluster.giveUp(generation, why);
    const limitMs = this.#limitMs;
    const run = new CellRun({ ranks, numRanks, generation, disconnect, say, limitMs });
    if (!this.isAny) this.#begin();
    this.#runs.set(work.cell, run);
    for (const rank of ranks) {
      this.#ended.delete(rank.rank);
      rank.evaluate(work, generation);
    }
    const { lostBecause } = this.#cluster; // perhaps while the debugger looked at the cell
    if (lostBecause !== undefined) run.lost(lostError("WorkerDied", lostBecause, numRanks));
    try {
      return await run.outcome;
    } finally {
      this.#runs.delete(work.cell);
    }
  }

  get isAny(): boolean {
    return this.#runs.size > 0;
  }

  done(rank: Rank, { cell, outcome, isDisconnected, progress }: Done): void {
    this.#ended.set(rank.rank, { rank, progress, at: performance.now() });
    this.#runs.get(cell)?.done(rank.rank, outcome, isDisconnected);
  }

  /** Interrupts every running cell, one stage further each time; without one, what earlier cells left running. */
  interrupt(ranks: readonly Rank[]): void {
    if (this.isAny) this.#interrupts.interrupt(ranks);
    else for (const { control, isReady } of ranks) if (isReady) void control.signal("clear");
  }

  /** Ends `cell` well, because it asked for other workers. */
  leave(cell: string): void {
    this.#runs.get(cell)?.leave();
  }

  /** A worker is gone; whether a cell ran to tell it. */
  died(rank: Rank, how: string): boolean {
    for (const run of this.#runs.values()) run.died(rank, how);
    return this.isAny;
  }

  /** Ends every running cell: the workers are gone. */
  lost(error: ErrorReport): void {
    for (const run of this.#runs.values()) run.lost(error);
  }

  #begin(): void {
    this.#interrupts.reset();
    this.#hangs.begin();
  }
}
