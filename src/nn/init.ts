// Where weights begin. Layers follow PyTorch's rules and draw from the generator that `manualSeed` seeds in PyTorch's order, so
// that the same seed gives the same numbers there and here. Models with a seed of their own draw each parameter by its name.
import { createHash } from "node:crypto";
import { number, requireValue } from "../arguments/checks.js";
import { aGenerator, aTensor } from "../tensor/arguments.js";
import { empty, full, randn } from "../tensor/create.js";
import { numElements } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Parameter } from "../tensor/parameter.js";
import { type Generator, normalNumbers } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";
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

/** How a parameter begins: one number everywhere, or normal numbers of a standard deviation, perhaps with a row of zeros. */
export type Beginning =
  | { readonly constant: number }
  | { readonly std: number; readonly zeroRow?: number | null };

/** A parameter of a model that begins from a seed. */
export interface Seeded {
  readonly seed: number;
  /** Its checkpoint name. */
  readonly name: string;
  readonly shape: readonly number[];
}

/** Elements in row-major order, `to` excluded. */
export interface ElementRange {
  readonly from: number;
  readonly to: number;
}

/**
 * The numbers with which these elements of a parameter begin, in a row: float32, on the CPU. They depend on seed, name and element
 * only, not on what else is in the model, nor on which elements are asked for together.
 */
export function firstNumbers(
  beginning: Beginning,
  { seed, name, shape }: Seeded,
  { from, to }: ElementRange,
): Tensor {
  if ("constant" in beginning) return full([to - from], beginning.constant, ON_CPU);
  const count = numElements(shape);
  const numbers = normalNumbers(seedOf(seed, name), count, [from, to]).mul_(beginning.std);
  const { zeroRow = null } = beginning;
  if (zeroRow === null) return numbers;
  const width = count / (shape[0] as number);
  const begin = Math.max(zeroRow * width, from);
  const end = Math.min((zeroRow + 1) * width, to);
  if (begin < end) numbers.slice(0, begin - from, end - from).zero_();
  return numbers;
}

const ON_CPU = { dtype: "float32", device: "cpu" } as const;

/** Of the numbers of a parameter, whatever the others in the model. */
function seedOf(seed: number, name: string): number {
  return createHash("sha256").update(`${seed} ${name}`).digest().readUIntLE(0, 6);
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
