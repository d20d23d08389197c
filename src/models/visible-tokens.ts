// What each token of a batch attends to: earlier tokens and itself, within its window, or all tokens, as far as they are no
// padding. Where that is all of them no mask is made, and the fastest kernels serve.
import { type AttentionOptions, attention } from "../tensor/attention.js";
import { arange, ones, zeros } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";
import type { CausalLMInput } from "./causal-lm-input.js";

/** What the tokens of a batch see of one another. */
export interface VisibleTokens {
  /** (B or 1, 1, T or 1, Tk) 0, or -infinity where a token is not seen */
  readonly mask: Tensor;
  /**
   * (B, 1, T or 1, 1) bool: those that see nothing, padding before a text. Their row of `mask` is 0, as no softmax has such rows.
   * Undefined where nothing is padding.
   */
  readonly blind?: Tensor;
}

/**
 * Undefined where each token sees itself and all before it. A cache holds all tokens, also those that a window hides.
 * @param window tokens that each token sees, itself included
 */
export function visibleTokens(
  { attentionMask, documentIds, inputIds, cache }: CausalLMInput,
  dtype: DType,
  window = Number.POSITIVE_INFINITY,
): VisibleTokens | undefined {
  const { device } = inputIds;
  const [batch, length] = inputIds.shape as [number, number];
  const numKeys = cache?.numKeys(length) ?? length;
  if (cache?.slot !== undefined)
    return noGrad(() => upToSlot(cache.slot as Tensor, { numKeys, window, attentionMask }, dtype));
  const isWhole = attentionMask === undefined && documentIds === undefined;
  if (isWhole && numKeys <= window) return undefined;
  return noGrad(() => {
    const earlier = earlierTokens([length, numKeys], device);
    const near = numKeys <= window ? earlier : earlier.triu(numKeys - length - window + 1);
    const own = (documentIds ? near.logicalAnd(sameDocument(documentIds)) : near).view(
      ...[-1, 1, length, numKeys],
    );
    if (attentionMask === undefined) return { mask: hidden(own.logicalNot(), dtype) };
    return seenTokens(attentionMask.bool().view(batch, 1, 1, numKeys).logicalAnd(own), dtype);
  });
}

/**
 * All tokens that are no padding, whatever their order; undefined where nothing is padding.
 * @param attentionMask (B, Tk) of 0 and 1
 */
export function unpaddedTokens(
  attentionMask: Tensor | undefined,
  dtype: DType,
): VisibleTokens | undefined {
  if (attentionMask === undefined) return undefined;
  const [batch, numKeys] = attentionMask.shape as [number, number];
  return noGrad(() => seenTokens(attentionMask.bool().view(batch, 1, 1, numKeys), dtype));
}

/** All earlier tokens, as a mask where one is needed for what is added to it. */
export function causalMask(
  [length, numKeys]: readonly [length: number, numKeys: number],
  { dtype, device }: { readonly dtype: DType; readonly device: string },
): VisibleTokens {
  const earlier = earlierTokens([length, numKeys], device);
  return { mask: hidden(earlier.logicalNot().view(1, 1, length, numKeys), dtype) };
}

/** For one token, at fixed shapes: the keys up to its own, which stands in the slot (1) int64; all shapes follow from the room. */
function upToSlot(
  slot: Tensor,
  { numKeys, window, attentionMask }: FixedKeys,
  dtype: DType,
): VisibleTokens {
  const places = arange(0, numKeys, 1, { dtype: "int64", device: slot.device });
  const earlier = places.lessEqual(slot);
  const near = window < numKeys ? earlier.logicalAnd(places.greater(slot.sub(window))) : earlier;
  const seen = attentionMask === undefined ? near : attentionMask.bool().logicalAnd(near);
  return { mask: hidden(seen.view(-1, 1, 1, numKeys).logicalNot(), dtype) };
}

interface FixedKeys {
  readonly numKeys: number;
  readonly window: number;
  readonly attentionMask: Tensor | undefined;
}

/** (B, T, T) bool: whether two tokens of a row are of one document */
function sameDocument(documentIds: Tensor): Tensor {
  return documentIds.unsqueeze(2).eq(documentIds.unsqueeze(1));
}

/** (T, Tk) bool: for each token itself and all before it */
function earlierTokens([length, numKeys]: readonly [number, number], device: string): Tensor {
  return ones([length, numKeys], { dtype: "bool", device }).tril(numKeys - length);
}

/** @param seen (B, 1, T or 1, Tk) bool */
function seenTokens(seen: Tensor, dtype: DType): VisibleTokens {
  const blind = seen.any(-1, true).logicalNot();
  return { mask: hidden(seen.logicalOr(blind).logicalNot(), dtype), blind };
}

function hidden(unseen: Tensor, dtype: DType): Tensor {
  const nothing = zeros([], { dtype, device: unseen.device });
  return nothing.maskedFill(unseen, Number.NEGATIVE_INFINITY);
}

/** Attention to the tokens that are visible; a token that sees none gets zeros, as from PyTorch's own attention. */
export function causalAttention(
  heads: readonly [q: Tensor, k: Tensor, v: Tensor],
  visible: VisibleTokens | undefined,
  options: Pick<AttentionOptions, "scale" | "dropout"> = {},
): Tensor {
  if (visible !== undefined) return attentionTo(heads, visible, options);
  return attention(...heads, { ...options, causal: true });
}

/** The same where, without a mask, all tokens are visible, as in encoders. */
export function attentionTo(
  [q, k, v]: readonly [q: Tensor, k: Tensor, v: Tensor],
  visible: VisibleTokens | undefined,
  options: Pick<AttentionOptions, "scale" | "dropout"> = {},
): Tensor {
  if (visible === undefined) return attention(q, k, v, options);
  const attended = attention(q, k, v, { ...options, mask: visible.mask });
  return visible.blind === undefined ? attended : attended.maskedFill(visible.blind, 0);
}
