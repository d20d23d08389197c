// One cell in a worker, from the compiled code to its outcome: evaluate, render the result, evaluate the
// person's extra expressions, and say that it is done.

import { types } from "node:util";
import type { RunOutcome } from "notebooster/host";
import { BRING_TOGETHER } from "../link/cell-globals.js";
import type { ErrorReport, Outcome, Progress, Rendered, ToWorker } from "../link/messages.js";
import { runOutcomeOf } from "../link/run-outcome.js";
import { enterCell, lastCell } from "./cell-context.js";
import type { Children } from "./children.js";
import type { CutOff } from "./cut-off.js";
import { describeError } from "./describe-error.js";
import type { Displayer } from "./displayer.js";
import type { Evaluation, Evaluator } from "./evaluator.js";
import { InterruptedError, type Interruption } from "./interruption.js";
import type { Send } from "./kernel-link.js";
import { withHint } from "./name-hint.js";
import { isShown, renderSoon } from "./render.js";

export type Cell = Extract<ToWorker, { kind: "evaluate" }>;

interface Parts {
  readonly evaluator: Evaluator;
  readonly interruption: Interruption;
  readonly cutOff: CutOff;
  readonly displayer: Displayer;
  readonly children: Children;
  readonly send: Send;
  /** What connects the ranks: the cell says which generation it uses, and is told whether they failed. */
  readonly connections: {
    connect(generation: number): void;
    readonly isDisconnected: boolean;
    readonly progress: Progress;
  };
  /** Tells library code that a cell has ended. */
  readonly cellEnded: (cell: string, outcome: RunOutcome) => void;
}

