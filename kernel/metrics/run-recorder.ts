// Records the runs of a session: merges what ranks append, keeps it in `<directory>/<runId>/metrics.arrow`, shows it in
// the output of the cell that began the run, and feeds the live plots that attach by comm (DESIGN 1.9).

import type { MimeBundle, RunDescription, RunOutcome, RunSample } from "notebooster/host";
import { snapshotMessage } from "./live-feed.js";
import { isRunId, readRun } from "./read-run.js";
import { RecordedRun } from "./recorded-run.js";
import type { CommMessage, RecorderOptions, RunOpener } from "./recorder-types.js";

const MAX_RUNS_IN_MEMORY = 16;
const MAX_ROWS_PER_RANK = 25_000;
const MAX_ROWS = 200_000;

/** A run and where it is shown. */
interface Entry {
  readonly run: RecordedRun;
  readonly runId: string;
  readonly cell: string;
  readonly title: string;
}

export class RunRecorder {
  readonly #options: RecorderOptions;
  /** By the id of the rank that opened the run first. */
  readonly #entries = new Map<string, Entry>();
  /** Ids that other ranks gave the same run. */
  readonly #aliases = new Map<string, string>();
  /** Which run each comm watches. */
  readonly #watched = new Map<string, string>();
  #answering = Promise.resolve();

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /**
   * Opens a run for a rank. Ranks cannot agree on an id without talking, so a rank joins the first run of the same
   * cell and title that it has not opened yet.
   */
  open(description: RunDescription, { rank, cell, isShown }: RunOpener): void {
    const { title, runId } = description;
    if (!isRunId(runId)) throw new Error(`run id ${JSON.stringify(runId)} cannot name a folder`);
    const entry = this.#entryToJoin(title, cell, rank) ?? this.#create(description, cell);
    this.#aliases.set(runId, entry.runId);
    entry.run.openRank(rank);
    if (isShown) entry.run.place();
  }

  append(runId: string, _rank: number, arrowStream: Uint8Array): void {
    this.#find(runId)?.run.append(arrowStream);
  }

  /** What the model said on any rank. */
  appendSamples(runId: string, samples: readonly RunSample[]): void {
    this.#find(runId)?.run.appendSamples(samples);
  }

  /** `isLeft` when the run's block was left, as an error would. */
  close(runId: string, rank: number, isLeft: boolean): void {
    this.#find(runId)?.run.closeRank(rank, isLeft);
  }

  /** The cell that the run was at has ended; perhaps the run has not, and will `resume`. */
  cellEnded(runId: string, outcome: RunOutcome): void {
    this.#find(runId)?.run.cellEnded(outcome);
  }

  /** Another cell goes on with the run. */
  resume(runId: string): void {
    this.#find(runId)?.run.resume();
  }

  /** Ends the run: no rank is left. */
  stop(runId: string, outcome: RunOutcome): void {
    this.#find(runId)?.run.stop(outcome);
  }

  comm({ kind, commId, data }: CommMessage): void {
    if (kind === "close") {
      this.#leave(commId);
      return;
    }
    const { type, runId, since, seq } = Object(data) as Record<string, unknown>;
    if (type === "attach" && isRunId(runId)) this.#attach(commId, runId, Number(since ?? 0));
    if (type === "resync") this.#attach(commId, this.#watched.get(commId) ?? "", -1);
    if (type === "ack") this.#feedOf(commId)?.acknowledge(commId, Number(seq));
  }

  /** Resolves when everything appended so far is on disk and sent. */
  async flush(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ run }) => run.settle()));
    await this.#answering;
  }

  #entryToJoin(title: string, cell: string, rank: number): Entry | undefined {
    const entries = [...this.#entries.values()];
    return entries.find(
      (entry) => entry.cell === cell && entry.title === title && !entry.run.hasRank(rank),
    );
  }

  #create({ runId, title, totalSteps }: RunDescription, cell: string): Entry {
    const { directory, numRanks, send } = this.#options;
    const displayId = `run-${runId}`;
    const run = new RecordedRun({
      metadata: { runId, title, startedAtMs: Date.now(), ...(totalSteps ? { totalSteps } : {}) },
      directory,
      maxRows: Math.min(MAX_ROWS, MAX_ROWS_PER_RANK * numRanks),
      show: (bundle: MimeBundle, update: boolean) =>
        send({ kind: "display", cell, displayId, update, bundle, metadata: {} }),
      sendComm: (commId, data, buffers) => send({ kind: "comm", commId, data, buffers }),
    });
    const entry = { run, runId, cell, title };
    this.#entries.set(runId, entry);
    this.#forgetOldRuns();
    return entry;
  }

  #forgetOldRuns(): void {
    const finished = [...this.#entries.values()].filter(({ run }) => run.outcome !== undefined);
    for (const { runId } of finished.slice(
      0,
      Math.max(0, this.#entries.size - MAX_RUNS_IN_MEMORY),
    )) {
      this.#entries.delete(runId);
      for (const [alias, id] of this.#aliases) if (id === runId) this.#aliases.delete(alias);
    }
  }

  #find(runId: string): Entry | undefined {
    return this.#entries.get(this.#aliases.get(runId) ?? runId);
  }

  #feedOf(commId: string) {
    return this.#find(this.#watched.get(commId) ?? "")?.run.feed;
  }

  #leave(commId: string): void {
    this.#feedOf(commId)?.detach(commId);
    this.#watched.delete(commId);
  }

  #attach(commId: string, runId: string, since: number): void {
    this.#leave(commId);
    this.#watched.set(commId, runId);
    const feed = this.#feedOf(commId);
    if (feed) feed.attach(commId, since);
    else this.#answering = this.#answering.then(() => this.#answerFromDisk(commId, runId));
  }

  /** A run of an earlier kernel. */
  async #answerFromDisk(commId: string, runId: string): Promise<void> {
    const answer = (data: Record<string, unknown>, buffers: Uint8Array[] = []) =>
      this.#options.send({ kind: "comm", commId, data, buffers });
    try {
      const stored = await readRun(this.#options.directory, runId);
      if (!stored) return answer({ type: "unknown", runId });
      const { store, metadata, outcome } = stored;
      const view = { rows: store.rows(), metadata, outcome, problem: undefined };
      answer(...snapshotMessage(view, 0));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      answer({ type: "unknown", runId, problem: `the recorded metrics cannot be read: ${reason}` });
    }
  }
}
