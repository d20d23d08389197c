// One cell on all its ranks. It ends when every rank has ended. When one fails the connections between all are given up, so
// that none goes on waiting for it in a collective, and those that still run are stopped. What failed first by itself, not
// because another did, is the cell's error.

import type { ErrorReport, Outcome } from "../link/messages.js";
import { describeInterrupt } from "./interrupted.js";
import { type Death, deathError, describeDeaths, describeLoss, ranksText } from "./loss.js";
import type { Rank } from "./rank.js";

/** Ranks that fail for the same reason get this long to say so themselves. */
const COLLATERAL_MS = 1000;
/** Ranks that do not stop when told to are told of after this. */
const TELL_MS = 2000;
/** What a collective throws when another rank is to blame. */
const COLLATERAL_ERROR = "CollectiveError";
const INTERRUPTED = "InterruptedError";

export interface CellRunOptions {
  readonly ranks: readonly Rank[];
  /** Ranks of the cluster. */
  readonly numRanks: number;
  /** Of the connections between ranks. */
  readonly generation: number;
  /** Gives up the connections that this cell uses. */
  readonly disconnect: (why: string) => void;
  /** Says something in the cell while it runs. */
  readonly say: (text: string) => void;
  /** How long ranks that do not stop live on once another has failed. */
  readonly limitMs: () => number;
}

export class CellRun {
  readonly #options: CellRunOptions;
  readonly #outcomes = new Map<number, Outcome>();
  readonly #stopped: number[] = [];
  readonly #deaths: Death[] = [];
  readonly #killed: Rank[] = [];
  #failure: { readonly rank: number; readonly error: ErrorReport } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #settle: (outcome: Outcome) => void = () => undefined;
  readonly outcome = new Promise<Outcome>((resolve) => {
    this.#settle = resolve;
  });

  constructor(options: CellRunOptions) {
    this.#options = options;
  }

  get generation(): number {
    return this.#options.generation;
  }

  /** Those that it was started on. */
  get ranks(): readonly Rank[] {
    return this.#options.ranks;
  }

  /** Ranks that have not ended. */
  get pending(): Rank[] {
    return this.#options.ranks.filter(({ rank }) => !this.#outcomes.has(rank));
  }

  /** Says something in the cell. */
  say(text: string): void {
    this.#options.say(text);
  }

  /** A rank has ended; `isDisconnected`: a collective failed there, whatever the cell made of it. */
  done(rank: number, outcome: Outcome, isDisconnected: boolean): void {
    this.#outcomes.set(rank, outcome);
    if (outcome.status === "error") this.#fail(rank, outcome.error);
    else if (isDisconnected) this.#options.disconnect("a collective failed");
    this.#goOn();
  }

  /** A rank's process is gone. */
  died(rank: Rank, how: string): void {
    if (!this.#options.ranks.includes(rank)) return;
    const death: Death = { rank, how, wasStuck: this.#killed.includes(rank) };
    this.#deaths.push(death);
    if (!this.#outcomes.has(rank.rank)) {
      const name = death.wasStuck ? COLLATERAL_ERROR : "WorkerDied";
      const error = { name, message: describeDeaths([death]), stack: "" };
      this.#outcomes.set(rank.rank, { status: "error", error });
    }
    this.#options.disconnect(`rank ${rank.rank} died`);
    this.#goOn();
  }

  /** All workers are gone or replaced: the cell ends whatever the ranks had reached. */
  lost(error: ErrorReport): void {
    clearTimeout(this.#timer);
    this.#settle({ status: "error", error });
  }

  /** The cell asked for other workers: it ends here. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#settle({ status: "ok", expressions: {} });
  }

  /** Gives up the connections between the ranks. */
  disconnect(why: string): void {
    this.#options.disconnect(why);
  }

  /** Kills the ranks that have not ended; `why` completes a sentence about each. */
  kill(why: string): void {
    for (const rank of this.pending) {
      this.#killed.push(rank);
      rank.kill(why);
    }
  }

  /** Another cause may come later: what is not collateral counts. */
  #fail(rank: number, error: ErrorReport): void {
    const isCause = error.name !== COLLATERAL_ERROR;
    const known = this.#failure?.error.name;
    if (known === undefined || (known === COLLATERAL_ERROR && isCause))
      this.#failure = { rank, error };
    this.#options.disconnect(
      error.name === INTERRUPTED ? "the cell was interrupted" : `rank ${rank} failed`,
    );
  }

  #goOn(): void {
    if (this.pending.length === 0) this.#finish();
    else if (this.#failure !== undefined || this.#deaths.length > 0)
      this.#timer ??= setTimeout(this.#stopRest, COLLATERAL_MS);
  }

  readonly #stopRest = (): void => {
    for (const { rank, control } of this.pending) {
      this.#stopped.push(rank);
      void control.signal("stop");
    }
    this.#timer = setTimeout(this.#tellRest, TELL_MS);
  };

