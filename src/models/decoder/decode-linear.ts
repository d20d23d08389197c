// Products of one token more, at fixed shapes: those of the same x in one kernel, with what comes right after them.
import type { Layer } from "../../nn/layer.js";
import { isPlainLinear } from "../../nn/linear.js";
import { ops } from "../../tensor/ops.js";
import type { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { DecoderPass } from "./pass.js";

/** What is done with products in the same kernel. */
export interface AfterProducts {
  /** Is added to the one product, of its shape. */
  readonly residual?: Tensor;
  /** Of two products one result: silu(first) * second. */
  readonly gated?: boolean;
}

/**
 * The products of x (..., in) with up to three layers, or undefined where they are to be computed one by one: this is no pass of one
 * token at fixed shapes, or something else stands in the place of a layer, as adapters do.
 */
export function decodeLinear(
  { cache }: DecoderPass,
  x: Tensor,
  layers: readonly Layer[],
  options: AfterProducts = {},
): readonly Tensor[] | undefined {
  if (cache?.slot === undefined || !layers.every(isPlainLinear)) return undefined;
  const biases = layers.flatMap(({ bias }): Parameter[] => (bias == null ? [] : [bias]));
  if (biases.length !== 0 && biases.length !== layers.length) return undefined;
  if (layers.some(({ weight }) => weight.dtype !== x.dtype)) return undefined;
  const weights = layers.map(({ weight }) => weight);
  return ops.notebooster.decode_linear(x, weights, biases, options);
}
