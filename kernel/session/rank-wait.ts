// Waiting until ranks listen. It says so when that takes long, and an interrupt ends the wait, not the ranks.

import type { Rank } from "./rank.js";

const TELL_MS = 2000;

class InterruptedWait extends Error {
  override readonly name = "InterruptedError";

  constructor(numRanks: number) {
    super(
      `the wait was interrupted; ${numRanks === 1 ? "the rank goes" : `${numRanks} ranks go`} on starting and the next ` +
        "cell waits for them; %cluster N starts others instead",
    );
  }
}

export class RankWait {
  readonly #ends = new Set<() => void>();

  /** Resolves once all of `ranks` listen or have ended; rejects when interrupted. `say` tells that it takes long. */
  async listening(ranks: readonly Rank[], say: (text: string) => void): Promise<void> {
    if (ranks.every(({ isReady }) => isReady)) return;
    const timer = setTimeout(() => say(progress(ranks)), TELL_MS);
    let end = (): void => undefined;
    const interrupted = new Promise<never>((_, reject) => {
      end = () => reject(new InterruptedWait(ranks.length));
    });
    this.#ends.add(end);
    try {
      await Promise.race([Promise.all(ranks.map(({ ready }) => ready)), interrupted]);
    } finally {
      clearTimeout(timer);
      this.#ends.delete(end);
    }
  }

  /** Ends every wait. */
  interrupt(): void {
    for (const end of this.#ends) end();
  }
}

function progress(ranks: readonly Rank[]): string {
  const numReady = ranks.filter(({ isReady }) => isReady).length;
  if (ranks.length === 1) return "starting 1 rank, which does not listen yet ...";
  return `starting ${ranks.length} ranks, ${numReady} of them listen so far ...`;
}