  readonly #tellRest = (): void => {
    const limitMs = this.#options.limitMs();
    const ranks = this.pending.map(({ rank, pid }) => `rank ${rank} (pid ${pid})`).join(", ");
    this.say(
      `${this.#summary()}; still waiting for ${ranks}, which does not come back to JavaScript. After ${limitMs / 1000} s ` +
        "it is killed with its variables.",
    );
    this.#timer = setTimeout(this.#killRest, Math.max(0, limitMs - TELL_MS));
  };

  readonly #killRest = (): void => {
    this.kill(`was killed because it did not stop for ${this.#options.limitMs() / 1000} s`);
  };

  /** What went wrong, in few words. */
  #summary(): string {
    const causes = this.#deaths.filter(({ wasStuck }) => !wasStuck);
    if (causes.length > 0) return describeDeaths(causes);
    const { rank, error } = this.#failure ?? { rank: 0, error: { name: "Error", message: "" } };
    return `rank ${rank} failed: ${error.name}: ${error.message}`;
  }

  #finish(): void {
    clearTimeout(this.#timer);
    const shown = this.#outcomes.get(this.#options.ranks[0]?.rank ?? 0);
    const error = this.#explain();
    if (error !== undefined) this.#settle({ status: "error", error });
    else if (shown !== undefined) this.#settle(shown);
  }

  #explain(): ErrorReport | undefined {
    const { numRanks } = this.#options;
    const causes = this.#deaths.filter(({ wasStuck }) => !wasStuck);
    if (causes.length > 0) return deathError("WorkerDied", this.#deaths, numRanks);
    const error = this.#explainFailure();
    if (this.#deaths.length === 0) return error;
    if (error === undefined || error.name === INTERRUPTED)
      return deathError(INTERRUPTED, this.#deaths, numRanks);
    const loss = `${describeDeaths(this.#deaths)}; ${describeLoss(this.#deaths, numRanks)}`;
    return { ...error, message: `${error.message}; ${loss}` };
  }

  #explainFailure(): ErrorReport | undefined {
    if (this.#failure === undefined) return undefined;
    const { rank, error } = this.#failure;
    if (error.name === INTERRUPTED) return describeInterrupt(error, this.#outcomes);
    if (this.#options.ranks.length === 1) return error;
    const others = [...this.#outcomes].filter(
      ([other, { status }]) => other !== rank && status === "error",
    );
    const isCollateral = (report: Outcome): boolean =>
      report.status === "error" && report.error.name === COLLATERAL_ERROR;
    const stopped = others.filter(
      ([other, outcome]) => this.#stopped.includes(other) || isCollateral(outcome),
    );
    const also = others.filter((each) => !stopped.includes(each));
    const notes = [`rank ${rank} failed first`];
    if (also.length > 0) notes.push(`failed too: ${ranksText(also.map(([other]) => other))}`);
    if (stopped.length > 0) notes.push(`stopped: ${ranksText(stopped.map(([other]) => other))}`);
    return { ...error, message: `${error.message} (${notes.join("; ")})` };
  }
}
