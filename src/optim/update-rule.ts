// What an optimizer does with gradients, apart from where weights and state live: an update rule sees pieces, each a weight
// with its gradient and what is remembered of it, and changes them in place without waiting for the device.
import type { Tensor } from "../tensor/tensor.js";
import type { ParamGroup } from "./optimizer.js";

/** One weight with what belongs to it, all of the same shape and on the same device. */
export interface Piece {
  /** The weight as the model computes with it. */
  readonly target: Tensor;
  /** A float32 copy of a target stored in fewer bits: it is updated, and the target becomes its rounded numbers. */
  readonly master: Tensor | undefined;
  /** In the target's dtype, or in float32; laid out in any way. */
  readonly grad: Tensor;
  /** () float32: how many updates it has seen. */
  readonly step: Tensor;
  /** float32, by the names that the rule lists. */
  readonly state: Readonly<Record<string, Tensor>>;
}

/** How the gradients of a step are scaled; both on the pieces' device. */
export interface Scaling {
  /** () float32 that every gradient is multiplied by. */
  readonly gradScale?: Tensor | undefined;
  /** () float32: the whole update is skipped unless it is 0. */
  readonly skipIf?: Tensor | undefined;
}

/** An update of weights by gradients, such as AdamW's. */
export interface UpdateRule<G extends ParamGroup = ParamGroup> {
  /** Its class, as the user made it. */
  readonly name: string;
  /** Names of the state of each weight, tensors of its shape in float32 that begin as zeros. */
  stateNames(group: G): readonly string[];
  /**
   * Updates the pieces in place.
   * @param pieces of one device, dtype and gradient dtype, all with masters or none; all but gradients contiguous
   */
  update(pieces: readonly Piece[], group: G, by: Scaling): void;
}

/** What is updated of each piece. */
export function updated(pieces: readonly Piece[]): Tensor[] {
  return pieces.map(({ target, master }) => master ?? target);
}

/** A state by name. */
export function stateOf(pieces: readonly Piece[], name: string): Tensor[] {
  return pieces.map(({ state }) => state[name] as Tensor);
}
