// Cells that wait for their types to be checked. The check starts when no cell has come for a moment, so that the cells of
// `Run All` have the processors to themselves and TypeScript takes in all of them at once.

import type { MimeBundle } from "notebooster/report";
import type { CheckedCell } from "../language/checker/messages.js";
import { CheckerError, type TypeChecker } from "../language/checker/type-checker.js";
import { type CellSource, foldProblems } from "../language/problem-report.js";

/** A person who runs one cell after the other by hand is slower. */
const QUIET_MS = 30;
/** However many cells follow each other, the first of them waits no longer. */
const PATIENCE_MS = 500;

interface Waiting {
  readonly cell: CellSource;
  readonly keep: CheckedCell["keep"];
  readonly show: (bundle: MimeBundle) => void;
}

export class CheckQueue {
  readonly #checker: TypeChecker;
  #waiting: Waiting[] = [];
  #waitsSince = 0;
  #timer: NodeJS.Timeout | undefined;
  #latest: Promise<void> = Promise.resolve();

  constructor(checker: TypeChecker) {
    this.#checker = checker;
  }

  /** Has a cell checked soon; `show` gets what is wrong. */
  add(cell: CellSource, keep: CheckedCell["keep"], show: Waiting["show"]): void {
    if (this.#waiting.push({ cell, keep, show }) === 1) this.#waitsSince = performance.now();
    if (performance.now() - this.#waitsSince > PATIENCE_MS) this.flush();
    else if (this.#timer === undefined) this.#timer = setTimeout(() => this.flush(), QUIET_MS);
    else this.#timer.refresh();
  }

  /** Sends the waiting cells to the checker now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const cells = this.#waiting;
    this.#waiting = [];
    if (cells.length > 0) this.#latest = this.#check(cells);
  }

  /** Resolves when every cell so far has been checked. */
  settled(): Promise<void> {
    this.flush();
    return this.#latest;
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
