// A progress bar with rate and remaining time: in a notebook one display that is replaced at most ten times a
// second, on a terminal one line rewritten with \r, elsewhere (a log file) one line every ten seconds.

import { randomBytes } from "node:crypto";
import { integer, kind, number, oneOf, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { currentHost, type Host, type RunOutcome } from "../host/index.js";
import { type ProgressState, progressBundle, progressLine } from "./progress-text.js";

const DISPLAY_MS = 100;
const LOG_MS = 10_000;

/** Options of a progress bar. */
export interface ProgressOptions {
  /** Number of items; unknown when left out, and then there is no ETA. */
  readonly total?: number | undefined;
  /** Shown before the bar. */
  readonly label?: string | undefined;
  /** What is counted, where that is bytes. */
  readonly unit?: "bytes" | undefined;
}

const someItems = kind<object>(
  "what a loop goes through: a list, a loader, a generator",
  (value) =>
    typeof value === "object" &&
    value !== null &&
    (Symbol.iterator in value || Symbol.asyncIterator in value),
);
const OPTIONS: OptionTable<ProgressOptions> = {
  total: integer({ min: 0 }),
  label: text,
  unit: oneOf("bytes"),
};

/** Imperative progress bar. Only rank 0 shows anything. */
export class ProgressBar implements Disposable {
  readonly #total: number | undefined;
  readonly #label: string;
  readonly #unit: "bytes" | undefined;
  readonly #show: (state: ProgressState) => void;
  readonly #intervalMs: number;
  readonly #startMs = performance.now();
  #count = 0;
  #note = "";
  #lastShownMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #outcome: RunOutcome | undefined;
  /** Whether its block was left before it was closed. */
  #isLeft: boolean = false;

  constructor(options: ProgressOptions = {}) {
    checkOptions("new ProgressBar", options, OPTIONS);
    const { total, label = "", unit } = options;
    this.#total = total;
    this.#label = label;
    this.#unit = unit;
    const host = currentHost();
    this.#intervalMs = host || process.stderr.isTTY ? DISPLAY_MS : LOG_MS;
    this.#show = outputOf(host);
    host?.atCellEnd?.((outcome) => this.#cellEnded(outcome));
    this.#refresh();
  }

  /** Items done so far. */
  get count(): number {
    return this.#count;
  }

  /** Counts `count` more items; `note` replaces the text after the bar, such as `loss 3.21`. */
  advance(count = 1, note?: string): void {
    requireValue("advance: count", count, number({ min: 0 }));
    this.#count += count;
    if (note !== undefined) this.#note = note;
    this.#refresh();
  }

  /** Shows the last state. Calling it again does nothing. */
  close(): void {
    if (this.#outcome) return;
    this.#outcome = "finished";
    this.#draw();
  }

  [Symbol.dispose](): void {
    this.#isLeft = this.#outcome === undefined;
    this.close();
  }

  /** A cell that failed leaves its bars where they are: a termination runs no `finally`, and no block tells why it was left. */
  #cellEnded(outcome: RunOutcome): void {
    const isThrough = this.#total === undefined ? !this.#isLeft : this.#count >= this.#total;
    if (outcome === "finished" || (this.#outcome !== undefined && isThrough)) return;
    this.#outcome = outcome;
    this.#draw();
  }

  #refresh(): void {
    if (this.#outcome) return;
    const waitMs = this.#lastShownMs + this.#intervalMs - performance.now();
    if (waitMs <= 0) this.#draw();
    else this.#timer ??= setTimeout(() => this.#draw(), waitMs).unref();
  }

  #draw(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastShownMs = performance.now();
    const elapsedMs = this.#lastShownMs - this.#startMs;
    const { total, label, unit, note } = {
      total: this.#total,
      label: this.#label,
      unit: this.#unit,
      note: this.#note,
    };
    this.#show({ count: this.#count, total, label, unit, note, elapsedMs, outcome: this.#outcome });
  }
}

/**
 * Passes the items of an iterable through while showing how many went by. The total is taken from `length` or
 * `size` where the iterable has one. The bar closes when the loop ends, however it ends.
 *
 *     for await (const batch of progress(loader, { label: "epoch 1" })) ...
 */
export function progress<T>(items: Iterable<T>, options?: ProgressOptions): Iterable<T>;
export function progress<T>(items: AsyncIterable<T>, options?: ProgressOptions): AsyncIterable<T>;
export function progress<T>(
  items: Iterable<T> | AsyncIterable<T>,
  options: ProgressOptions = {},
): Iterable<T> | AsyncIterable<T> {
  requireValue("progress: items", items, someItems);
  checkOptions("progress", options, OPTIONS);
  const total = options.total ?? sizeOf(items);
  const withTotal = { ...options, total };
  return Symbol.asyncIterator in items ? passAsync(items, withTotal) : pass(items, withTotal);
}

function* pass<T>(items: Iterable<T>, options: ProgressOptions): Generator<T> {
  using bar = new ProgressBar(options);
  for (const item of items) {
    yield item;
    bar.advance();
  }
  bar.close();
}

async function* passAsync<T>(items: AsyncIterable<T>, options: ProgressOptions) {
  using bar = new ProgressBar(options);
  for await (const item of items) {
    yield item;
    bar.advance();
  }
  bar.close();
}

function sizeOf(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return [length, size].find((value): value is number => Number.isSafeInteger(value));
}

type Output = (state: ProgressState) => void;

function outputOf(host: Host | undefined): Output {
  const rank = host?.rank ?? Number(process.env["RANK"] ?? 0);
  if (rank !== 0) return () => undefined;
  if (host) return notebookOutput(host);
  return process.stderr.isTTY ? terminalOutput() : logOutput;
}

function notebookOutput(host: Host): Output {
  const displayId = `progress-${randomBytes(8).toString("hex")}`;
  let update = false;
  return (state) => {
    host.display(progressBundle({ ...state, id: displayId }), { displayId, update });
    update = true;
  };
}

function terminalOutput(): Output {
  return (state) => {
    const width = process.stderr.columns || 80;
    const line = progressLine(state).slice(0, width - 1);
    process.stderr.write(`\r${line}\u001b[K${state.outcome ? "\n" : ""}`);
  };
}

function logOutput(state: ProgressState): void {
  process.stderr.write(`${progressLine(state)}\n`);
}