export class CellRunner {
  readonly #parts: Parts;
  readonly #interrupted = new Set<string>();
  /** The last signal of which it was told what it ended. */
  #told = 0;
  /** Cells that were not reported yet, with how many signals the kernel had sent before each. */
  readonly #running = new Map<string, number>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Runs one cell, which is reported once it has ended or was interrupted. What ends JavaScript drops the promise jobs that
   * wait, ours too, so an interrupted cell is reported by who hears of the interrupt and not by what awaits the cell.
   */
  run(cell: Cell): void {
    const { interruption } = this.#parts;
    interruption.awaitSignals(cell.numSignals);
    interruption.protect(() => this.#begin(cell));
    if (!this.#running.has(cell.cell)) return; // interrupted before it began
    void this.#evaluate(cell)
      .catch(failed)
      .then((outcome) => interruption.protect(() => this.#ended(cell.cell, outcome)));
  }

  #begin({ cell, generation, numSignals }: Cell): void {
    const { interruption, connections } = this.#parts;
    if (this.isIdle) interruption.begin();
    connections.connect(generation);
    this.#running.set(cell, numSignals);
    if (numSignals < interruption.ending) this.interrupt(interruption.ending, false);
  }

  #ended(cell: string, outcome: Outcome): void {
    if (!this.#running.has(cell)) return;
    const isInterrupted = this.isInterrupted(cell);
    if (isInterrupted) this.#told = this.#parts.interruption.ending;
    this.#report(cell, isInterrupted ? this.#cutOff() : outcome);
  }

  #report(cell: string, outcome: Outcome): void {
    const { send, connections, cellEnded } = this.#parts;
    this.#running.delete(cell);
    cellEnded(cell, runOutcomeOf(outcome));
    const { isDisconnected, progress } = connections;
    send({ kind: "done", cell, outcome, isDisconnected, progress });
  }

  /** Ends the cells that were sent before signal `number`; where it ended none, `isCut` says whether code that one left was. */
  interrupt(number: number, isCut: boolean): void {
    const ended = [...this.#running].flatMap(([cell, before]) => (before < number ? cell : []));
    const { interruption, evaluator } = this.#parts;
    for (const cell of ended) this.#interrupted.add(cell);
    if (isCut && ended.length === 0 && number > this.#told) this.#sayEnded(lastCell());
    if (isCut || ended.length > 0) this.#told = number;
    evaluator.abandon((cell) => ended.includes(cell));
    const outcome = this.#cutOff();
    for (const cell of ended) this.#report(cell, outcome);
    if (this.isIdle) interruption.answered();
  }

  /** Says in a cell that has ended what became of code that it had left running. */
  #sayEnded(cell: string): void {
    const text =
      "interrupted: code that this cell had left running was ended; variables are intact\n";
    this.#parts.send({ kind: "stream", cell, name: "stderr", text });
  }

  /** Whether no cell runs. */
  get isIdle(): boolean {
    return this.#running.size === 0;
  }

  /** Whether `cell` was interrupted; code of it may still run in the background. */
  isInterrupted(cell: string): boolean {
    return this.#interrupted.has(cell);
  }

  /** Throws in code of a cell that was interrupted. */
  readonly refuseInterrupted = (cell: string): void => {
    if (this.#interrupted.has(cell)) throw new InterruptedError();
  };

  #cutOff(): Outcome {
    const notes = this.#parts.cutOff.restore((cell) => this.isInterrupted(cell));
    return { status: "error", error: { ...describeError(new InterruptedError()), notes } };
  }

  /** Waits only for what is not there yet: each wait is a job of its own, which the worker's hooks look at. */
  async #evaluate(cell: Cell): Promise<Outcome> {
    const { evaluator, displayer, children } = this.#parts;
    const evaluation = await (cell.positions === undefined
      ? evaluator.evaluate(cell.cell, cell.code)
      : this.#evaluateTogether(cell, cell.positions));
    if (evaluation.status === "error") {
      if (evaluation.error instanceof InterruptedError) this.#interrupted.add(cell.cell);
      return {
        status: "error",
        error: withHint(reportOf(evaluation, cell.cell), evaluator),
      };
    }
    const { value } = evaluation;
    const shown = cell.wantsResult && isShown(value) ? inCell(cell, value) : undefined;
    const result: Rendered | undefined = types.isPromise(shown) ? await shown : shown;
    for (const part of [displayer, children]) {
      const late = part.settle();
      if (late !== undefined) await late;
    }
    const hasExpressions = Object.keys(cell.expressions).length > 0;
    const expressions = hasExpressions ? await this.#evaluateExpressions(cell) : {};
    return { status: "ok", expressions, ...(result ? { result } : {}) };
  }

  /** As code of the cell, so that an interrupt ends it too. */
  async #evaluateTogether(
    { cell, code }: Cell,
    positions: readonly unknown[],
  ): Promise<Evaluation> {
    const { evaluator, cutOff } = this.#parts;
    cutOff.positions = positions;
    const brought = await evaluator.evaluate(cell, `await null; ${BRING_TOGETHER}()`);
    return brought.status === "error" ? brought : evaluator.evaluate(cell, code);
  }

  async #evaluateExpressions(cell: Cell): Promise<Record<string, Rendered | ErrorReport>> {
    const values: Record<string, Rendered | ErrorReport> = {};
    for (const [name, code] of Object.entries(cell.expressions)) {
      const evaluation = await this.#parts.evaluator.evaluate(cell.cell, code);
      values[name] =
        evaluation.status === "ok"
          ? await inCell(cell, evaluation.value)
          : describeError(evaluation.error);
    }
    return values;
  }
}

/** What looking at the cell's value threw. */
function failed(failure: unknown): Outcome {
  return { status: "error", error: describeError(failure) };
}

function inCell(cell: Cell, value: unknown): Rendered | Promise<Rendered> {
  return enterCell(cell.cell, () => renderSoon(value));
}

function reportOf(evaluation: Extract<Evaluation, { status: "error" }>, cell: string): ErrorReport {
  const report = describeError(evaluation.error);
  if (evaluation.position === undefined) return report;
  const { line, column } = evaluation.position;
  return { ...report, position: { url: `cell:${cell}`, line: line + 1, column: column + 1 } };
}
