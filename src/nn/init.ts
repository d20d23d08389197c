// Where weights begin. Layers follow PyTorch's rules and draw from the generator that `manualSeed` seeds in PyTorch's order, so
// that the same seed gives the same numbers there and here. Models with a seed of their own draw each parameter by its name.
import { createHash } from "node:crypto";
import { number, requireValue } from "../arguments/checks.js";
import { aGenerator, aTensor } from "../tensor/arguments.js";
import { empty, randn } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Parameter } from "../tensor/parameter.js";
import { Generator } from "../tensor/random.js";
import { type LayerOptions, placementIn } from "./layer-options.js";

/** A parameter that `fill` gives its first numbers, unless the options leave that to someone else. */
export function newParameter(
  shape: readonly number[],
  options: LayerOptions,
  fill: (parameter: Parameter) => void,
): Parameter {
  const parameter = new Parameter(empty(shape, placementIn(options)));
  if (options.initialize ?? true) noGrad(() => fill(parameter));
  return parameter;
}

/** Numbers of the inputs that each output of a weight (out, in, ...kernel) sums over. */
export function fanIn([, inputs = 1, ...kernel]: readonly number[]): number {
  return kernel.reduce((product, size) => product * size, inputs);
}

/** Kaiming uniform (He et al. 2015) with PyTorch's slope of sqrt(5): uniform within 1 / sqrt(fanIn). */
export function kaimingUniform(weight: Parameter): void {
  // In PyTorch's own steps: one rounding elsewhere would change every bit.
  const gain = Math.sqrt(2 / (1 + Math.sqrt(5) ** 2));
  const bound = Math.sqrt(3) * (gain / Math.sqrt(fanIn(weight.shape)));
  weight.uniform_(-bound, bound);
}

/** Uniform within 1 / sqrt(`inputs`), where a bias begins. */
export function uniformOf(inputs: number): (bias: Parameter) => void {
  const bound = 1 / Math.sqrt(inputs);
  return (bias) => bias.uniform_(-bound, bound);
}

/** The stream from which the parameter of this name of a model with this seed begins, whatever else is in the model. */
export function generatorOf(seed: number, name: string): Generator {
  const digest = createHash("sha256").update(`${seed} ${name}`).digest();
  return new Generator(digest.readUIntLE(0, 6));
}

/** Fills a parameter with normal numbers of the given standard deviation. */
export function normal(parameter: Parameter, std: number, generator: Generator): void {
  requireValue("normal: parameter", parameter, aTensor);
  requireValue("normal: std", std, number({ min: 0 }));
  requireValue("normal: generator", generator, aGenerator);
  noGrad(() => {
    parameter.copy_(randn(parameter.shape, { generator }).mul(std));
  });
}
