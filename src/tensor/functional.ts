// Functions of tensors that models use, as in torch.nn.functional. Models call them for every layer, so what is given is looked
// at only as far as a right call costs nothing.
import {
  boolean,
  type Check,
  integer,
  kind,
  listOf,
  nullable,
  number,
  oneOf,
  requireValue,
} from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { aTensor, requireFractions } from "./arguments.js";
import { ops } from "./ops.js";
import { isTensor } from "./scope.js";
import type { Tensor } from "./tensor.js";

/** A dimension, also by name; negative ones count from the end. */
export type Along = number | { readonly dim: number };

/**
 * Joins tensors along an existing dimension.
 * @throws TypeError unless `tensors` is a list
 */
export function cat(tensors: readonly Tensor[], dim: Along = 0): Tensor {
  requireList("cat", tensors);
  return ops.aten.cat(tensors, dimOf("cat", dim));
}

/**
 * Joins tensors of equal shape along a new dimension.
 * @throws TypeError unless `tensors` is a list
 */
export function stack(tensors: readonly Tensor[], dim: Along = 0): Tensor {
  requireList("stack", tensors);
  return ops.aten.stack(tensors, dimOf("stack", dim));
}

/** x (..., in) times weight (out, in) transposed, plus bias (out). */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor): Tensor {
  if (!(isTensor(x) && isTensor(weight))) {
    requireValue("linear: x", x, aTensor);
    requireValue("linear: weight", weight, aTensor);
  }
  return ops.notebooster.linear(x, weight, bias);
}

/**
 * Rows of weight (V, D) picked by ids (...): (..., D). The row `paddingIdx` gets no gradient.
 * @throws RangeError naming an id beyond the table, where ids are on the CPU
 */
export function embedding(
  ids: Tensor,
  weight: Tensor,
  options: { readonly paddingIdx?: number | null } = {},
): Tensor {
  requireValue("embedding: ids", ids, aTensor);
  requireValue("embedding: weight", weight, aTensor);
  checkOptions("embedding", options, EMBEDDING);
  try {
    return ops.aten.embedding(weight, ids, options.paddingIdx ?? -1);
  } catch (error) {
    refuseIds(ids, weight, error);
  }
}

/** Elements of `x` where `condition` is true, else of `y`; all three are broadcast. */
export function where(condition: Tensor, x: Tensor | number, y: Tensor | number): Tensor {
  requireValue("where: condition", condition, aTensor);
  requireValue("where: x", x, TENSOR_OR_NUMBER);
  requireValue("where: y", y, TENSOR_OR_NUMBER);
  return ops.aten.where(condition, x as Tensor, y as Tensor); // an overload for each kind
}

/**
 * Gaussian error linear units (Hendrycks and Gimpel 2016): x Φ(x).
 * @param options `approximate`: "none" (default) is exact, "tanh" GPT-2's approximation
 */
export function gelu(x: Tensor, options: { readonly approximate?: "none" | "tanh" } = {}): Tensor {
  requireValue("gelu: x", x, aTensor);
  checkOptions("gelu", options, GELU_OPTIONS);
  return ops.aten.gelu(x, { approximate: options.approximate ?? "none" });
}

/** max(x, 0). */
export function relu(x: Tensor, ...more: never[]): Tensor {
  refuseSurplus("relu(x)", more, "x.relu_() works in place");
  requireValue("relu: x", x, aTensor);
  return ops.aten.relu(x);
}

/** x sigmoid(x). */
export function silu(x: Tensor, ...more: never[]): Tensor {
  refuseSurplus("silu(x)", more, "ops.aten.silu_(x) works in place");
  requireValue("silu: x", x, aTensor);
  return ops.aten.silu(x);
}

/** exp(x) divided by its sum along a dimension; negative ones count from the end. */
export function softmax(x: Tensor, dim: Along, ...more: never[]): Tensor {
  refuseSurplus("softmax(x, dim)", more, 'convert with x.to("float32")');
  requireValue("softmax: x", x, aTensor);
  return ops.aten.softmax(x, dimOf("softmax", dim));
}

/**
 * Sets elements to zero with probability `p` and divides the others by 1 - p (Srivastava et al. 2014).
 * @param options `training`: false gives x itself, default true
 */
export function dropout(x: Tensor, p = 0.5, options: { readonly training?: boolean } = {}): Tensor {
  requireValue("dropout: x", x, aTensor);
  requireValue("dropout: p", p, number({ min: 0, max: 1 }));
  checkOptions("dropout", options, DROPOUT);
  if (options.training === false) return x;
  try {
    return ops.aten.dropout(x, p, true);
  } catch (error) {
    requireFractions("dropout: x", x);
    throw error;
  }
}

function dimOf(of: string, given: unknown): number {
  const isNamed = typeof given === "object" && given !== null && "dim" in given;
  const dim = isNamed ? given.dim : given;
  requireValue(`${of}: dim`, dim, DIM);
  return dim;
}

const DIM = integer();
const TENSORS = listOf(aTensor);
const TENSOR_OR_NUMBER: Check<Tensor | number> = kind(
  "a tensor or a number",
  (value) => typeof value === "number" || isTensor(value),
);
const EMBEDDING = { paddingIdx: nullable(integer()) };
export const GELU_OPTIONS = { approximate: oneOf("none", "tanh") };
const DROPOUT = { training: boolean };

function requireList(name: string, tensors: readonly Tensor[]): void {
  if (!(Array.isArray(tensors) && tensors.every(isTensor)))
    requireValue(`${name}: tensors`, tensors, TENSORS);
  if (tensors.length === 0)
    throw new RangeError(`${name}: tensors must be a list of at least one tensor, got []`);
}

/** Says which id is beyond the table if one is, else throws the error as it came. */
function refuseIds(ids: Tensor, weight: Tensor, cause: unknown): never {
  const rows = weight.shape[0] as number;
  const isText = cause instanceof Error && cause.message.includes("index out of range");
  if (!isText) throw cause;
  const [low, high] = [ids.min().item(), ids.max().item()];
  const wrong = low < 0 ? low : high;
  throw new RangeError(
    `embedding got the id ${wrong}, the table of shape [${weight.shape.join(", ")}] has rows 0 to ${rows - 1}`,
    { cause },
  );
}
