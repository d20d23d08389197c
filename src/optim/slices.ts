// Weights whose update several ranks share: each keeps state and master of a slice of every weight, elements that lie one after
// another in row-major order, and updates that. What an optimizer is told of it, and what it must offer for it.
import { empty } from "../tensor/create.js";
import { isUnread } from "../tensor/deferred-numbers.js";
import { numElements, type Range } from "../tensor/element-range.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Optimizer } from "./optimizer.js";

/** What this rank has of each weight. */
export interface Slices {
  /** Elements that it keeps and updates; undefined: all ranks keep and update all. */
  of(parameter: Parameter): Range | undefined;
  /** Those elements of the weight: flat, or in its shape where they are all. */
  weightsOf(parameter: Parameter): Tensor;
  /** The gradient of those, flat, or in the weight's shape where they are all; null where no rank has one. */
  gradOf(parameter: Parameter): Tensor | null;
  /** The whole tensor that `held` is this rank's part of. All ranks call it. */
  whole(held: Tensor, part: HeldPart): Tensor;
}

/** Where a tensor that is remembered in part belongs. */
export interface HeldPart extends Range {
  /** Of the whole. */
  readonly shape: readonly number[];
}

/** An optimizer whose work ranks can share. */
export interface SliceableOptimizer extends Optimizer {
  /** A weight may be cut at multiples of so many of its elements; undefined: nowhere. */
  cutsOf(parameter: Parameter): number | undefined;
  /**
   * From now on it keeps and updates slices alone, or whole weights again (undefined), also of what it remembers. All ranks call it.
   */
  useSlices(slices: Slices | undefined): void;
  /** Of what whole tensor that of `stateOf` by this name is a part; undefined where it is the whole, on all ranks. */
  partOf(parameter: Parameter, name: string): HeldPart | undefined;
  /** @throws RangeError, TypeError for what would keep `stepScaled` from its end */
  requireReady(): void;
}

export function isSliceable(optimizer: Optimizer): optimizer is SliceableOptimizer {
  return ["cutsOf", "useSlices", "partOf", "requireReady"].every(
    (name) => typeof (optimizer as unknown as Record<string, unknown>)[name] === "function",
  );
}

/** Where weights may be cut that `optimizer` may train. Nothing is read for it: what is still to be read comes in order. */
export function cutsFor(
  optimizer: SliceableOptimizer,
): (parameter: Parameter) => number | undefined {
  const known = new Set(optimizer.paramGroups.flatMap((each) => each.parameters));
  return (parameter) => {
    const isInOrder = isUnread(parameter) || parameter.isContiguous(); // its elements, in memory
    if (!isInOrder) return undefined;
    return known.has(parameter) ? optimizer.cutsOf(parameter) : 1;
  };
}

/** Whether a slice is all of a tensor of so many elements. */
export function isAll({ begin, end }: Range, numel: number): boolean {
  return begin === 0 && end === numel;
}

/** A view of a tensor's elements without gradient: flat, or the tensor's shape where they are all. */
export function elementsOf(tensor: Tensor, range: Range): Tensor {
  const { begin, end } = range;
  if (isAll(range, tensor.numel)) return tensor.detach();
  const { dtype, device } = tensor;
  if (begin === end) return empty([0], { dtype, device });
  return tensor
    .detach()
    .view([-1])
    .narrow(0, begin, end - begin);
}

/** The shape of `elementsOf`. */
export function shapeOf(shape: readonly number[], range: Range): readonly number[] {
  return isAll(range, numElements(shape)) ? shape : [range.end - range.begin];
}
