// What kernel and worker say to each other: one JSON frame that names its kind, then binary buffers.

import type { MimeBundle, RunDescription, RunSample } from "notebooster/host";
import { piecesOf } from "./frames.js";

export type StreamName = "stdout" | "stderr";

/** A JavaScript error as plain data; `stack` still speaks of compiled cells. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  readonly cause?: ErrorReport;
  /** What an AggregateError holds, the first few. */
  readonly errors?: readonly ErrorReport[];
  /** Further properties that its message does not tell, as text. */
  readonly details?: string;
  /** Of an interrupt: what was not left as the last whole step had left it, as half sentences. */
  readonly notes?: readonly string[];
  /** Where a cell that does not parse goes wrong, in compiled lines (from 1) and columns (from 1). */
  readonly position?: { readonly url: string; readonly line: number; readonly column: number };
}

export interface Rendered {
  readonly bundle: MimeBundle;
  readonly metadata: Record<string, unknown>;
}

export type Outcome =
  | {
      readonly status: "ok";
      readonly result?: Rendered;
      readonly expressions: Record<string, Rendered | ErrorReport>;
    }
  | { readonly status: "error"; readonly error: ErrorReport };

export interface CommEvent {
  readonly kind: "comm";
  readonly event: "open" | "msg" | "close";
  readonly commId: string;
  readonly target: string;
  readonly data: unknown;
  readonly metadata: Record<string, unknown>;
}

/** What a cell asks the person. */
export interface InputQuestion {
  readonly prompt: string;
  /** Whether the answer must not be shown. */
  readonly password: boolean;
}

export type InputAnswer =
  | { readonly text: string }
  | { readonly refused: string }
  | { readonly interrupted: true };

/** Names that code imports from one module. */
export interface WantedNames {
  readonly specifier: string;
  /** Names that it uses as values. */
  readonly values: readonly string[];
  /** Names that it does not use, or as types only, or exports again. */
  readonly others: readonly string[];
  /** By name, where in a file it is imported, for messages. */
  readonly places: Readonly<Record<string, string>>;
}

/** What a local module was compiled to. */
export type ModuleCode =
  | { readonly format: "commonjs"; readonly code: string }
  | {
      readonly format: "system";
      readonly code: string;
      readonly imports: readonly WantedNames[];
      /** Names of its own, without those that it takes from other modules. */
      readonly exports: readonly string[];
    };

/** A local module as a worker loads it, known to V8 as `url`. */
export type ModuleAnswer = (ModuleCode & { readonly url: string }) | { readonly mistake: string };

export type ToWorker =
  | {
      readonly kind: "evaluate";
      readonly cell: string;
      readonly code: string;
      readonly wantsResult: boolean;
      readonly expressions: Record<string, string>;
      /** Signals sent before it; later ones are meant for it. */
      readonly numSignals: number;
      /** By rank, what `compare` was answered after a cell that did not end well; given to all ranks. */
      readonly positions?: readonly unknown[];
      /** Which connections between the ranks it uses: those made in an earlier one are given up. */
      readonly generation: number;
    }
  | { readonly kind: "compare"; readonly id: number }
  | { readonly kind: "complete"; readonly id: number; readonly object: string }
  | { readonly kind: "inspect"; readonly id: number; readonly expression: string }
  | { readonly kind: "module"; readonly id: number; readonly answer: ModuleAnswer }
  | (CommEvent & { readonly cell: string });

/** How far a rank has come among the others as its cell ended. */
export interface Progress {
  /** Of its connections. */
  readonly generation: number;
  /** Calls so far, by group. */
  readonly numCollectives: Readonly<Record<string, number>>;
  /** Nothing that the cell left running, such as a timer, can call a collective. */
  readonly isQuiet: boolean;
}

export type FromWorker =
  | { readonly kind: "ready" }
  | {
      readonly kind: "stream";
      readonly cell: string;
      readonly name: StreamName;
      readonly text: string;
    }
  | ({
      readonly kind: "display";
      readonly cell: string;
      readonly displayId: string;
      readonly update: boolean;
    } & Rendered)
  | { readonly kind: "clear"; readonly cell: string; readonly wait: boolean }
  | {
      readonly kind: "done";
      readonly cell: string;
      readonly outcome: Outcome;
      /** A collective failed, whatever the cell made of that: the connections are of no more use. */
      readonly isDisconnected: boolean;
      readonly progress: Progress;
    }
  | {
      readonly kind: "late-error";
      readonly cell: string;
      readonly what: string;
      readonly error: ErrorReport;
    }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  /** To be answered, as a question is, once all that was written before has been read, on every pipe. */
  | { readonly kind: "catch-up"; readonly id: number }
  | { readonly kind: "launch"; readonly cell: string; readonly numRanks: number }
  | {
      readonly kind: "compile-module";
      readonly id: number;
      readonly path: string;
      readonly source: string;
    }
  | {
      readonly kind: "input";
      readonly cell: string;
      readonly id: number;
      readonly question: InputQuestion;
    }
  | { readonly kind: "open-run"; readonly cell: string; readonly run: RunDescription }
  | { readonly kind: "metrics"; readonly cell: string; readonly runId: string }
  | {
      readonly kind: "samples";
      readonly cell: string;
      readonly runId: string;
      readonly samples: readonly RunSample[];
    }
  | {
      readonly kind: "close-run";
      readonly cell: string;
      readonly runId: string;
      readonly isLeft: boolean;
    }
  | (CommEvent & { readonly cell: string });

/** A message of either direction as the pieces to write, in order. */
export function pack(
  message: ToWorker | FromWorker,
  buffers: readonly Uint8Array[] = [],
): Uint8Array[] {
  return piecesOf(JSON.stringify(message), buffers);
}

/** The message in `frames`. Both ends are ours, so what arrives is what `pack` made. */
export function unpack<M extends ToWorker | FromWorker>(
  frames: readonly Buffer[],
): { message: M; buffers: Uint8Array[] } {
  const [head, ...buffers] = frames;
  if (head === undefined) throw new Error("a link message needs at least one frame, got none");
  return { message: JSON.parse(head.toString("utf8")) as M, buffers };
}
