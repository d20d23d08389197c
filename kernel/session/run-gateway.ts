// Which cell each run is at, and so when it ends; the recorder does the rest. A run that cannot be recorded is told in the
// notebook and stops nothing.

import type { RunDescription, RunOutcome, RunSample } from "notebooster/host";
import type { CommEvent } from "../link/messages.js";
import type { RecorderMessage, RunOpener } from "../metrics/recorder-types.js";
import { RunRecorder } from "../metrics/run-recorder.js";

interface RunGatewayOptions {
  /** Folder of the runs, made when the first begins. */
  readonly directory: string;
  readonly send: (message: RecorderMessage) => void;
  readonly failed: (reason: string) => void;
}

export class RunGateway {
  readonly #options: RunGatewayOptions;
  /** Ranks of each run that have not closed it. */
  readonly #open = new Map<string, Set<number>>();
  /** The cell that each run was last at. */
  readonly #cells = new Map<string, string>();
  /** Runs that their cell's end has stopped, by that cell: another cell may go on with them. */
  readonly #stopped = new Map<string, string>();
  #recorder: RunRecorder;

  constructor(options: RunGatewayOptions) {
    this.#options = options;
    this.#recorder = new RunRecorder({ ...options, numRanks: 1 });
  }

  /** Begins afresh for a cluster of `numRanks`; what was recorded stays on disk. */
  reset(numRanks: number): void {
    this.#cells.clear();
    this.#stopped.clear();
    this.#recorder = new RunRecorder({ ...this.#options, numRanks });
  }

  /** Ends every open run: the ranks that would are gone. */
  endRuns(outcome: RunOutcome): void {
    for (const runId of this.#open.keys()) this.#with((recorder) => recorder.stop(runId, outcome));
    this.#open.clear();
  }

  /** A cell has ended, and the runs that it was at with it unless they go on in another cell. */
  cellEnded(cell: string, outcome: RunOutcome): void {
    for (const [runId, last] of this.#cells) {
      if (wholeCell(last) !== cell) continue;
      this.#stopped.set(runId, cell);
      this.#with((recorder) => recorder.cellEnded(runId, outcome));
    }
  }

  open(run: RunDescription, opener: RunOpener): void {
    const ranks = this.#open.get(run.runId) ?? new Set();
    this.#open.set(run.runId, ranks.add(opener.rank));
    this.#cells.set(run.runId, opener.cell);
    this.#with((recorder) => recorder.open(run, opener));
  }

  append(runId: string, rank: number, cell: string, arrowStream: Uint8Array): void {
    this.#enter(runId, cell);
    this.#with((recorder) => recorder.append(runId, rank, arrowStream));
  }

  appendSamples(runId: string, cell: string, samples: readonly RunSample[]): void {
    this.#enter(runId, cell);
    this.#with((recorder) => recorder.appendSamples(runId, samples));
  }

  close(runId: string, rank: number, cell: string, isLeft: boolean): void {
    this.#enter(runId, cell);
    this.#open.get(runId)?.delete(rank);
    if (this.#open.get(runId)?.size === 0) this.#open.delete(runId);
    this.#with((recorder) => recorder.close(runId, rank, isLeft));
  }

  /** A run goes on in a cell; what the cell that stopped it still sends is no news. */
  #enter(runId: string, cell: string): void {
    this.#cells.set(runId, cell);
    const stoppedBy = this.#stopped.get(runId);
    if (stoppedBy === undefined || stoppedBy === wholeCell(cell)) return;
    this.#stopped.delete(runId);
    this.#with((recorder) => recorder.resume(runId));
  }

  /** Takes a comm event of the front end for target `notebooster.metrics`. */
  receive({ event, commId, data }: CommEvent, buffers: Uint8Array[]): void {
    this.#with((recorder) => recorder.comm({ kind: event, commId, data, buffers }));
  }

  /** Resolves when all that was recorded is on disk and sent. */
  async flush(): Promise<void> {
    if (this.#cells.size === 0) return; // no run, as in most sessions' cells
    try {
      await this.#recorder.flush();
    } catch (failure) {
      this.#fail(failure);
    }
  }

  #with(action: (recorder: RunRecorder) => void): void {
    try {
      action(this.#recorder);
    } catch (failure) {
      this.#fail(failure);
    }
  }

  #fail(failure: unknown): void {
    const reason = failure instanceof Error ? failure.message : String(failure);
    this.#options.failed(`metrics of this run could not be recorded: ${reason}`);
  }
}

/** A cell that asked for other workers goes on as `<cell>.1`. */
function wholeCell(cell: string): string {
  return cell.split(".")[0] ?? cell;
}
