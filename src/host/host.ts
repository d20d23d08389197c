// The contract between library code running in a worker and whatever runs the worker.
// The Notebooster worker installs a `Host` under HOST_KEY; a plain Node script has none, and
// every function of `report` then writes to the terminal or does nothing.

/** Key of the worker's `Host` in `globalThis`. */
export const HOST_KEY = Symbol.for("notebooster.host");

/** MIME type -> payload, as in a Jupyter `display_data` message. */
export type MimeBundle = Record<string, unknown>;

/** How an output is shown. */
export interface DisplayOptions {
  /** Outputs sharing an id can be replaced later by `update: true`. */
  readonly displayId?: string;
  /** True replaces outputs with the same `displayId` instead of adding one. */
  readonly update?: boolean;
  /** Metadata of the output, by MIME type. */
  readonly metadata?: Record<string, unknown>;
}

/** What a run tells the kernel when it begins, once per run and rank. */
export interface RunDescription {
  /** Unique, filesystem-safe id; also the name of the folder `runs/<id>/`. */
  readonly runId: string;
  /** Shown above the plot. */
  readonly title: string;
  /** Planned number of optimizer steps, when known. */
  readonly totalSteps?: number;
}

/** What a model said during a run. */
export interface RunSample {
  /** Optimizer steps done then. */
  readonly step: number;
  /** What it was to continue or to answer. */
  readonly prompt: string;
  /** What it said. */
  readonly text: string;
  /** Rank that it was computed on. */
  readonly rank: number;
}

/** How a run ended: by itself, by the person's interrupt, or by an error of its cell. */
export type RunOutcome = "finished" | "interrupted" | "failed";

/** A channel to the front end; each end may send JSON and bytes, and close it. */
export interface HostComm {
  /** UUID that both ends know it by. */
  readonly id: string;
  /** Calls `listener` with every message of the other end. */
  onMessage(listener: (data: unknown, buffers: Uint8Array[]) => void): void;
  /** Sends JSON and bytes to the other end. */
  send(data: Record<string, unknown>, buffers?: readonly Uint8Array[]): void;
  /** Closes both ends. */
  close(): void;
}

/** Options of opening a channel. */
export interface HostCommOptions {
  /** A UUID, made up unless given. */
  readonly id?: string;
  /** Bytes that go with the opening message. */
  readonly buffers?: readonly Uint8Array[];
  /** Metadata of the opening message. */
  readonly metadata?: Record<string, unknown>;
}

/** Channels between library code and the front end (Jupyter's comms). */
export interface HostComms {
  /** Lets the front end open channels of `target`. */
  register(target: string, opener: (comm: HostComm) => void): void;
  /** Opens a channel of a target that the front end knows. */
  open(target: string, data: Record<string, unknown>, options?: HostCommOptions): HostComm;
}

/**
 * Puts back what code that was cut off had changed.
 * @param isCut whether a cell was cut off
 * @returns a text if there is something the person must know of it, as half a sentence
 */
export type Restore = (isCut: (cell: string) => boolean) => unknown;

/** What ranks compare after a cell that did not end well on all of them. */
export interface Comparison {
  /** Where this rank stands, as JSON. */
  state(): unknown;
  /**
   * Called on all ranks with what `state` gave on each, by rank, before their next common cell.
   * @returns what the person must know of it, as a sentence, if anything
   */
  bringTogether(states: readonly unknown[]): string | undefined;
}

/** Which connections between ranks cells use; see src/cluster/generation.ts. */
export interface Connections {
  /** Descriptor on which a line "GENERATION WHY" comes when they are given up. */
  readonly endsFd: number;
  /** Calls `use` with the generation of the running cell, and again before each cell that uses another. */
  follow(use: (generation: number) => void): void;
}

/** A call that all ranks of a group make. */
export interface CollectiveCall {
  /** What is called, as `allReduce`. */
  readonly name: string;
  /** Which of the group's calls in this generation of connections, from 1. */
  readonly number: number;
  /** Name of the group. */
  readonly group: string;
  /** Global ranks of its members. */
  readonly ranks: readonly number[];
}

/** What a worker of the kernel offers the library code that runs in it. */
export interface Host {
  /** This process among those of the cluster, from 0. */
  readonly rank: number;
  /** Number of processes in the cluster. */
  readonly worldSize: number;
  /** The cell whose code is running. */
  readonly currentCell?: string;
  /** Has `restore` called after each cut, in the order in which they were given, when no code of cells is on the stack. */
  whenCutOff?(restore: Restore): void;
  /** Takes part in what ranks compare. */
  compareRanks?(comparison: Comparison): void;
  /** Between the two calls the running code is not ended from outside; they may be nested. */
  holdInterrupts?(): void;
  /** Ends what `holdInterrupts` began. */
  releaseInterrupts?(): void;
  /** Shows a MIME bundle in the output of the running cell. */
  display(bundle: MimeBundle, options?: DisplayOptions): void;
  /** Channels between library code and the front end. */
  readonly comms: HostComms;
  /** Announces a run; the kernel then shows its live plot in the running cell. */
  openRun(run: RunDescription): void;
  /** Sends rows of a run's metrics: one complete Arrow IPC stream with the schema of `metrics.ts`. */
  appendMetrics(runId: string, arrowStream: Uint8Array): void;
  /** Sends what the model said during a run. */
  appendSamples(runId: string, samples: readonly RunSample[]): void;
  /** Says that no more rows of the run will come; `isLeft` when its block was left without `end()`, as an error would. */
  closeRun(runId: string, isLeft: boolean): void;
  /** Calls back once, when the cell that runs now has ended. */
  atCellEnd?(listener: (outcome: RunOutcome) => void): void;
  /**
   * Declares that the caller polls `interruptRequested` between steps. While any such region is open the
   * first interrupt only raises the flag; without one it terminates the running JavaScript at once.
   */
  enterSteps(): void;
  /** Ends what `enterSteps` began. */
  leaveSteps(): void;
  /** Notes which collective this rank entered last, for whoever asks while it hangs there. */
  noteCollective?(call: CollectiveCall): void;
  /** Absent where ranks are not told of each other's failures. */
  readonly connections?: Connections;
  /** Notes that a collective of the running cell failed here: its connections are of no more use. */
  noteFailedCollective?(): void;
  /** True once the person has interrupted the running cell. */
  readonly interruptRequested: boolean;
}

/** The host of this process, or undefined in a plain script. */
export function currentHost(): Host | undefined {
  return (globalThis as { [HOST_KEY]?: Host })[HOST_KEY];
}
