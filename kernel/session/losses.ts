// Workers that ended while no cell ran, or cannot be started again: the next cell says so instead of running.

import type { ErrorReport } from "../link/messages.js";
import type { ClusterControl } from "./cluster-control.js";
import { type Death, deathError, lostError } from "./loss.js";
import type { Rank } from "./rank.js";

export class Losses {
  readonly #cluster: ClusterControl;
  #untold: Death[] = [];

  constructor(cluster: ClusterControl) {
    this.#cluster = cluster;
  }

  /** A worker has ended; returns what to say at once. */
  note(rank: Rank, how: string): string {
    const death = { rank, how, wasStuck: false };
    this.#untold.push(death);
    return deathError("WorkerDied", [death], this.#cluster.numRanks).message;
  }

  /** Fresh workers take the place of all. */
  forget(): void {
    this.#untold = [];
  }

  /** The error of a cell that would run on `ranks`, if something was lost before it. Each loss is told once. */
  before(ranks: readonly Rank[]): ErrorReport | undefined {
    const { lostBecause, numRanks } = this.#cluster;
    if (lostBecause !== undefined) return lostError("ClusterLost", lostBecause, numRanks);
    const untold = this.#untold.splice(0);
    if (untold.length > 0) return deathError("WorkerDied", untold, numRanks);
    const absent = ranks.filter(({ isAlive }) => !isAlive);
    if (absent.length === 0) return undefined;
    const how = "could not be started again";
    const deaths = absent.map((rank) => ({ rank, how, wasStuck: false }));
    return deathError("WorkerDied", deaths, numRanks);
  }
}
