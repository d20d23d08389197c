// What each token of a batch attends to: earlier tokens and itself, within its window and its document, or all tokens, as far as they are no
// padding. Where that is all of them no mask is made, and the fastest kernels serve; documents whose lengths the host knows go
// through kernels of variable length, and the rest is a mask.
import { lengthsOfIds, PackedDocuments } from "../data/packed-documents.js";
import { type AttentionOptions, attention, explainAttention } from "../tensor/attention.js";
import { arange, ones, zeros } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { isCapturing } from "../tensor/random-stream.js";
import type { Tensor } from "../tensor/tensor.js";
import type { CausalLMInput } from "./causal-lm-input.js";

/** What the tokens of a batch see of one another, as a mask. */
export interface MaskedTokens {
  /** (B or 1, 1, T or 1, Tk) 0, or -infinity where a token is not seen */
  readonly mask: Tensor;
  /**
   * (B, 1, T or 1, 1) bool: those that see nothing, padding before a text. Their row of `mask` is 0, as no softmax has such rows.
   * Undefined where nothing is padding.
   */
  readonly blind?: Tensor;
}

/** Tokens that see their document, themselves and what is before them; of all rows laid end to end. */
export interface PackedTokens {
  /** int32 [documents + 1], on the device: where each begins and the last ends */
  readonly starts: Tensor;
  /** Tokens of the longest document. */
  readonly longest: number;
  /** Tokens that each token sees, itself included, where documents are longer. */
  readonly window?: number;
}

/** What the tokens of a batch see of one another. */
export type VisibleTokens = MaskedTokens | PackedTokens;

/**
 * Undefined where each token sees itself and all before it. A cache holds all tokens, also those that a window hides.
 * @param window tokens that each token sees, itself included
 */
export function visibleTokens(
  input: CausalLMInput,
  dtype: DType,
  window = Number.POSITIVE_INFINITY,
): VisibleTokens | undefined {
  const documents = isCapturing() ? undefined : knownDocuments(input); // a graph's shapes stay, lengths do not
  const place = { device: input.inputIds.device, dtype };
  if (documents === undefined || (documents.longest > window && !hasWindowKernel(place)))
    return maskedTokens(input, dtype, window);
  const { starts, longest, isOnePerRow } = documents;
  if (longest > window) return { starts, longest, window };
  return isOnePerRow ? undefined : { starts, longest };
}

/** The same with a mask wherever something is hidden, for scores to which something else is done. */
export function maskedTokens(
  input: CausalLMInput,
  dtype: DType,
  window = Number.POSITIVE_INFINITY,
): MaskedTokens | undefined {
  const { attentionMask, inputIds, cache } = input;
  const { device } = inputIds;
  const [batch, length] = inputIds.shape as [number, number];
  const numKeys = cache?.numKeys(length) ?? length;
  if (cache?.slot !== undefined)
    return noGrad(() => upToSlot(cache.slot as Tensor, { numKeys, window, attentionMask }, dtype));
  const isPacked = input.documentIds !== undefined || input.documents !== undefined;
  if (attentionMask === undefined && !isPacked && numKeys <= window) return undefined;
  return noGrad(() => {
    const earlier = earlierTokens([length, numKeys], device);
    const near = numKeys <= window ? earlier : earlier.triu(numKeys - length - window + 1);
    const own = (isPacked ? near.logicalAnd(sameDocument(input)) : near).view(
      ...[-1, 1, length, numKeys],
    );
    if (attentionMask === undefined) return { mask: hidden(own.logicalNot(), dtype) };
    return seenTokens(attentionMask.bool().view(batch, 1, 1, numKeys).logicalAnd(own), dtype);
  });
}

/** Documents whose lengths are given, or are read where that waits for no device; undefined too where they are in several pieces. */
function knownDocuments({
  documents,
  documentIds,
  attentionMask,
  inputIds,
}: CausalLMInput): PackedDocuments | undefined {
  if (inputIds.device === "meta") return undefined;
  if (documents !== undefined || documentIds?.device !== "cpu") return documents;
  const lengths = lengthsOfIds(documentIds, attentionMask);
  return lengths && new PackedDocuments(lengths, { rowLength: inputIds.shape[1] as number });
}

/** By device and dtype. */
const windowKernels = new Map<string, boolean>();

/** Whether a kernel of variable length has windows there: plain products would read the starts back, and a mask is faster. */
function hasWindowKernel(place: { readonly device: string; readonly dtype: DType }): boolean {
  const key = `${place.device} ${place.dtype}`;
  const known = windowKernels.get(key);
  if (known !== undefined) return known;
  const q = zeros([1, 1, 8], place);
  const cuSeqlens = arange(0, 2, 1, { dtype: "int32", device: place.device });
  const options = { causal: true, cuSeqlens, maxSeqlen: 1, window: 1 };
  const has = explainAttention(q, q, q, options).refused.flash === undefined;
  windowKernels.set(key, has);
  return has;
}

