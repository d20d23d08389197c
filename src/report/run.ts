// A training run as seen by one rank: rows of metrics kept in bounded memory and sent to the host, if there
// is one, in Arrow batches at most every 100 ms. The kernel merges ranks, records and draws them.

import { randomBytes } from "node:crypto";
import type { Table } from "apache-arrow";
import { integer, number, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable, requireOptions } from "../arguments/options.js";
import { currentHost, type Host, type RunSample } from "../host/index.js";
import { encodeRows } from "./arrow-codec.js";
import { isFixedColumn, type MetricsMetadata, type MetricsRow } from "./metrics.js";
import { type FlopsPerToken, mfuFormula, someFlops } from "./mfu.js";
import { RowStore } from "./row-store.js";
import { type SaidText, type SamplesPlace, SampleTable, someTexts } from "./samples.js";

const FLUSH_MS = 100;
const MAX_INT32 = 2 ** 31 - 1;
/** Texts that a run keeps here; all of them are in its folder. */
const MAX_SAMPLES = 10_000;

/** Options of `startRun`. */
export interface RunOptions {
  /** Shown above the plot. */
  readonly title: string;
  /** Planned number of optimizer steps. */
  readonly totalSteps?: number | undefined;
  /** FLOPs of one training token: a number, or the result of `flopsPerToken()` to keep its formula. */
  readonly flopsPerToken?: number | FlopsPerToken | undefined;
  /** Peak FLOP/s of one rank's device. Without it, or without `flopsPerToken`, MFU is unknown. */
  readonly peakFlops?: number | undefined;
  /** Default: the rank of the worker this runs in, else 0. */
  readonly rank?: number | undefined;
}

const OPTIONS: OptionTable<RunOptions> = {
  title: text,
  totalSteps: integer({ min: 1 }),
  flopsPerToken: someFlops,
  peakFlops: number({ above: 0 }),
  rank: integer({ min: 0 }),
};

/**
 * What a training loop knows after a step. What is left out is recorded as unknown. Any other name with a number is a metric
 * of the run's own, with a panel and a column of its own: `run.step({ evalLoss })`.
 */
export interface StepMetrics {
  /**
   * Optimizer steps done so far, counting this one. Left out, the values belong to the last step while it lacks them, else
   * to the next.
   */
  readonly step?: number | undefined;
  /** The step's loss on this rank. */
  readonly loss?: number | undefined;
  /** Rate of the step. */
  readonly learningRate?: number | undefined;
  /** Global norm before clipping. */
  readonly gradNorm?: number | undefined;
  /** Tokens this rank accounts for; ranks that share tokens (tensor parallel) each give their share. */
  readonly numTokens?: number | undefined;
  /** Device memory in bytes. */
  readonly memory?:
    | { readonly allocatedBytes?: number | undefined; readonly reservedBytes?: number | undefined }
    | undefined;
  readonly [name: string]: number | StepMetrics["memory"];
}

const aStep = integer({ min: 0, max: MAX_INT32 });

/** The metrics that every run has, by the names a loop gives them. */
const STEP_NAMES = ["step", "loss", "learningRate", "gradNorm", "numTokens", "memory"];

/**
 * Begins recording a run. Every rank calls it; in a notebook the cell then shows the live plot.
 *
 *     using run = startRun({ title: "fine-tune", totalSteps: 200 });
 *     run.step({ step: 1, loss: 3.2, numTokens: 4096 });
 */
export function startRun(options: RunOptions): TrainingRun {
  return new TrainingRun(options);
}

