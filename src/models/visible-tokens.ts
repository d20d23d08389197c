// What each token of a batch attends to: earlier tokens and itself, as far as they are no padding and within its window. Where that
// is all of them no mask is made, and the fastest kernels serve.
import { type AttentionOptions, attention } from "../tensor/attention.js";
import { ones, zeros } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";
import type { CausalLMInput } from "./causal-lm-input.js";

/** What the tokens of a batch see of one another. */
export interface VisibleTokens {
  /** (B or 1, 1, T, Tk) 0, or -infinity where a token is not seen */
  readonly mask: Tensor;
  /**
   * (B, 1, T, 1) bool: those that see nothing, padding before a text. Their row of `mask` is 0, as no softmax has such rows.
   * Undefined where nothing is padding.
   */
  readonly blind?: Tensor;
}

/**
 * Undefined where each token sees itself and all before it. A cache holds all tokens, also those that a window hides.
 * @param window tokens that each token sees, itself included
 */
export function visibleTokens(
  { attentionMask, inputIds, cache }: CausalLMInput,
  dtype: DType,
  window = Number.POSITIVE_INFINITY,
): VisibleTokens | undefined {
  const { device } = inputIds;
  const [batch, length] = inputIds.shape as [number, number];
  const numKeys = (cache?.length ?? 0) + length;
  if (attentionMask === undefined && numKeys <= window) return undefined;
  return noGrad(() => {
    const earlier = ones([length, numKeys], { dtype: "bool", device }).tril(numKeys - length);
    const near = numKeys <= window ? earlier : earlier.triu(numKeys - length - window + 1);
    const hide = (unseen: Tensor): Tensor =>
      zeros([], { dtype, device }).maskedFill(unseen, Number.NEGATIVE_INFINITY);
    if (attentionMask === undefined)
      return { mask: hide(near.logicalNot().view(1, 1, length, -1)) };
    const seen = attentionMask.bool().view(batch, 1, 1, numKeys).logicalAnd(near);
    const blind = seen.any(-1, true).logicalNot();
    return { mask: hide(seen.logicalOr(blind).logicalNot()), blind };
  });
}

/** Attention to the tokens that are visible; a token that sees none gets zeros, as from PyTorch's own attention. */
export function causalAttention(
  [q, k, v]: readonly [q: Tensor, k: Tensor, v: Tensor],
  visible: VisibleTokens | undefined,
  options: Pick<AttentionOptions, "scale" | "dropout"> = {},
): Tensor {
  if (visible === undefined) return attention(q, k, v, { ...options, causal: true });
  const attended = attention(q, k, v, { ...options, mask: visible.mask });
  return visible.blind === undefined ? attended : attended.maskedFill(visible.blind, 0);
}
