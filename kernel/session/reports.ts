// Training runs and progress bars of a notebook. What workers send of them goes to disk and to the pages that show them; they
// end with the cell that they were at, and where their worker ended before that, as the cell then does.

import { join } from "node:path";
import type { MimeBundle, RunDescription } from "notebooster/host";
import { progressBundle } from "notebooster/report";
import type { FromWorker, Outcome } from "../link/messages.js";
import { runOutcomeOf } from "../link/run-outcome.js";
import type { RecorderMessage } from "../metrics/recorder-types.js";
import type { CellOutput, Cells, Publish } from "./cells.js";
import type { CommOwner } from "./comm-router.js";
import { PROGRESS_TARGET, ProgressFeed } from "./progress-feed.js";
import { RunGateway } from "./run-gateway.js";

const METRICS_TARGET = "notebooster.metrics";

interface ReportsOptions {
  /** The notebook's folder. */
  readonly folder: string;
  readonly cells: Cells;
  readonly publish: Publish;
  readonly failed: (reason: string) => void;
}

export class Reports {
  /** Who takes the comms of pages, by target. */
  readonly commOwners: Readonly<Record<string, CommOwner>>;
  readonly #options: ReportsOptions;
  readonly #runs: RunGateway;
  readonly #bars: ProgressFeed;
  /** Whether a worker has ended while a cell ran that has yet to. */
  #areOrphaned: boolean = false;

  constructor(options: ReportsOptions) {
    this.#options = options;
    const { folder, publish, failed } = options;
    this.#runs = new RunGateway({ directory: join(folder, "runs"), send: this.#recorded, failed });
    this.#bars = new ProgressFeed(publish);
    this.commOwners = { [METRICS_TARGET]: this.#runs, [PROGRESS_TARGET]: this.#bars };
  }

  /** Takes a message of a worker; whether it was about a run. */
  take(rank: number, message: FromWorker, [rows]: readonly Uint8Array[]): boolean {
    if (message.kind === "open-run") this.#openRun(message.run, rank, message.cell);
    else if (message.kind === "metrics" && rows)
      this.#runs.append(message.runId, rank, message.cell, rows);
    else if (message.kind === "samples")
      this.#runs.appendSamples(message.runId, message.cell, message.samples);
    else if (message.kind === "close-run")
      this.#runs.close(message.runId, rank, message.cell, message.isLeft);
    else return false;
    return true;
  }

  /** A cell shows something, perhaps a bar. */
  shown(bundle: MimeBundle): void {
    this.#bars.note(bundle);
  }

  /** Resolves when what the cell recorded is on disk and sent. */
  async cellEnded(cell: string, outcome: Outcome, output: CellOutput): Promise<void> {
    const ended = runOutcomeOf(outcome);
    this.#runs.cellEnded(cell, ended);
    if (this.#areOrphaned) this.#end(ended === "interrupted" ? ended : "failed", output);
    await this.#runs.flush();
  }

  /** Workers have ended, and `isRunning` tells whether during a cell: how it ends says why they did. */
  workersEnded(isRunning: boolean): void {
    this.#areOrphaned = isRunning;
    if (!isRunning) this.#end("failed");
  }

  /** Fresh workers take the place of all, because the person asked for them. */
  restarting(numRanks: number): void {
    this.#end("interrupted");
    this.#runs.reset(numRanks);
  }

  #openRun(run: RunDescription, rank: number, cell: string): void {
    const isShown = this.#options.cells.get(cell)?.isShown(rank) ?? true;
    this.#runs.open(run, { rank, cell, isShown });
  }

  /** Ends what no worker goes on with; bars that stand in the cell of `output` are drawn so. */
  #end(outcome: "interrupted" | "failed", output?: CellOutput): void {
    this.#areOrphaned = false;
    this.#runs.endRuns(outcome);
    for (const model of this.#bars.stop(outcome)) {
      const transient = { display_id: model.id };
      const content = { data: progressBundle(model), metadata: {}, transient };
      output?.publish("update_display_data", content);
    }
  }

  readonly #recorded = (message: RecorderMessage): void => {
    if (message.kind === "display") {
      const { bundle, metadata, displayId, update } = message;
      const transient = { display_id: displayId };
      const type = update ? "update_display_data" : "display_data";
      this.#options.cells.get(message.cell)?.publish(type, { data: bundle, metadata, transient });
      return;
    }
    const { commId, data, buffers } = message;
    this.#options.publish({ type: "comm_msg", content: { comm_id: commId, data }, buffers });
  };
}
