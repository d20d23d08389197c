// The run recorder, loaded when the first run opens: it brings Apache Arrow, which no other cell needs.

import { join } from "node:path";
import type { RunDescription, RunOutcome } from "notebooster/report";
import type { CommEvent } from "../link/messages.js";
import type { Recorder, RecorderMessage } from "../metrics/recorder-types.js";

interface RunGatewayOptions {
  /** The kernel's working directory; runs go to `runs/` in it. */
  readonly folder: string;
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
  #numRanks = 1;
  #recorder: Promise<Recorder> | undefined;

  constructor(options: RunGatewayOptions) {
    this.#options = options;
  }

  /** Begins afresh for a cluster of `numRanks`; what was recorded stays on disk. */
  reset(numRanks: number): void {
    this.#cells.clear();
    this.#stopped.clear();
    this.#numRanks = numRanks;
    this.#recorder = undefined;
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

  open(run: RunDescription, rank: number, cell: string): void {
    const ranks = this.#open.get(run.runId) ?? new Set();
    this.#open.set(run.runId, ranks.add(rank));
    this.#cells.set(run.runId, cell);
    this.#with((recorder) => recorder.open(run, rank, cell));
  }

  append(runId: string, rank: number, cell: string, arrowStream: Uint8Array): void {
    this.#enter(runId, cell);
    this.#with((recorder) => recorder.append(runId, rank, arrowStream));
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
    if (this.#recorder === undefined) return;
    try {
      await (await this.#recorder).flush();
    } catch (failure) {
      this.#fail(failure);
    }
  }

  #with(action: (recorder: Recorder) => void): void {
    this.#recorder ??= this.#load();
    this.#recorder.then(action).catch((failure: unknown) => this.#fail(failure));
  }

  async #load(): Promise<Recorder> {
    const { RunRecorder } = await import("../metrics/run-recorder.js");
    const directory = join(this.#options.folder, "runs");
    return new RunRecorder({ directory, numRanks: this.#numRanks, send: this.#options.send });
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
