// Who acts on gradients while a backward pass makes them: each parameter has at most one owner, held by the parameter alone.
import { kind, listOf, requireValue } from "../arguments/checks.js";
import { type Handle, native } from "../native/native.js";
import { GradientWrites } from "./gradient-writes.js";
import { OWNER, Parameter } from "./parameter.js";
import { ID } from "./scope.js";
import type { Tensor } from "./tensor.js";

/** Who acts on the gradients of its parameters while backward passes make them, such as what reduces them over ranks. */
export interface GradientOwner {
  /** The pass comes to a block that uses `parameter`. May be left out. */
  gradientComing?(parameter: Parameter): void;
  /** The gradient of `parameter` is complete in this pass, while blocks before it are still to come. */
  gradientReady(parameter: Parameter): void;
  /** The pass has ended; it reached parameters of this owner, in a block or outside of any. */
  passEnded(): void;
  /** The pass did not come to its end: gradients may be complete in part only. */
  passFailed(): void;
  /** The pass also came to tensors that nobody owns; `isOne` says of a parameter whether it did. May be left out. */
  strangersReached?(isOne: (parameter: Parameter) => boolean): void;
  /**
   * () float32: what gradients of its parameters are to be multiplied by to be those of the losses; undefined where they are.
   * May be left out.
   * @param of the function that asks, as the user calls it
   */
  gradientScale?(of: string): Tensor | undefined;
  /**
   * Somebody is about to look at gradients as those of parameters. May be left out.
   * @throws where they are elsewhere
   */
  requireGradients?(of: string): void;
  /**
   * Weights are about to be stored, or taken for the beginning of another training. May be left out.
   * @throws where an update was left in its middle, so that they are of two steps
   */
  requireWholeStep?(of: string): void;
  /** The gradient of `parameter` is to be forgotten, wherever it is. May be left out. */
  gradientDropped?(parameter: Parameter): void;
  /** `parameter` was converted or moved. May be left out. */
  memoryReplaced?(parameter: Parameter): void;
  /** `optimizer`, which may be the owner's own, is about to update with these gradients by itself. May be left out. */
  gradientsUsed?(optimizer: object): void;
}

const someParameters = listOf<Parameter>({
  ...kind("a Parameter", (value) => value instanceof Parameter),
  each: "parameters",
});
const aGradientOwner = kind<GradientOwner>(
  "an object with gradientReady, passEnded and passFailed",
  (value) =>
    ["gradientReady", "passEnded", "passFailed"].every(
      (name) => typeof (value as Record<string, unknown> | null)?.[name] === "function",
    ),
);

/** What each owner was given last, for passes that come to parameters outside of blocks. */
const owned = new Map<WeakRef<GradientOwner>, readonly WeakRef<Parameter>[]>();

/** From now on `owner` is told of the gradients of these parameters, instead of who was before; held by them alone. */
export function ownGradients(parameters: readonly Parameter[], owner: GradientOwner): void {
  requireValue("ownGradients: parameters", parameters, someParameters);
  requireValue("ownGradients: owner", owner, aGradientOwner);
  for (const parameter of parameters) parameter[OWNER] = owner;
  for (const [known] of livingOwners()) if (known.deref() === owner) owned.delete(known);
  owned.set(
    new WeakRef(owner),
    parameters.map((parameter) => new WeakRef(parameter)),
  );
}

/**
 * () float32: what the gradients of these parameters are to be multiplied by to be those of the losses; undefined where they are.
 * @param of the function as the user calls it: "clipGradNorm"
 * @throws TypeError when some are to be multiplied by other numbers than the rest
 */
export function scaleOfGradients(of: string, parameters: readonly Parameter[]): Tensor | undefined {
  const all = new Set(parameters.filter(({ grad }) => grad !== null).map((each) => each[OWNER]));
  for (const parameter of parameters) parameter[OWNER]?.requireGradients?.(of);
  const scales = [...all].map((owner) => owner?.gradientScale?.(of));
  if (scales.length < 2 || scales.every((scale) => scale === undefined)) return scales[0];
  throw new TypeError(
    `${of}: gradients that booster.backward made are scaled until the step, and these parameters are not all of one boosted optimizer; call optimizer.clipGradByNorm(maxNorm) of each`,
  );
}

/**
 * @param of the function as the user calls it: "saveModel"
 * @throws where an update of these parameters was left in its middle
 */
export function requireWholeStep(of: string, parameters: Iterable<Parameter>): void {
  for (const owner of new Set([...parameters].map((each) => each[OWNER])))
    owner?.requireWholeStep?.(of);
}