/** A training run as one rank sees it; made by `startRun`. */
export class TrainingRun implements Disposable {
  /** What names and describes the run. */
  readonly metadata: MetricsMetadata;
  /** Rank whose rows these are. */
  readonly rank: number;
  readonly #host: Host | undefined;
  readonly #flopsPerToken: number | undefined;
  readonly #peakFlops: number | undefined;
  readonly #store = new RowStore();
  readonly #startMs = performance.now();
  #samples: readonly RunSample[] = [];
  #pending: MetricsRow[] = [];
  #lastStepMs = this.#startMs;
  #lastStep = 0;
  /** Names of what was given for the last step. */
  #given = new Set<string>();
  #lastFlushMs = this.#startMs;
  #timer: NodeJS.Timeout | undefined;
  #ended: boolean = false;

  constructor(options: RunOptions) {
    checkOptions("startRun", options, OPTIONS);
    const { title, totalSteps, flopsPerToken, peakFlops } = options;
    requireValue("startRun: title", title, text);
    this.#host = currentHost();
    this.rank = options.rank ?? this.#host?.rank ?? Number(process.env["RANK"] ?? 0);
    this.#flopsPerToken = typeof flopsPerToken === "object" ? flopsPerToken.value : flopsPerToken;
    this.#peakFlops = peakFlops;
    this.metadata = {
      runId: newRunId(title),
      title,
      startedAtMs: Date.now(),
      ...(totalSteps === undefined ? {} : { totalSteps }),
      ...(flopsPerToken === undefined || peakFlops === undefined
        ? {}
        : { mfuFormula: mfuFormula(flopsPerToken, peakFlops) }),
    };
    this.#host?.openRun({
      runId: this.metadata.runId,
      title,
      ...(totalSteps === undefined ? {} : { totalSteps }),
    });
  }

  /** Also the name of the folder in which the kernel records the run. */
  get runId(): string {
    return this.metadata.runId;
  }

  /**
   * The rows so far, oldest first: all of the first 100,000; beyond that only steps divisible by a stride that
   * doubles whenever 100,000 rows are held, and the newest row.
   */
  get rows(): readonly MetricsRow[] {
    return this.#store.rows();
  }

  /** Records one step and returns its row. Call it once per optimizer step, after the step. */
  step(metrics: StepMetrics): MetricsRow {
    this.#requireOpen();
    checkStep(metrics);
    const row = this.#rowOf(metrics, performance.now());
    this.#store.push(row);
    if (this.#host) this.#enqueue(row);
    return row;
  }

  /**
   * Keeps what the model said at a step, by default the last one, also in the run's folder:
   *
   *     run.addSamples(sample(model, tokenizer, prompts));
   *
   * `readSamples` reads it back. Ranks that say the same give it once, on one of them.
   */
  addSamples(samples: readonly SaidText[], { step = this.#lastStep }: SamplesPlace = {}): void {
    this.#requireOpen();
    requireValue("run.addSamples: samples", samples, someTexts);
    requireValue("run.addSamples: step", step, aStep);
    const { rank } = this;
    const added = samples.map(({ prompt, text: said }) => ({ step, prompt, text: said, rank }));
    this.#samples = [...this.#samples, ...added].slice(-MAX_SAMPLES);
    if (added.length > 0) this.#host?.appendSamples(this.runId, added);
  }

  /** What the model said on this rank, the oldest first, the newest 10,000 texts: a notebook shows a table. */
  get samples(): SampleTable {
    return new SampleTable(this.#samples);
  }

  /** The rows as an Arrow table, of the class that `import { Table } from "apache-arrow"` gives. */
  async table(): Promise<Table> {
    const { tableFromIPC } = await import("apache-arrow");
    return tableFromIPC(encodeRows(this.#store.rows(), this.metadata));
  }

  /** Sends what is pending and closes the run. Calling it again does nothing. */
  end(): void {
    this.#end(false);
  }

  [Symbol.dispose](): void {
    this.#end(true);
  }

  #requireOpen(): void {
    if (this.#ended) throw new Error(`run ${this.runId} has ended; call startRun() for a new one`);
  }

  #end(isLeft: boolean): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#flush();
    this.#host?.closeRun(this.runId, isLeft);
  }

  /** The step that metrics belong to, and whether they join one that has a row already: that took no time of its own. */
  #place(metrics: StepMetrics): { step: number; joins: boolean } {
    const names = Object.keys(metrics).filter((name) => name !== "step");
    const isNew = this.#given.size === 0 || names.some((name) => this.#given.has(name));
    const step = metrics.step ?? (isNew ? this.#lastStep + 1 : this.#lastStep);
    const joins = step === this.#lastStep && this.#given.size > 0;
    if (!joins) this.#given.clear();
    for (const name of names) this.#given.add(name);
    this.#lastStep = step;
    return { step, joins };
  }

  #rowOf(metrics: StepMetrics, nowMs: number): MetricsRow {
    const { step, joins } = this.#place(metrics);
    const stepMs = joins ? 0 : nowMs - this.#lastStepMs;
    this.#lastStepMs = nowMs;
    const { numTokens, memory } = metrics;
    const others = othersOf(metrics);
    const tokensPerS = numTokens === undefined || stepMs <= 0 ? null : (numTokens / stepMs) * 1000;
    return {
      step,
      wall_ms: nowMs - this.#startMs,
      loss: metrics.loss ?? null,
      learning_rate: metrics.learningRate ?? null,
      grad_norm: metrics.gradNorm ?? null,
      tokens_per_s: tokensPerS,
      mfu: this.#mfuOf(tokensPerS),
      step_ms: stepMs,
      memory_allocated_bytes: memory?.allocatedBytes ?? null,
      memory_reserved_bytes: memory?.reservedBytes ?? null,
      host_memory_bytes: process.memoryUsage.rss(),
      rank: this.rank,
      ...(Object.keys(others).length > 0 ? { others } : {}),
    };
  }

  #mfuOf(tokensPerS: number | null): number | null {
    if (tokensPerS === null) return null;
    if (this.#flopsPerToken === undefined || this.#peakFlops === undefined) return null;
    return (tokensPerS * this.#flopsPerToken) / this.#peakFlops;
  }

  #enqueue(row: MetricsRow): void {
    this.#pending.push(row);
    if (performance.now() - this.#lastFlushMs >= FLUSH_MS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS).unref();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastFlushMs = performance.now();
    if (this.#pending.length === 0) return;
    this.#host?.appendMetrics(this.runId, encodeRows(this.#pending, this.metadata));
    this.#pending = [];
  }
}

/** Sortable by start, readable, safe as a file name. */
function newRunId(title: string): string {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40);
  return [stamp, slug, randomBytes(2).toString("hex")].join("-").replaceAll(/-+/g, "-");
}

/** The run's own metrics among those of a step. */
function othersOf(metrics: StepMetrics): Record<string, number> {
  const own = Object.entries(metrics).filter(
    ([name, value]) => !STEP_NAMES.includes(name) && value !== undefined,
  );
  return Object.fromEntries(own) as Record<string, number>;
}

function checkStep(metrics: StepMetrics): void {
  requireOptions("run.step", metrics, STEP_NAMES);
  const { step = 0, memory, ...numbers } = metrics;
  if (!Number.isInteger(step) || step < 0 || step > MAX_INT32) {
    throw new RangeError(
      `run.step: \`step\` is ${step}; expected an integer from 0 to ${MAX_INT32}`,
    );
  }
  const taken = Object.keys(numbers).find(isTaken);
  if (taken !== undefined) {
    const names = STEP_NAMES.slice(1).join(", ");
    throw new RangeError(
      `run.step: \`${taken}\` is a column of every run, filled from ${names}; give it another name`,
    );
  }
  for (const [name, value] of Object.entries({ ...numbers, ...memory })) {
    if (value === undefined || typeof value === "number") continue;
    throw new TypeError(
      `run.step: \`${name}\` is ${typeof value}; expected a number (\`.item()\`?)`,
    );
  }
}

function isTaken(name: string): boolean {
  return isFixedColumn(name) && !STEP_NAMES.includes(name);
}
