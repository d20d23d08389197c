// After a cell that did not end well ranks may stand at different places of the same training. They are asked where, and if
// they differ all of them are told so with their next common cell, which begins by bringing them together.

import type { Outcome } from "../link/messages.js";
import type { Rank } from "./rank.js";

/** A rank that computes in the background answers later than one that is idle. */
const PATIENCE_MS = 10_000;
/** What a process holds that is only just starting. */
const NOTHING: readonly unknown[] = [];

export class RankPositions {
  #ranks: readonly Rank[] = [];
  #positions: readonly unknown[] = [];

  /** To be called with the outcome of each cell; `all` ranks, whether or not the cell ran on them. */
  async after(outcome: Outcome, all: readonly Rank[]): Promise<void> {
    if (outcome.status === "ok" || all.length < 2) return;
    this.#ranks = [];
    const positions = await Promise.all(
      all.map((rank) => (rank.isReady ? rank.ask({ kind: "compare" }, PATIENCE_MS) : NOTHING)),
    );
    const [first, ...rest] = positions.map((position) => JSON.stringify(position ?? null));
    if (rest.every((position) => position === first)) return;
    this.#ranks = all;
    this.#positions = positions;
  }

  /** `work` with what to tell `ranks`, if these are all that were asked and they differ; they are together then. */
  tell<W extends object>(work: W, ranks: readonly Rank[]): W & { positions?: readonly unknown[] } {
    if (ranks.length === 0 || ranks.length !== this.#ranks.length) return work;
    const isSame = ranks.every((rank) => this.#ranks.includes(rank));
    this.#ranks = [];
    return isSame ? { ...work, positions: this.#positions } : work;
  }
}
