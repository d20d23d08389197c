// Cells that wait for their types to be checked. The check starts when no cell has come for a moment, so that the cells of
// `Run All` have the processors to themselves and TypeScript takes in all of them at once.

import type { MimeBundle } from "notebooster/host";
import type { CheckedCell } from "../language/checker/messages.js";
import { CheckerError, type TypeChecker } from "../language/checker/type-checker.js";
import { type CellSource, foldProblems } from "../language/problem-report.js";

/** A person who runs one cell after the other by hand is slower. */
const QUIET_MS = 30;
/** However fast cells follow each other, no more of them wait: as many as the checker has room for at first. */
const MAX_WAITING = 32;

interface Waiting {
  readonly cell: CellSource;
  readonly keep: CheckedCell["keep"];
  readonly show: (bundle: MimeBundle) => void;
}

export class CheckQueue {
  readonly #checker: TypeChecker;
  #waiting: Waiting[] = [];
  #lastCame = 0;
  #timer: NodeJS.Timeout | undefined;
  #latest: Promise<void> = Promise.resolve();

  constructor(checker: TypeChecker) {
    this.#checker = checker;
  }

  /** Has a cell checked soon; `show` gets what is wrong. One whose types nobody asks for starts no thread: it waits for a reason to. */
  add(cell: CellSource, keep: CheckedCell["keep"], show: Waiting["show"]): void {
    this.#lastCame = performance.now();
    this.#waiting.push({ cell, keep, show });
    if (!this.#isNeeded) return;
    if (this.#waiting.length >= MAX_WAITING) this.flush();
    else this.#timer ??= setTimeout(() => this.#look(), QUIET_MS);
  }

  /** Sends the waiting cells to the checker now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const cells = this.#waiting;
    this.#waiting = [];
    for (let i = 0; i < cells.length; i += MAX_WAITING)
      this.#latest = this.#check(cells.slice(i, i + MAX_WAITING));
  }

  /** Resolves when every cell so far that is to be checked has been. */
  settled(): Promise<void> {
    if (this.#isNeeded) this.flush();
    return this.#latest;
  }

  get #isNeeded(): boolean {
    return this.#checker.isStarted || this.#waiting.some(({ keep }) => keep !== "unchecked");
  }

  #look(): void {
    const rest = this.#lastCame + QUIET_MS - performance.now();
    if (rest <= 0) this.flush();
    else this.#timer = setTimeout(() => this.#look(), rest);
  }

  async #check(cells: readonly Waiting[]): Promise<void> {
    try {
      const sources = cells.map(({ cell: { code }, keep }) => ({ code, keep }));
      const found = await this.#checker.call("check", sources);
      for (const [i, { cell, show }] of cells.entries()) {
        const problems = found[i] ?? [];
        if (problems.length > 0) show(foldProblems(problems, cell));
      }
    } catch (failure) {
      if (!(failure instanceof CheckerError)) throw failure;
      const bundle = { "text/plain": `types of this cell are unknown: ${failure.message}` };
      for (const { show } of cells) show(bundle);
    }
  }
}
