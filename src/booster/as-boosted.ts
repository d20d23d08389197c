// Whether a model is still what it was boosted as. Masters, moments and the places of gradients belong to the parameters that it
// had then, with their types and devices: training on with others would train what the model no longer computes with.
import type { Module } from "../nn/module.js";
import type { Parameter } from "../tensor/parameter.js";
import { PlanError } from "./plan.js";

const REMEDY =
  "boost it again with an optimizer made from model.parameters(); saveOptimizer() before and loadOptimizer() after keep what that " +
  "one remembers";

export class AsBoosted {
  readonly #model: Module;
  readonly #kinds: ReadonlyMap<Parameter, string>;
  readonly #frozen: readonly Parameter[];
  #replaced: Parameter | undefined;

  /** Called when it is boosted. */
  constructor(model: Module) {
    this.#model = model;
    this.#kinds = new Map(model.parameters().map((parameter) => [parameter, kindOf(parameter)]));
    this.#frozen = [...this.#kinds.keys()].filter(({ requiresGrad }) => !requiresGrad);
  }

  /** Of the class of the model. */
  get modelName(): string {
    return this.#model.constructor.name;
  }

  /** Those that it was boosted with. */
  parameters(): Iterable<Parameter> {
    return this.#kinds.keys();
  }

  /** `parameter` was converted or moved. */
  noteReplaced(parameter: Parameter): void {
    this.#replaced ??= parameter;
  }

  /**
   * Costs nothing, so that every pass can ask.
   * @param of what is to be done with it
   * @throws PlanError when it was converted or moved since
   */
  require(of: string): void {
    if (this.#replaced === undefined) return;
    const parameter = this.#replaced;
    const change = `${this.#kinds.get(parameter)} to ${kindOf(parameter)}`;
    throw new PlanError(
      of,
      `the model was converted or moved after boost() (${this.#nameOf(parameter)} from ${change}), which its optimizer does not follow`,
      `choose mixedPrecision and device before, or ${REMEDY}`,
    );
  }

  /**
   * @param isOne whether a backward pass came to a parameter that was not boosted
   * @throws PlanError when the model has such a one: it was put into it since
   */
  requireNone(isOne: (parameter: Parameter) => boolean): void {
    const found = [...this.#model.namedParameters()].find(([, each]) => isOne(each));
    if (found === undefined) return;
    throw new PlanError(
      "backward",
      `${found[0]} was put into the model after boost(), so that no optimizer of it trains it`,
      `put modules and parameters into a model before it is boosted, or ${REMEDY}`,
    );
  }

  /** @throws PlanError when parameters are trained that were frozen: they have no place among gradients that ranks reduce */
  requireFrozen(): void {
    const found = this.#frozen.find(({ requiresGrad }) => requiresGrad);
    if (found === undefined) return;
    throw new PlanError(
      "backward",
      `${this.#nameOf(found)} was frozen when the model was boosted and is trained now, so its gradient is not averaged over ranks`,
      `set requiresGrad before boost(), or ${REMEDY}`,
    );
  }

  #nameOf(parameter: Parameter): string {
    const named = [...this.#model.namedParameters()].find(([, each]) => each === parameter);
    return named?.[0] ?? "a parameter";
  }
}

function kindOf({ dtype, device }: Parameter): string {
  return `${dtype} on ${device}`;
}
