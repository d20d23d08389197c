// The host that library code finds in a worker: it shows, records and asks about interrupts through here.

import type {
  CollectiveCall,
  Comparison,
  Connections,
  DisplayOptions,
  Host,
  HostComms,
  MimeBundle,
  Restore,
  RunDescription,
  RunOutcome,
  RunSample,
} from "notebooster/host";
import { writeNote } from "../link/collective-note.js";
import type { Progress } from "../link/messages.js";
import { FD } from "../link/pipes.js";
import { currentCell } from "./cell-context.js";
import type { Comms } from "./comms.js";
import type { CutOff } from "./cut-off.js";
import type { Displayer } from "./displayer.js";
import type { Interruption } from "./interruption.js";
import type { Send } from "./kernel-link.js";

interface Parts {
  readonly rank: number;
  readonly worldSize: number;
  readonly send: Send;
  readonly comms: Comms;
  readonly displayer: Displayer;
  readonly interruption: Interruption;
  readonly cutOff: CutOff;
  /** Whether a cell was interrupted earlier and its code still runs. */
  readonly isInterrupted: (cell: string) => boolean;
  /** Whether no cell runs: then code is a callback's that an earlier one left. */
  readonly isIdle: () => boolean;
}

export class WorkerHost implements Host {
  readonly rank: number;
  readonly worldSize: number;
  readonly comms: HostComms;
  readonly #send: Send;
  readonly #displayer: Displayer;
  readonly #interruption: Interruption;
  readonly #cutOff: CutOff;
  readonly #isInterrupted: (cell: string) => boolean;
  readonly #isIdle: () => boolean;
  #generation = 0;
  readonly #followers: ((generation: number) => void)[] = [];
  #isDisconnected: boolean = false;
  /** Calls of each group in this generation. */
  readonly #numCollectives = new Map<string, number>();
  /** What keeps a process alive before any cell has run. */
  readonly #ownResources = numResources();
  /** Who wants to hear of the end of a cell. */
  readonly #atEnd = new Map<string, ((outcome: RunOutcome) => void)[]>();

  constructor(parts: Parts) {
    this.rank = parts.rank;
    this.worldSize = parts.worldSize;
    const { comms } = parts;
    this.comms = {
      register: (target, opener) => comms.register(target, opener),
      open: (target, data, { buffers = [], ...options } = {}) =>
        comms.open(target, data, buffers, options),
    };
    this.#send = parts.send;
    this.#displayer = parts.displayer;
    this.#interruption = parts.interruption;
    this.#cutOff = parts.cutOff;
    this.#isInterrupted = parts.isInterrupted;
    this.#isIdle = parts.isIdle;
  }

  get currentCell(): string {
    return currentCell();
  }

  compareRanks(comparison: Comparison): void {
    this.#cutOff.comparison = comparison;
  }

  holdInterrupts(): void {
    this.#interruption.hold();
  }

  releaseInterrupts(): void {
    this.#interruption.release();
  }

  whenCutOff(restore: Restore): void {
    this.#cutOff.add(restore);
  }

  get interruptRequested(): boolean {
    return this.#interruption.requested || this.#isInterrupted(currentCell());
  }

  get connections(): Connections {
    const follow: Connections["follow"] = (use) => {
      this.#followers.push(use);
      use(this.#generation);
    };
    return { endsFd: FD.ends, follow };
  }

  /** A cell begins that uses this generation of connections. */
  connect(generation: number): void {
    this.#isDisconnected = false;
    if (generation === this.#generation) return;
    this.#generation = generation;
    this.#numCollectives.clear();
    writeNote(this.#interruption.note, "");
    for (const use of this.#followers) use(generation);
  }

  /** Whether a collective has failed since the last cell began. */
  get isDisconnected(): boolean {
    return this.#isDisconnected;
  }

  noteFailedCollective(): void {
    this.#isDisconnected = true;
  }

  display(bundle: MimeBundle, options?: DisplayOptions): void {
    this.#displayer.display(bundle, options);
  }

  openRun(run: RunDescription): void {
    this.#send({ kind: "open-run", cell: currentCell(), run });
  }

  appendMetrics(runId: string, arrowStream: Uint8Array): void {
    this.#send({ kind: "metrics", cell: currentCell(), runId }, [arrowStream]);
  }

  appendSamples(runId: string, samples: readonly RunSample[]): void {
    this.#send({ kind: "samples", cell: currentCell(), runId, samples });
  }

  closeRun(runId: string, isLeft: boolean): void {
    this.#send({ kind: "close-run", cell: currentCell(), runId, isLeft });
  }

  atCellEnd(listener: (outcome: RunOutcome) => void): void {
    const cell = currentCell();
    this.#atEnd.set(cell, [...(this.#atEnd.get(cell) ?? []), listener]);
  }

  /** Tells those who asked that a cell has ended. */
  cellEnded(cell: string, outcome: RunOutcome): void {
    const listeners = this.#atEnd.get(cell) ?? [];
    this.#atEnd.delete(cell);
    for (const listener of listeners) listener(outcome);
  }

  noteCollective({ name, number, group, ranks }: CollectiveCall): void {
    this.#numCollectives.set(group, number);
    const members = ranks.length === this.worldSize ? "" : ` among ranks ${ranks.join(",")}`;
    writeNote(this.#interruption.note, `${name} #${number} of group ${group}${members}`);
  }

  /** How far this rank has come among the others. */
  get progress(): Progress {
    const numCollectives = Object.fromEntries(this.#numCollectives);
    const isAlone = this.worldSize === 1; // then nobody waits for it, and looking takes its time
    const isQuiet = isAlone || numResources() <= this.#ownResources;
    return { generation: this.#generation, numCollectives, isQuiet };
  }

  enterSteps(): void {
    this.#interruption.enterSteps();
  }

  leaveSteps(): void {
    this.#interruption.leaveSteps();
    if (this.#isIdle()) this.#interruption.answered();
  }
}

/** Timers, sockets, children and whatever else will call code back by itself. */
function numResources(): number {
  return process.getActiveResourcesInfo().length;
}
