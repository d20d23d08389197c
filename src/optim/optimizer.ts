// What all optimizers share: parameter groups, and a state per parameter that can be saved and loaded.
import { type Check, kind, listOf, requireValue } from "../arguments/checks.js";
import type { DType } from "../tensor/dtype.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Scaling } from "./update-rule.js";

/** Parameters that share hyperparameters. `lr` is what a schedule changes. */
export interface ParamGroup {
  /** What the optimizer updates. */
  readonly parameters: readonly Parameter[];
  /** A tensor holds one float32 number on the parameters' device. */
  lr: number | Tensor;
}

/** Tensors and numbers an optimizer remembers of one parameter, e.g. `{ expAvg, expAvgSq, step }`. */
export type ParameterState = Record<string, Tensor | number>;

/** What a state of one parameter must be: each tensor's shape and dtype by name, "number" for a number. */
export type StateDescription = Readonly<
  Record<string, "number" | { readonly shape: readonly number[]; readonly dtype: DType }>
>;

/** What all optimizers offer. */
export interface Optimizer {
  /** Parameters with the hyperparameters they share. */
  readonly paramGroups: readonly ParamGroup[];
  /** Updates every parameter that has a gradient. */
  step(): void;
  /** The same with gradients scaled, or skipped altogether, in the update's own pass over memory. */
  stepScaled(by: Scaling): void;
  /** Forgets all gradients. */
  zeroGrad(): void;
  /** What is remembered of a parameter, or undefined before its first update. */
  stateOf(parameter: Parameter): ParameterState | undefined;
  /** What `loadState` takes of a parameter, so that it can be checked before anything is changed. */
  describeState(parameter: Parameter): StateDescription;
  /** Takes over a state that `stateOf` gave, in this process or in the one that saved it. */
  loadState(parameter: Parameter, state: ParameterState): void;
  /**
   * Keeps a float32 copy of each parameter that is stored in fewer bits, and updates that one.
   * @param originals the full-precision numbers, where they are still known
   */
  useMasterWeights(originals: ReadonlyMap<Parameter, Tensor>): void;
  /**
   * Updates bfloat16 parameters without such copies, rounding them at random, and keeps what it remembers of each of their elements in
   * bfloat16 too; or as before. Optimizers that cannot do so leave it out.
   */
  useStochasticRounding?(isOn: boolean): void;
}

/** @throws TypeError where all is frozen, as when the model was given adapters since */
export function requireSomeTrained(parameters: readonly Parameter[]): void {
  const isTrained = ({ requiresGrad, grad }: Parameter): boolean => requiresGrad || grad !== null;
  if (parameters.length === 0 || parameters.some(isTrained)) return;
  throw new TypeError(
    "all parameters that the optimizer was given are frozen, so it would train nothing; make it from model.parameters() after enableLora or addAdapter, or unfreeze some",
  );
}

export const aParameterList: Check<readonly Parameter[]> = {
  ...listOf({ ...kind("a Parameter", isParameter), each: "parameters" }),
  expects: "a list of parameters, as model.parameters() gives it",
};

export const anOptimizer: Check<Optimizer> = kind(
  "an optimizer, as new AdamW(model.parameters())",
  (value) => typeof value === "object" && value !== null && "paramGroups" in value,
);

function isParameter(value: unknown): boolean {
  return value instanceof Parameter;
}

/** How an optimizer prints: each group's numbers and how much it trains, not the weights. */
export function optimizerText(name: string, groups: readonly ParamGroup[]): string {
  const lines = groups.map(({ parameters, ...numbers }, index) => {
    const settings = Object.entries(numbers).map(([key, value]) => `${key} ${settingText(value)}`);
    const size = parameters.reduce((sum, { numel }) => sum + numel, 0);
    const trained = `${parameters.length} parameters, ${size.toLocaleString("en")} numbers`;
    return `  group ${index}: ${[...settings, trained].join(", ")}`;
  });
  return [name, ...lines].join("\n");
}

function settingText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(", ")}]`;
  const { isDisposed, item } = Object(value) as Partial<Tensor>;
  return String(item !== undefined && isDisposed === false ? item.call(value as Tensor) : value);
}

/**
 * @param of the function as the user calls it: "new AdamW"
 * @throws TypeError when there is nothing to train, something that is no parameter, or a parameter twice
 */
export function checkParameters(of: string, parameters: readonly Parameter[]): void {
  requireValue(`${of}: parameters`, parameters, aParameterList);
  if (parameters.length === 0) {
    throw new TypeError("the optimizer got no parameters; pass model.parameters()");
  }
  if (new Set(parameters).size !== parameters.length) {
    throw new TypeError("the optimizer got a parameter twice; pass each once, shared ones too");
  }
}
