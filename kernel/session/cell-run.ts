// One cell on all its ranks. It ends when every rank has ended; the first rank that fails decides the
// error, and the ranks still running then are stopped, because they may wait for the failed one.

import type { ErrorReport, Outcome } from "../link/messages.js";
import { describeInterrupt } from "./interrupted.js";
import type { Rank } from "./rank.js";

/** Ranks that fail for the same reason get this long to say so themselves. */
const COLLATERAL_MS = 1000;
/** Ranks that do not stop when told to, such as in a collective, are killed after this. */
const STUCK_MS = 5000;

interface CellRunOptions {
  readonly ranks: readonly Rank[];
  /** Kills the whole cluster. */
  readonly killAll: (reason: string) => void;
}

export class CellRun {
  readonly #ranks: readonly Rank[];
  readonly #killAll: (reason: string) => void;
  readonly #outcomes = new Map<number, Outcome>();
  readonly #stopped: number[] = [];
  #failure: { readonly rank: number; readonly error: ErrorReport } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isKilling: boolean = false;
  #settle: (outcome: Outcome) => void = () => undefined;
  readonly outcome = new Promise<Outcome>((resolve) => {
    this.#settle = resolve;
  });

  constructor(options: CellRunOptions) {
    this.#ranks = options.ranks;
    this.#killAll = options.killAll;
  }

  /** Lowest rank of the cell: its result is the cell's. */
  get shownRank(): number {
    return this.#ranks[0]?.rank ?? 0;
  }

  done(rank: number, outcome: Outcome): void {
    this.#outcomes.set(rank, outcome);
    if (outcome.status === "error") this.#failure ??= { rank, error: outcome.error };
    if (this.#pending().length === 0) this.#finish();
    else if (this.#failure !== undefined) this.#timer ??= setTimeout(this.#stopRest, COLLATERAL_MS);
  }

  /**
   * The workers are gone: the cell ends whatever the ranks had reached. A rank that died explains the errors of the
   * others, whose collectives broke with it; when we killed stuck ranks, the failure they waited for explains it.
   */
  lost(error: ErrorReport): void {
    clearTimeout(this.#timer);
    const cause = this.#isKilling ? this.#failure?.error : undefined;
    if (cause?.name === "InterruptedError") {
      this.#settle({ status: "error", error: { ...error, name: cause.name } }); // which claimed nothing of the others
    } else this.#settle({ status: "error", error: cause ?? error });
  }

  /** The cell asked for other workers: it ends here. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#settle({ status: "ok", expressions: {} });
  }

  #pending(): Rank[] {
    return this.#ranks.filter(({ rank }) => !this.#outcomes.has(rank));
  }

  readonly #stopRest = (): void => {
    for (const rank of this.#pending()) {
      this.#stopped.push(rank.rank);
      rank.signal("stop");
    }
    this.#timer = setTimeout(this.#killRest, STUCK_MS);
  };

  readonly #killRest = (): void => {
    const stuck = this.#pending().map(({ rank }) => rank);
    const failed = this.#failure?.rank ?? 0;
    this.#isKilling = true;
    this.#killAll(
      `rank ${failed} failed and ranks ${stuck.join(", ")} did not stop within ${STUCK_MS} ms`,
    );
  };

  #finish(): void {
    clearTimeout(this.#timer);
    const shown = this.#outcomes.get(this.shownRank);
    if (this.#failure !== undefined)
      this.#settle({ status: "error", error: this.#explain(this.#failure) });
    else if (shown !== undefined) this.#settle(shown);
  }

  #explain({ rank, error }: { readonly rank: number; readonly error: ErrorReport }): ErrorReport {
    if (error.name === "InterruptedError") return describeInterrupt(error, this.#outcomes);
    if (this.#ranks.length === 1) return error;
    const also = [...this.#outcomes].filter(
      ([other, { status }]) =>
        other !== rank && status === "error" && !this.#stopped.includes(other),
    );
    const notes = [`rank ${rank} failed first`];
    if (also.length > 0) notes.push(`collateral: rank ${also.map(([other]) => other).join(", ")}`);
    if (this.#stopped.length > 0) notes.push(`stopped: rank ${this.#stopped.join(", ")}`);
    return { ...error, message: `${error.message} (${notes.join("; ")})` };
  }
}
