// What takes time in a training, told to who records it: blocks that compute, and what is moved for them. Where nobody does, it costs
// the look at one variable.
import type { Parameter } from "./parameter.js";

/**
 * A block computes ("forward", "recompute", "backward"), ranks bring its weights ("gather") or gradients ("reduce") together, something
 * comes from the host ("up") or goes there ("down"), weights are updated ("update").
 */
export type SpanAction =
  | "forward"
  | "recompute"
  | "backward"
  | "gather"
  | "reduce"
  | "up"
  | "down"
  | "update";

/** What begins. */
export interface SpanStart {
  readonly action: SpanAction;
  /** Of which block, or of which weights. */
  readonly of: string | readonly Parameter[];
  /** That are moved; of an update those of the weights; of a block that computes 0. */
  readonly bytes: number;
}

/** What has begun. */
export interface OpenSpan {
  end(): void;
  /** Has it end by itself where the device knows when: `wait` makes the current stream wait for that. */
  endAfter(wait: () => void): void;
}

/** Who records. */
export interface SpanRecorder {
  begin(what: SpanStart): OpenSpan;
}

/** A block, perhaps with its name. */
interface Named {
  readonly name?: unknown;
  parameters(): readonly Parameter[];
}

/** What is in no block: the loss, and what a model makes of its last block. */
export const LOSS: Named = { name: "loss", parameters: () => [] };

let recorder: SpanRecorder | undefined;

/** From now on `next` is told, instead of whom it returns; undefined: nobody. */
export function tellSpans(next: SpanRecorder | undefined): SpanRecorder | undefined {
  const before = recorder;
  recorder = next;
  return before;
}

/** Undefined where nobody records. */
export function beginSpan(what: () => SpanStart): OpenSpan | undefined {
  return recorder?.begin(what());
}

/** Runs `body` as one span. */
export function spanned<T>(what: () => SpanStart, body: () => T): T {
  if (recorder === undefined) return body();
  const span = recorder.begin(what());
  try {
    return body();
  } finally {
    span.end();
  }
}

/** Runs `body`, in which a block computes, as one span. */
export function spannedBlock<T>(action: SpanAction, block: Named, body: () => T): T {
  return spanned(() => {
    const of = typeof block.name === "string" ? block.name : block.parameters();
    return { action, of, bytes: 0 };
  }, body);
}
