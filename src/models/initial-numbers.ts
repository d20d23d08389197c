// What the parameters of a new model are: all of them at once, or a part of one, for a rank that holds no more.
import { integer, requireValue, text } from "../arguments/checks.js";
import { nearest } from "../arguments/nearest.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { type Beginning, firstNumbers } from "../nn/init.js";
import { noGrad } from "../tensor/grad-mode.js";
import { requireNumbers } from "../tensor/no-storage.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { putNumbers } from "../tensor/weights-owner.js";

/** Options of `initialNumbers`. */
export interface InitialNumbersOptions {
  /** Default 0. */
  readonly seed?: number;
  /** First element in row-major order, default 0. */
  readonly from?: number;
  /** One beyond the last element, default all. */
  readonly to?: number;
}

const OPTIONS: OptionTable<InitialNumbersOptions> = {
  seed: integer({ min: 0 }),
  from: integer({ min: 0 }),
  to: integer({ min: 0 }),
};

type BeginningOf = (name: string) => Beginning;
type Named = Iterable<[name: string, parameter: Parameter]>;

/** Writes to each parameter what it begins with. */
export function initialize(named: Named, beginningOf: BeginningOf, seed: number): void {
  requireValue("initialize: seed", seed, integer({ min: 0 }));
  const parameters = [...named];
  requireNumbers("initialize", parameters);
  for (const [name, parameter] of parameters) {
    const { shape, numel } = parameter;
    noGrad(() => {
      const seeded = { seed, name, shape };
      const numbers = firstNumbers(beginningOf(name), seeded, { from: 0, to: numel });
      putNumbers(parameter, numbers.view(shape));
    });
  }
}

/** Some elements of what a parameter begins with, in a row. */
export function initialNumbers(
  named: Named,
  beginningOf: BeginningOf,
  name: string,
  options: InitialNumbersOptions,
): Tensor {
  requireValue("initialNumbers: name", name, text);
  checkOptions("initialNumbers", options, OPTIONS);
  const { shape, numel } = parameterNamed(name, new Map(named));
  const { seed = 0, from = 0, to = numel } = options;
  if (from > to || to > numel) {
    throw new RangeError(
      `initialNumbers: ${name} has elements 0 to ${numel}, got from ${from} to ${to}`,
    );
  }
  return noGrad(() => firstNumbers(beginningOf(name), { seed, name, shape }, { from, to }));
}

function parameterNamed(name: string, parameters: ReadonlyMap<string, Parameter>): Parameter {
  const found = parameters.get(name);
  if (found !== undefined) return found;
  const near = nearest(name, [...parameters.keys()])[0];
  const hint = near === undefined ? "" : `; did you mean ${near}?`;
  throw new RangeError(`initialNumbers: there is no parameter ${name}${hint}`);
}