/** Whether anybody is told of the gradients of this parameter, as after `booster.boost`. */
export function hasGradientOwner(parameter: Parameter): boolean {
  return parameter[OWNER] !== undefined;
}

function livingOwners(): typeof owned {
  for (const known of owned.keys()) if (known.deref() === undefined) owned.delete(known);
  return owned;
}

/** Tells owners that `optimizer` is about to update these parameters by itself. */
export function noteGradientsUsed(parameters: Iterable<Parameter>, optimizer: object): void {
  if (owned.size === 0) return;
  const all = new Set<GradientOwner>();
  for (const parameter of parameters) {
    const owner = parameter[OWNER];
    if (owner !== undefined) all.add(owner);
  }
  for (const owner of all) owner.gradientsUsed?.(optimizer);
}

/** For an owner that has taken gradients over: they are those of parameters no more, and not dropped. */
export function takeGradients(parameters: Iterable<Parameter>): void {
  for (const parameter of parameters) native.setGrad(parameter[ID], undefined);
}

/** Tells the owner, if there is one, that a parameter was converted or moved. */
export function noteReplaced(parameter: Parameter): void {
  parameter[OWNER]?.memoryReplaced?.(parameter);
}

/** Tells owners what one backward pass has done. */
export class PassNews {
  /** Blocks with each owned parameter (several with tied weights), and the loss if it uses it, that are still to come. */
  readonly #left = new Map<Parameter, number>();
  readonly #reached = new Set<GradientOwner>();
  /** Of tensors that nobody owns. */
  readonly #strangers: Set<Handle>;
  /** What the loss comes to by other ways than blocks: a module that has none, a penalty on weights. */
  readonly ofLoss: readonly Parameter[];
  readonly #writes = livingOwners().size > 0 ? new GradientWrites() : undefined;

  /** @param blocks the parameters of each that may be reached */
  constructor(blocks: Iterable<readonly Parameter[]>, loss: Tensor) {
    this.#strangers = new Set(owned.size > 0 ? native.reachedLeaves(loss.handle) : []);
    this.ofLoss = this.#strangers.size > 0 ? takeOwned(this.#strangers) : [];
    for (const parameters of [...blocks, this.ofLoss]) {
      for (const parameter of parameters)
        if (parameter[OWNER] !== undefined)
          this.#left.set(parameter, (this.#left.get(parameter) ?? 0) + 1);
    }
  }

  /** The pass begins with what lies between the loss and blocks. */
  lossComing(): void {
    this.blockComing(this.ofLoss);
  }

  lossDone(): void {
    this.blockDone(this.ofLoss);
  }

  /** The pass comes to a block with these parameters. */
  blockComing(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) parameter[OWNER]?.gradientComing?.(parameter);
  }

  /** The pass went through a block with these parameters. */
  blockDone(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) {
      const owner = parameter[OWNER];
      if (owner === undefined) {
        this.#strangers.add(parameter.handle);
        continue;
      }
      this.#reached.add(owner);
      const left = (this.#left.get(parameter) ?? 0) - 1;
      this.#left.set(parameter, left);
      if (left === 0) owner.gradientReady(parameter);
    }
  }

  ended(): void {
    this.#findUnlisted();
    if (this.#reached.size > 0 && this.#strangers.size > 0) this.#tellOfStrangers();
    for (const owner of this.#reached) owner.passEnded();
  }
  failed(): void {
    this.#findUnlisted();
    for (const owner of this.#reached) owner.passFailed();
  }

  /** A block may use parameters that it does not list. */
  #findUnlisted(): void {
    for (const [known, parameters] of this.#writes === undefined ? [] : owned) {
      const owner = known.deref();
      if (owner === undefined || this.#reached.has(owner)) continue;
      const isReached = parameters.some((each) => {
        const parameter = each.deref();
        return (
          parameter !== undefined &&
          parameter[OWNER] === owner &&
          this.#writes?.has(parameter) === true
        );
      });
      if (isReached) this.#reached.add(owner);
    }
  }

  /** Frozen ones are nobody's business. */
  #tellOfStrangers(): void {
    const isOne = ({ handle, requiresGrad }: Parameter): boolean =>
      requiresGrad && this.#strangers.has(handle);
    for (const owner of this.#reached) owner.strangersReached?.(isOne);
  }
}

/** Takes those with an owner out of `handles`. */
function takeOwned(handles: Set<Handle>): Parameter[] {
  const found = [...livingOwners().values()].flat().flatMap((each) => each.deref() ?? []);
  return found.filter(
    (parameter) => parameter[OWNER] !== undefined && handles.delete(parameter.handle),
  );
}