/**
 * All tokens that are no padding, whatever their order; undefined where nothing is padding.
 * @param attentionMask (B, Tk) of 0 and 1
 */
export function unpaddedTokens(
  attentionMask: Tensor | undefined,
  dtype: DType,
): MaskedTokens | undefined {
  if (attentionMask === undefined) return undefined;
  const [batch, numKeys] = attentionMask.shape as [number, number];
  return noGrad(() => seenTokens(attentionMask.bool().view(batch, 1, 1, numKeys), dtype));
}

/** All earlier tokens, as a mask where one is needed for what is added to it. */
export function causalMask(
  [length, numKeys]: readonly [length: number, numKeys: number],
  { dtype, device }: { readonly dtype: DType; readonly device: string },
): MaskedTokens {
  const earlier = earlierTokens([length, numKeys], device);
  return { mask: hidden(earlier.logicalNot().view(1, 1, length, numKeys), dtype) };
}

/** For one token, at fixed shapes: the keys up to its own, which stands in the slot (1) int64; all shapes follow from the room. */
function upToSlot(
  slot: Tensor,
  { numKeys, window, attentionMask }: FixedKeys,
  dtype: DType,
): MaskedTokens {
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
function sameDocument({ documents, documentIds, inputIds }: CausalLMInput): Tensor {
  const numbers = documents === undefined ? (documentIds as Tensor) : numbered(documents, inputIds);
  return numbers.unsqueeze(2).eq(numbers.unsqueeze(1));
}

/** (B, T) int32: the number of each token's document */
function numbered({ starts }: PackedDocuments, { shape, numel, device }: Tensor): Tensor {
  const places = arange(0, numel, 1, { dtype: "int32", device });
  return places.bucketize(starts, { outInt32: true, right: true }).view(...shape);
}

/** (T, Tk) bool: for each token itself and all before it */
function earlierTokens([length, numKeys]: readonly [number, number], device: string): Tensor {
  return ones([length, numKeys], { dtype: "bool", device }).tril(numKeys - length);
}

/** @param seen (B, 1, T or 1, Tk) bool */
function seenTokens(seen: Tensor, dtype: DType): MaskedTokens {
  const blind = seen.any(-1, true).logicalNot();
  return { mask: hidden(seen.logicalOr(blind).logicalNot(), dtype), blind };
}

function hidden(unseen: Tensor, dtype: DType): Tensor {
  const nothing = zeros([], { dtype, device: unseen.device });
  return nothing.maskedFill(unseen, Number.NEGATIVE_INFINITY);
}

type Heads = readonly [q: Tensor, k: Tensor, v: Tensor];
type ScoreOptions = Pick<AttentionOptions, "scale" | "dropout">;

/** Attention to the tokens that are visible; a token that sees none gets zeros, as from PyTorch's own attention. */
export function causalAttention(
  heads: Heads,
  visible: VisibleTokens | undefined,
  options: ScoreOptions = {},
): Tensor {
  if (visible === undefined) return attention(...heads, { ...options, causal: true });
  if ("starts" in visible) return packedAttention(heads, visible, options);
  return attentionTo(heads, visible, options);
}

/** The same where, without a mask, all tokens are visible, as in encoders. */
export function attentionTo(
  [q, k, v]: Heads,
  visible: MaskedTokens | undefined,
  options: ScoreOptions = {},
): Tensor {
  if (visible === undefined) return attention(q, k, v, options);
  const attended = attention(q, k, v, { ...options, mask: visible.mask });
  return visible.blind === undefined ? attended : attended.maskedFill(visible.blind, 0);
}

/** Heads (B, H, T, D) that lie as (B, T, H, D), as projections give them, are looked at end to end without a copy. */
function packedAttention(
  heads: Heads,
  { starts, longest, window }: PackedTokens,
  options: ScoreOptions,
): Tensor {
  const [batch, numHeads, length] = heads[0].shape as [number, number, number];
  const endToEnd = (x: Tensor): Tensor =>
    x.transpose(1, 2).reshape(batch * length, x.shape[1] as number, -1); // (B T, H, D)
  const [q, k, v] = heads.map(endToEnd) as [Tensor, Tensor, Tensor];
  const attended = attention(q, k, v, {
    ...options,
    ...{ causal: true, cuSeqlens: starts, maxSeqlen: longest },
    ...(window !== undefined && { window }),
  });
  return attended.view(batch, length, numHeads, -1).transpose(1, 2);
}
