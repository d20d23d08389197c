// What the person's interrupts of running cells do. The first asks a training loop to end between two steps, or ends the
// running JavaScript; the second ends it in any case and gives up the connections between ranks; the third, once it was
// announced, kills the ranks that still have not come back. When a cell does not end at once it is told what was done.

import type { CellRun } from "./cell-run.js";
import type { Interrupted } from "./control-link.js";
import type { Rank } from "./rank.js";

/** Cells that end within this time need no explanation. */
const TELL_MS = 1000;
const WHY = "the cell was interrupted";

export class Interrupts {
  readonly #running: () => readonly CellRun[];
  #numSent = 0;
  #isKillAnnounced: boolean = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(running: () => readonly CellRun[]) {
    this.#running = running;
  }

  /** Other cells begin, which were not interrupted. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#numSent = 0;
    this.#isKillAnnounced = false;
  }

  /** One stage further. */
  interrupt(ranks: readonly Rank[]): void {
    if (this.#isKillAnnounced) this.#kill();
    else this.#signal(ranks);
  }

  #signal(ranks: readonly Rank[]): void {
    this.#numSent += 1;
    const number = this.#numSent;
    clearTimeout(this.#timer);
    if (number > 1) this.#disconnect();
    const signals = Promise.all(ranks.map(({ control }) => control.signal("interrupt")));
    this.#timer = setTimeout(() => void this.#later(number, signals), TELL_MS);
  }

  /** Tells what the interrupt did where cells have not ended. */
  async #later(number: number, signals: Promise<(Interrupted | undefined)[]>): Promise<void> {
    const did = await signals;
    if (number !== this.#numSent || this.#running().length === 0) return;
    if (number === 1 && did.includes("asked")) {
      this.#say(() => "asked to stop after this step; interrupt again to end it at once");
      return;
    }
    this.#disconnect();
    this.#isKillAnnounced = true;
    this.#say(
      (ranks) =>
        `the running JavaScript is told to end, but ${ranks} is still in native code or does not answer; ` +
        "interrupt again to kill it with its variables, or wait",
    );
  }

  #kill(): void {
    for (const run of this.#running())
      run.kill("was killed by an interrupt, because it did not end");
  }

  #disconnect(): void {
    for (const run of this.#running()) run.disconnect(WHY);
  }

  #say(text: (ranks: string) => string): void {
    for (const run of this.#running()) {
      const ranks = run.pending.map(({ rank, pid }) => `rank ${rank} (pid ${pid})`).join(", ");
      run.say(`interrupted: ${text(ranks)}`);
    }
  }
}
