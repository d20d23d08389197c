// Weights that have no memory between uses, as where each rank keeps a part of them, or where they lie on the host: their owner is told
// before a block computes with them and after, and whoever writes them or compares them asks it for what is here.
import { KEEPER, type Parameter } from "./parameter.js";
import type { Tensor } from "./tensor.js";

/**
 * What weights are needed for. A block that is computed again is so within its backward pass: its weights are needed from before that
 * to the end, without a gap.
 */
export type WeightsPhase = "forward" | "backward";

/** Work that a device was given and that may not have ended. */
export interface Pending {
  /** What the current stream is given from now on comes after it. */
  wait(): void;
  /** Returns when it has ended. */
  synchronize(): void;
}

/** Who has the numbers of weights between uses. */
export interface WeightsOwner {
  /**
   * A block is about to compute with these parameters; on return they have memory and numbers. Calls nest as blocks do.
   * @param parameters the same list each time
   */
  weightsNeeded(parameters: readonly Parameter[], phase: WeightsPhase): void;
  /** It has, or has failed. */
  weightsDone(): void;
  /** Gives a weight of its own these numbers, of any dtype and on any device. */
  putNumbers(parameter: Parameter, numbers: Tensor): void;
  /** What is here of a weight of its own, without gradient, and what of a tensor of its shape that is. */
  heldOf(parameter: Parameter): HeldWeight;
  /** @throws where what is here of its weights cannot be updated now */
  requireUpdatable(of: string): void;
  /** An update is about to write what is here of a weight of its own: what was made of the old numbers is none any more. */
  updating(parameter: Parameter): void;
  /** The update is this work: until it has ended the numbers are there in part. */
  updatedBy(parameter: Parameter, work: Pending): void;
  /** Those of these parameters that are its own stay whole until it is closed. All ranks call it. */
  hold(parameters: readonly Parameter[]): Disposable;
  /** A copy of a weight of its own. All ranks call it. */
  wholeOf(parameter: Parameter): Tensor;
  /** Gives all of them memory of their own again, and owns them no more. All ranks call it. */
  dissolve(): void;
}

/** What is here of a weight. */
export interface HeldWeight {
  readonly numbers: Tensor;
  /** Whether they lie in host memory beside the weight's device. */
  readonly isOnHost: boolean;
  of(whole: Tensor): Tensor;
}

/** Whether any weights ever had an owner: passes ask at each block. */
let areAnyOwned = false as boolean;

/** From now on `owner` has the numbers of these parameters; undefined: they have them themselves. Held by them alone. */
export function ownWeights(parameters: Iterable<Parameter>, owner: WeightsOwner | undefined): void {
  areAnyOwned ||= owner !== undefined;
  for (const parameter of parameters) parameter[KEEPER] = owner;
}

/** Who has the numbers of a tensor between uses; undefined: it has them itself. */
export function weightsOwnerOf(tensor: Tensor): WeightsOwner | undefined {
  return (tensor as Partial<Parameter> & Tensor)[KEEPER];
}

/** All that have numbers of these parameters. */
export function weightsOwnersOf(parameters: Iterable<Parameter>): Set<WeightsOwner> {
  const owners = new Set<WeightsOwner>();
  for (const parameter of parameters) {
    const owner = parameter[KEEPER];
    if (owner !== undefined) owners.add(owner);
  }
  return owners;
}

/** Runs `body`, which computes with the parameters that `of` lists: they have memory and numbers meanwhile. */
export function withWeights<T>(
  of: () => readonly Parameter[],
  phase: WeightsPhase,
  body: () => T,
): T {
  if (!areAnyOwned) return body();
  const parameters = of();
  const owners = weightsOwnersOf(parameters);
  if (owners.size === 0) return body();
  const told: WeightsOwner[] = [];
  try {
    for (const owner of owners) {
      owner.weightsNeeded(parameters, phase);
      told.push(owner);
    }
    return body();
  } finally {
    for (const owner of told) owner.weightsDone();
  }
}

/** Copies numbers into a tensor, wherever its own are. */
export function putNumbers(tensor: Tensor, numbers: Tensor): void {
  const owner = weightsOwnerOf(tensor);
  if (owner === undefined) tensor.copy_(numbers);
  else owner.putNumbers(tensor as Parameter, numbers);
}

/** What is here of a tensor, and what of one of its shape that is: all, unless it has an owner. */
export function heldOf(tensor: Tensor): HeldWeight {
  const owner = weightsOwnerOf(tensor);
  return owner === undefined
    ? { numbers: tensor, isOnHost: false, of: (whole) => whole }
    : owner.heldOf(tensor as Parameter);
}

/** The tensor, or a copy where it has an owner. All ranks call it. */
export function wholeOf(tensor: Tensor): Tensor {
  return weightsOwnerOf(tensor)?.wholeOf(tensor as Parameter) ?? tensor;
}

/** Those of these parameters that have an owner stay whole until it is closed. All ranks call it. */
export function holdWeights(parameters: readonly Parameter[]): Disposable {
  const holds: Disposable[] = [];
  const close = (): void => {
    for (const hold of holds.splice(0).reverse()) hold[Symbol.dispose]();
  };
  try {
    for (const owner of weightsOwnersOf(parameters)) holds.push(owner.hold(parameters));
  } catch (error) {
    close();
    throw error;
  }
  return { [Symbol.dispose]: close };
}
