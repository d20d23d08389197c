// What passes between the kernel and its run recorder: the recorder is handed rows and comm messages,
// and hands back displays and comm messages for the kernel to put on the wire.

import type { MimeBundle, RunDescription, RunOutcome } from "notebooster/report";

/** A message of a front end's comm of target `notebooster.metrics`, as it arrived. */
export interface CommMessage {
  readonly kind: "open" | "msg" | "close";
  readonly commId: string;
  readonly data: unknown;
  readonly buffers: Uint8Array[];
}

/** What the recorder asks the kernel to send. `cell` is the value given to `open`. */
export type RecorderMessage =
  | {
      readonly kind: "display";
      readonly cell: string;
      readonly displayId: string;
      readonly update: boolean;
      readonly bundle: MimeBundle;
      readonly metadata: Record<string, unknown>;
    }
  | {
      readonly kind: "comm";
      readonly commId: string;
      readonly data: Record<string, unknown>;
      readonly buffers: Uint8Array[];
    };

export interface RecorderOptions {
  /** Folder that holds one folder per run; created when the first run opens. */
  readonly directory: string;
  /** Number of ranks that may append to one run. */
  readonly numRanks: number;
  readonly send: (message: RecorderMessage) => void;
}

/** The methods of `RunRecorder` that the kernel calls. */
export interface Recorder {
  open(run: RunDescription, rank: number, cell: string): void;
  append(runId: string, rank: number, arrowStream: Uint8Array): void;
  /** `isLeft` when the run's block was left, as an error would. */
  close(runId: string, rank: number, isLeft: boolean): void;
  /** The cell that the run was at has ended; perhaps the run has not, and will `resume`. */
  cellEnded(runId: string, outcome: RunOutcome): void;
  /** Another cell goes on with the run. */
  resume(runId: string): void;
  /** Ends the run: no rank is left. */
  stop(runId: string, outcome: RunOutcome): void;
  comm(message: CommMessage): void;
  /** Resolves when everything appended so far is on disk and sent. */
  flush(): Promise<void>;
}
