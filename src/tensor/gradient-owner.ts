// Who acts on gradients while a backward pass makes them: each parameter has at most one owner, held by the parameter alone.
import { kind, listOf, requireValue } from "../arguments/checks.js";
import { Parameter } from "./parameter.js";

/** Who acts on the gradients of its parameters while backward passes make them, such as what reduces them over ranks. */
export interface GradientOwner {
  /** The pass comes to a block that uses `parameter`. May be left out. */
  gradientComing?(parameter: Parameter): void;
  /** The gradient of `parameter` is complete in this pass, while blocks before it are still to come. */
  gradientReady(parameter: Parameter): void;
  /** The pass has ended; it reached a block with parameters of this owner. */
  passEnded(): void;
  /** The pass did not come to its end: gradients may be complete in part only. */
  passFailed(): void;
  /** The pass also came to parameters that nobody owns. May be left out. */
  strangersReached?(parameters: readonly Parameter[]): void;
  /** `parameter` was converted or moved. May be left out. */
  memoryReplaced?(parameter: Parameter): void;
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

const owners = new WeakMap<Parameter, GradientOwner>();

/** From now on `owner` is told of the gradients of these parameters, instead of who was before; held by them alone. */
export function ownGradients(parameters: readonly Parameter[], owner: GradientOwner): void {
  requireValue("ownGradients: parameters", parameters, someParameters);
  requireValue("ownGradients: owner", owner, aGradientOwner);
  for (const parameter of parameters) owners.set(parameter, owner);
}

/** Tells the owner, if there is one, that a parameter was converted or moved. */
export function noteReplaced(parameter: Parameter): void {
  owners.get(parameter)?.memoryReplaced?.(parameter);
}

/** Tells owners what one backward pass has done. */
export class PassNews {
  /** Blocks with each owned parameter (several with tied weights) whose backward pass is still to come. */
  readonly #left = new Map<Parameter, number>();
  readonly #reached = new Set<GradientOwner>();
  readonly #strangers = new Set<Parameter>();

  /** @param blocks the parameters of each that may be reached */
  constructor(blocks: Iterable<readonly Parameter[]>) {
    for (const parameters of blocks) {
      for (const parameter of parameters)
        if (owners.has(parameter)) this.#left.set(parameter, (this.#left.get(parameter) ?? 0) + 1);
    }
  }

  /** The pass comes to a block with these parameters. */
  blockComing(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) owners.get(parameter)?.gradientComing?.(parameter);
  }

  /** The pass went through a block with these parameters. */
  blockDone(parameters: readonly Parameter[]): void {
    for (const parameter of parameters) {
      const owner = owners.get(parameter);
      if (owner === undefined) this.#strangers.add(parameter);
      if (owner === undefined) continue;
      this.#reached.add(owner);
      const left = (this.#left.get(parameter) ?? 0) - 1;
      this.#left.set(parameter, left);
      if (left === 0) owner.gradientReady(parameter);
    }
  }

  ended(): void {
    if (this.#reached.size > 0 && this.#strangers.size > 0) this.#tellOfStrangers();
    for (const owner of this.#reached) owner.passEnded();
  }
  failed(): void {
    for (const owner of this.#reached) owner.passFailed();
  }

  /** Frozen ones are nobody's business. */
  #tellOfStrangers(): void {
    const trained = [...this.#strangers].filter(({ requiresGrad }) => requiresGrad);
    if (trained.length === 0) return;
    for (const owner of this.#reached) owner.strangersReached?.(trained);
  }
}
