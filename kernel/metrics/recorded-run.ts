// One run while it is recorded: rows of all ranks in bounded memory, on disk, on the way to plots and in the output
// of its cell. A failing disk or a corrupt batch is shown in that output and never stops the run.

import { dirname, join } from "node:path";
import type { MimeBundle, RunOutcome, RunSample } from "notebooster/host";
import { decodeRows, type MetricsMetadata, type MetricsRow, RowStore } from "notebooster/report";
import { LiveFeed, type SendComm } from "./live-feed.js";
import { MetricsFile } from "./metrics-file.js";
import { METRICS_FILE, writeOutcome } from "./read-run.js";
import { RunDisplay, type RunView } from "./run-display.js";
import { SamplesFile } from "./samples-file.js";

const WRITE_MS = 500;

export interface RecordedRunOptions {
  readonly metadata: MetricsMetadata;
  readonly directory: string;
  readonly maxRows: number;
  readonly show: (bundle: MimeBundle, update: boolean) => void;
  readonly sendComm: SendComm;
}

export class RecordedRun {
  readonly feed: LiveFeed;
  readonly #ranks = new Map<number, "open" | "closed">();
  readonly #display: RunDisplay;
  readonly #path: string;
  readonly #samples: SamplesFile;
  readonly #store: RowStore;
  #metadata: MetricsMetadata;
  #file: MetricsFile | undefined;
  #unwritten: MetricsRow[] = [];
  #writing = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #problem: string | undefined;
  #outcome: RunOutcome | undefined;
  /** Whether the cell that it was last at has ended; its last rows may come after that. */
  #hasCellEnded: boolean = false;
  /** Whether a rank left its block without `end()`. */
  #isLeft: boolean = false;

  constructor({ metadata, directory, maxRows, show, sendComm }: RecordedRunOptions) {
    this.#metadata = metadata;
    this.#store = new RowStore(maxRows);
    this.#path = join(directory, metadata.runId, METRICS_FILE);
    this.#samples = new SamplesFile(dirname(this.#path));
    this.#display = new RunDisplay(() => this.view(), show);
    this.feed = new LiveFeed(() => this.view(), sendComm);
  }

  /** How the run ended; undefined while it goes on. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  hasRank(rank: number): boolean {
    return this.#ranks.has(rank);
  }

  view(): RunView {
    const [outcome, problem] = [this.#outcome, this.#problem];
    return { rows: this.#store.rows(), metadata: this.#metadata, outcome, problem };
  }

  openRank(rank: number): void {
    this.#ranks.set(rank, "open");
  }

  /** The rank whose output the cell shows has come to where the run begins: there it has its place. */
  place(): void {
    this.#display.place();
  }

  closeRank(rank: number, isLeft: boolean): void {
    if (this.#ranks.get(rank) !== "open") return;
    this.#ranks.set(rank, "closed");
    this.#isLeft ||= isLeft;
    if (this.#isClosed) this.stop("finished");
  }

  /**
   * Its cell has ended. A run that has made all its steps is done, whatever the cell did then; one that was closed on the way
   * out of a cell that failed is not.
   */
  cellEnded(outcome: RunOutcome): void {
    this.#hasCellEnded = true;
    if (this.#isComplete) this.stop("finished");
    else if (outcome === "finished") return;
    else if (!this.#isClosed) this.stop(outcome);
    else if (this.#isLeft || this.#metadata.totalSteps !== undefined) this.#end(outcome);
  }

  /** Another cell goes on with it. */
  resume(): void {
    this.#hasCellEnded = false;
    if (this.#outcome === undefined || this.#isClosed) return;
    this.#outcome = undefined;
    this.feed.resume();
    this.#display.change();
  }

  /** Ends it, unless it has ended. */
  stop(outcome: RunOutcome): void {
    if (this.#outcome === undefined) this.#end(outcome);
  }

  #end(outcome: RunOutcome): void {
    this.#outcome = outcome;
    this.#display.finish();
    this.feed.finish();
    this.#write();
    if (this.#file) this.#later(() => writeOutcome(dirname(this.#path), outcome));
  }

  /** Whether every rank has closed it. */
  get #isClosed(): boolean {
    return this.#ranks.size > 0 && [...this.#ranks.values()].every((state) => state === "closed");
  }

  /** Whether it has made as many steps as were planned. */
  get #isComplete(): boolean {
    const { totalSteps } = this.#metadata;
    return totalSteps !== undefined && (this.#store.last()?.step ?? 0) >= totalSteps;
  }

  append(arrowStream: Uint8Array): void {
    try {
      const { rows, metadata } = decodeRows(arrowStream);
      this.#describe(metadata);
      for (const row of rows) this.#store.push(row);
      this.#unwritten.push(...rows);
      this.feed.push(rows);
      if (this.#hasCellEnded && this.#isComplete && this.#outcome !== "finished")
        this.#end("finished");
      this.#timer ??= setTimeout(() => this.#write(), WRITE_MS).unref();
    } catch (error) {
      this.#report(`a batch of metrics could not be read: ${messageOf(error)}`);
    }
    this.#display.change();
  }

  appendSamples(samples: readonly RunSample[]): void {
    this.#later(() => this.#samples.append(samples));
  }

  /** Resolves when everything so far is on disk, sent and shown. */
  async settle(): Promise<void> {
    this.#write();
    this.feed.flush();
    await this.#writing;
    await this.#display.settle();
  }

  /** The first batch brings what opening a run does not say: its start and how MFU is computed. */
  #describe(metadata: MetricsMetadata): void {
    if (this.#file) return;
    this.#metadata = { ...metadata, ...this.#metadata, startedAtMs: metadata.startedAtMs };
    this.#file = new MetricsFile(this.#path, this.#metadata);
  }

  #write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = this.#unwritten;
    this.#unwritten = [];
    if (rows.length > 0) this.#later(async () => this.#file?.append(rows));
  }

  /** Does `write` once what was to be written before is. */
  #later(write: () => Promise<void>): void {
    this.#writing = this.#writing
      .then(write)
      .catch((error: unknown) =>
        this.#report(`what the run records is not being saved: ${messageOf(error)}`),
      );
  }

  #report(problem: string): void {
    if (this.#problem !== undefined) return;
    this.#problem = problem;
    this.#display.change();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
