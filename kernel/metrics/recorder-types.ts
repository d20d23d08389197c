// What passes between the kernel and its run recorder: the recorder is handed rows and comm messages,
// and hands back displays and comm messages for the kernel to put on the wire.

import type { MimeBundle } from "notebooster/host";

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

/** Who opens a run, and where. */
export interface RunOpener {
  readonly rank: number;
  readonly cell: string;
  /** Whether the cell shows this rank's output plainly: the run has its place among that. */
  readonly isShown: boolean;
}
