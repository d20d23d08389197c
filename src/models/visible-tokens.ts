// What each token of a padded batch attends to: earlier tokens and itself, as far as they are no padding.
import { type AttentionOptions, attention } from "../tensor/attention.js";
import { ones, zeros } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";
import type { CausalLMInput } from "./causal-lm-input.js";

/** What the tokens of a batch see of one another. */
export interface VisibleTokens {
  /** (B, 1, T, Tk) 0, or -infinity where a token is not seen */
  readonly mask: Tensor;
  /** (B, 1, T, 1) bool: those that see nothing, padding before a text. Their row of `mask` is 0, as no softmax has such rows. */
  readonly blind: Tensor;
}

/** Undefined where nothing is padding. */
export function visibleTokens(
  { attentionMask, inputIds }: CausalLMInput,
  dtype: DType,
): VisibleTokens | undefined {
  if (attentionMask === undefined) return undefined;
  const { device } = attentionMask;
  const [batch, numKeys] = attentionMask.shape as [number, number];
  const length = inputIds.shape[1] as number;
  return noGrad(() => {
    const before = ones([length, numKeys], { dtype: "bool", device }).tril(numKeys - length);
    const seen = attentionMask.bool().view(batch, 1, 1, numKeys).logicalAnd(before);
    const blind = seen.any(-1, true).logicalNot();
    const unseen = seen.logicalOr(blind).logicalNot();
    const mask = zeros([], { dtype, device }).maskedFill(unseen, Number.NEGATIVE_INFINITY);
    return { mask, blind };
  });
}

/** Attention to earlier tokens that are no padding; a token that sees none gets zeros, as from PyTorch's own attention. */
export function causalAttention(
  [q, k, v]: readonly [q: Tensor, k: Tensor, v: Tensor],
  visible: VisibleTokens | undefined,
  options: Pick<AttentionOptions, "scale" | "dropout"> = {},
): Tensor {
  if (visible === undefined) return attention(q, k, v, { ...options, causal: true });
  const attended = attention(q, k, v, { ...options, mask: visible.mask });
  return attended.maskedFill(visible.blind, 0);
}
