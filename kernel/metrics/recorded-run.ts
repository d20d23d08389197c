// One run while it is recorded: rows of all ranks in bounded memory, on disk, on the way to plots and in the output
// of its cell. A failing disk or a corrupt batch is shown in that output and never stops the run.

import { join } from "node:path";
import {
  decodeRows,
  type MetricsMetadata,
  type MetricsRow,
  type MimeBundle,
  RowStore,
} from "notebooster/report";
import { LiveFeed, type SendComm } from "./live-feed.js";
import { MetricsFile } from "./metrics-file.js";
import { METRICS_FILE } from "./read-run.js";
import { RunDisplay, type RunView } from "./run-display.js";

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
  readonly #store: RowStore;
  #metadata: MetricsMetadata;
  #file: MetricsFile | undefined;
  #unwritten: MetricsRow[] = [];
  #writing = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #problem: string | undefined;

  constructor({ metadata, directory, maxRows, show, sendComm }: RecordedRunOptions) {
    this.#metadata = metadata;
    this.#store = new RowStore(maxRows);
    this.#path = join(directory, metadata.runId, METRICS_FILE);
    this.#display = new RunDisplay(() => this.view(), show);
    this.feed = new LiveFeed(() => this.view(), sendComm);
  }

  get finished(): boolean {
    return this.#ranks.size > 0 && [...this.#ranks.values()].every((state) => state === "closed");
  }

  hasRank(rank: number): boolean {
    return this.#ranks.has(rank);
  }

  view(): RunView {
    const { finished } = this;
    const problem = this.#problem;
    return { rows: this.#store.rows(), metadata: this.#metadata, finished, problem };
  }

  openRank(rank: number): void {
    this.#ranks.set(rank, "open");
  }

  closeRank(rank: number): void {
    if (this.#ranks.get(rank) !== "open") return;
    this.#ranks.set(rank, "closed");
    if (!this.finished) return;
    this.#display.finish();
    this.feed.finish();
  }

  closeEveryRank(): void {
    for (const rank of this.#ranks.keys()) this.closeRank(rank);
  }

  append(arrowStream: Uint8Array): void {
    try {
      const { rows, metadata } = decodeRows(arrowStream);
      this.#describe(metadata);
      for (const row of rows) this.#store.push(row);
      this.#unwritten.push(...rows);
      this.feed.push(rows);
      this.#timer ??= setTimeout(() => this.#write(), WRITE_MS).unref();
    } catch (error) {
      this.#report(`a batch of metrics could not be read: ${messageOf(error)}`);
    }
    this.#display.change();
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
    const file = this.#file;
    this.#unwritten = [];
    if (!file || rows.length === 0) return;
    this.#writing = this.#writing
      .then(() => file.append(rows))
      .catch((error: unknown) => this.#report(`metrics are not being saved: ${messageOf(error)}`));
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
