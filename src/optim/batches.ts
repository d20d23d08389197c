// Update rules written with ATen's operators. They see float32 weights and gradients, a batch of pieces at a time so that what
// operators allocate on the way stays small beside a model, and need not know of skipped steps: those are undone on the device.

import { ops } from "../tensor/ops.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { foreach } from "./foreach.js";
import { batchesOf } from "./piece-batches.js";
import { inFloat32 } from "./random-rounding.js";
import { type Piece, type Scaling, updated } from "./update-rule.js";

/** Elements that a batch has at most, unless it is one piece: 256 MiB in float32, and a sixteenth of all, but no less than 1 MiB. */
const MAX_ELEMENTS = 2 ** 26;
const MIN_ELEMENTS = 2 ** 18;
const MAX_PART = 1 / 16;

/** Pieces that are updated together, each list in their order. */
export interface Batch {
  readonly pieces: readonly Piece[];
  /** In float32, to be updated in place: masters, targets, or copies of 16-bit targets that become their rounded numbers. */
  readonly weights: readonly Tensor[];
  /** Gradients in float32, scaled; not to be written to. */
  grads(): Tensor[];
}

/** Updates all pieces; a step to be skipped leaves them as they are. Returns what `update` returned for each batch. */
export function inBatches<T>(
  pieces: readonly Piece[],
  by: Scaling,
  update: (batch: Batch) => T,
): T[] {
  return inTurns(pieces).map((some) =>
    scoped(() => {
      const { pieces: wide, round } = inFloat32(some);
      const batch = batchOf(wide, by);
      const undo = by.skipIf && remember(batch, by.skipIf);
      const result = update(batch);
      undo?.();
      writeTargets(batch);
      round();
      return result;
    }),
  );
}

/** The same where nothing is written. */
export function look<T>(pieces: readonly Piece[], by: Scaling, body: (batch: Batch) => T): T[] {
  return inTurns(pieces).map((some) => scoped(() => body(batchOf(inFloat32(some).pieces, by))));
}

function batchOf(pieces: readonly Piece[], { gradScale }: Scaling): Batch {
  const grads = () => gradsOf(pieces, gradScale);
  return { pieces, weights: updated(pieces).map(inFullPrecision), grads };
}

export function inTurns(pieces: readonly Piece[]): readonly Piece[][] {
  const numAll = pieces.reduce((sum, { target }) => sum + target.numel, 0);
  const most = Math.min(MAX_ELEMENTS, Math.max(MIN_ELEMENTS, numAll * MAX_PART));
  return batchesOf(pieces, ({ target }) => target.numel, most);
}

function gradsOf(pieces: readonly Piece[], gradScale: Tensor | undefined): Tensor[] {
  const grads = pieces.map(({ grad }) => grad.to("float32"));
  return gradScale === undefined ? grads : foreach("mul", grads, gradScale);
}

function inFullPrecision(weight: Tensor): Tensor {
  return weight.dtype === "bfloat16" || weight.dtype === "float16" ? weight.to("float32") : weight;
}

/** Returns what undoes an update where `skipIf` says so. */
function remember({ pieces, weights }: Batch, skipIf: Tensor): () => void {
  const written = [...weights, ...pieces.flatMap(({ state }) => Object.values(state))];
  const before = written.map((each) => each.clone());
  const isSkipped = skipIf.ne(0);
  return () => {
    for (const [i, each] of written.entries())
      each.copy_(ops.aten.where(isSkipped, before[i] as Tensor, each));
  };
}

function writeTargets({ pieces, weights }: Batch): void {
  const apart = pieces.flatMap(({ target }, i) =>
    target === weights[i] ? [] : [[target, weights[i] as Tensor] as const],
  );
  if (apart.length === 0) return;
  foreach(
    "copy_",
    apart.map(([target]) => target),
    apart.map(([, weight]) => weight),
  );
}
