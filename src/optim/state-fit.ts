// Whether a saved state is what an optimizer remembers of a weight.
import { describeValue } from "../arguments/describe-value.js";
import { type DType, itemSize } from "../tensor/dtype.js";
import type { Parameter } from "../tensor/parameter.js";
import { Tensor } from "../tensor/tensor.js";
import type { ParameterState } from "./optimizer.js";
import type { StateLayout } from "./update-rule.js";

/** What a state is to be. */
export interface WantedState {
  /** Name of the rule. */
  readonly of: string;
  readonly whole: StateLayout;
  /** What this rank has of it. */
  readonly own: StateLayout;
}

/** @throws TypeError, RangeError naming what is missing, left over or of another shape */
export function requireFit(saved: ParameterState, { of, whole, own }: WantedState): void {
  const names = ["step", ...Object.keys(whole)];
  const missing = names.filter((name) => saved[name] === undefined);
  const unknown = Object.keys(saved).filter((name) => !names.includes(name));
  if (missing.length + unknown.length > 0) {
    throw new TypeError(
      `a state of ${of} consists of ${names.join(", ")}; missing: ${missing.join(", ") || "none"}, left over: ${unknown.join(", ") || "none"}`,
    );
  }
  const { step } = saved;
  if (!(typeof step === "number" && Number.isInteger(step) && step >= 0)) {
    throw new TypeError(
      `the step of a state must be a whole number of at least 0, got ${describeValue(step)}`,
    );
  }
  for (const [name, like] of Object.entries(whole))
    requireLike(name, saved[name], [like, own[name] as typeof like]);
}

/**
 * Copying would repeat the numbers of a smaller tensor, round those of a wider type, or take the codes of another type for numbers,
 * without a word.
 * @param likes the whole, and what this rank has of it
 */
function requireLike(name: string, saved: unknown, likes: readonly StateLayout[string][]): void {
  const [{ shape, dtype }] = likes as [StateLayout[string]];
  const isLike =
    saved instanceof Tensor && likes.some((like) => saved.shape.join() === like.shape.join());
  if (isLike && (saved.dtype === dtype || isWithin(saved.dtype, dtype))) return;
  throw new RangeError(
    `${name} of a state must be a tensor ${dtype}[${shape.join(", ")}], got ${describeValue(saved)}`,
  );
}

function isWithin(saved: DType, dtype: DType): boolean {
  return saved !== "uint8" && dtype !== "uint8" && itemSize(saved) <= itemSize(dtype);
}

/** @throws TypeError for a parameter whose memory was replaced by a larger or smaller one */
export function requireSameShape(
  { shape }: Parameter,
  remembered: { readonly shape: readonly number[] },
): void {
  if (remembered.shape.join() === shape.join()) return;
  throw new TypeError(
    `optimizer.step: a parameter was [${remembered.shape.join(", ")}] and is now [${shape.join(", ")}], as after resizeTokenEmbeddings, so what the optimizer remembers of it fits no more; make the optimizer anew from model.parameters(), and boost with it`,
  );
}
