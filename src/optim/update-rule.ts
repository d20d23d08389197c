// What an optimizer does with gradients, apart from where weights and state live: an update rule sees pieces, each a weight
// with its gradient and what is remembered of it, and changes them in place without waiting for the device.
import type { DType } from "../tensor/dtype.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { ParamGroup } from "./optimizer.js";

/** One weight, or a slice of one, with what belongs to it, all on the same device. */
export interface Piece {
  /** The weight as the model computes with it. */
  readonly target: Tensor;
  /** A float32 copy of a target stored in fewer bits: it is updated, and the target becomes its rounded numbers. */
  readonly master: Tensor | undefined;
  /** Of the target's shape, in its dtype or in float32; laid out in any way. */
  readonly grad: Tensor;
  /** () float32: how many updates it has seen. */
  readonly step: Tensor;
  /** As the rule's `state` describes it; in the target's dtype where there are draws. */
  readonly state: Readonly<Record<string, Tensor>>;
  /** Where a bfloat16 target without a master and its state are rounded at random (random-rounding.ts). */
  readonly draws?: Draws | undefined;
}

/** What random bits of a weight's elements depend on. */
export interface Draws {
  /** Another for each weight of an optimizer, the same on all ranks. */
  readonly seed: number;
  /** Place of the piece's first element in the whole weight. */
  readonly begin: number;
  /** () float32: how many updates the weight has seen. */
  readonly step: Tensor;
}

/** How the gradients of a step are scaled; tensors are on the pieces' device. */
export interface Scaling {
  /** () float32 that every gradient is multiplied by. */
  readonly gradScale?: Tensor | undefined;
  /** () float32: the whole update is skipped unless it is 0. */
  readonly skipIf?: Tensor | undefined;
  /**
   * Where pieces are slices of weights: makes sums over whole weights of sums over their slices. A rule of "tensors" calls it
   * once an update, so that one collective serves all its weights.
   * @param sums (numSums, numPieces) float32, the pieces in the order in which the update got them
   */
  readonly sumOverSlices?: ((sums: Tensor) => Tensor) | undefined;
  /** Called part by part, on all ranks alike, with weights that were updated: what is done with them may begin beside the rest. */
  readonly whenUpdated?: ((weights: readonly Parameter[]) => void) | undefined;
}

/**
 * How much of a weight a rule must see. "elements": any slice of its elements, in any shape, since no element depends on another;
 * "tensors": any slice as well, with sums over the whole weight (`Scaling.sumOverSlices`); "matrices": the whole weight in its
 * own shape.
 */
export type Sees = "elements" | "tensors" | "matrices";

/** Shape and dtype of each tensor that is remembered of a weight, by name; all begin as zeros. */
export type StateLayout = Readonly<Record<string, StateTensor>>;

/** A tensor that is remembered of a weight. */
export interface StateTensor {
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** Whether it stays in its dtype where weights and state are rounded at random. */
  readonly isExact?: boolean;
}

/** An update of weights by gradients, such as AdamW's. */
export interface UpdateRule<G extends ParamGroup = ParamGroup> {
  /** Its class, as the user made it. */
  readonly name: string;
  /** Elements that are remembered together: slices of weights begin at multiples of so many. Default 1. */
  readonly blockSize?: number;
  /** How much of each of a group's weights it must see. */
  sees(group: G): Sees;
  /** What is remembered of a weight of this shape, or of a slice. */
  state(group: G, shape: readonly number[]): StateLayout;
  /**
   * Updates the pieces in place.
   * @param pieces of one device, dtype and gradient dtype, all with masters or none; all but gradients contiguous
   */
  update(pieces: readonly Piece[], group: G, by: Scaling): void;
}

/** A layout of float32 tensors of the weight's shape. */
export function likeWeight(shape: readonly number[], ...names: readonly string[]): StateLayout {
  return Object.fromEntries(names.map((name) => [name, { shape, dtype: "float32" }]));
}

/** What is updated of each piece. */
export function updated(pieces: readonly Piece[]): Tensor[] {
  return pieces.map(({ target, master }) => master ?? target);
}

/** A state by name. */
export function stateOf(pieces: readonly Piece[], name: string): Tensor[] {
  return pieces.map(({ state }) => state[name] as Tensor);
}
