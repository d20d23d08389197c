// What the forward pass of a T5 takes, checked.
import { kind } from "../../arguments/checks.js";
import type { OptionTable } from "../../arguments/options.js";
import { aMask } from "../../generate/left-padding.js";
import { aTensor } from "../../tensor/arguments.js";
import { full } from "../../tensor/create.js";
import { cat } from "../../tensor/functional.js";
import type { Tensor } from "../../tensor/tensor.js";
import {
  checkInput,
  type InputLimits,
  requireBits,
  requireDevice,
  requireShape,
  someTokens,
} from "../causal-lm-input.js";
import { T5Cache } from "./cache.js";

/** Input of a T5. */
export interface T5Input {
  /** (B, Te) int64 token ids for the encoder; may be left out beside `encoderOutput` */
  readonly inputIds?: Tensor;
  /** (B, Te) of 0 and 1: tokens of the encoder marked 0 are padding, which no token attends to. Default: all 1. */
  readonly attentionMask?: Tensor;
  /** (B, T) int64 token ids for the decoder. Default: the labels, one later, after `decoderStartTokenId`. */
  readonly decoderInputIds?: Tensor;
  /** (B, earlier tokens in the cache + T) of 0 and 1, as `attentionMask` for the decoder. Default: all 1. */
  readonly decoderAttentionMask?: Tensor;
  /** (B, T) int64: what the decoder is to say; -100 does not count. */
  readonly labels?: Tensor;
  /** (B, Te, C): `encoderLastHiddenState` of an earlier pass, so that the encoder is not computed again. */
  readonly encoderOutput?: Tensor;
  /** Keys and values of earlier tokens of the decoder. */
  readonly cache?: T5Cache;
}

export const T5_INPUT: OptionTable<T5Input> = {
  inputIds: someTokens,
  attentionMask: aMask,
  decoderInputIds: someTokens,
  decoderAttentionMask: aMask,
  labels: someTokens,
  encoderOutput: aTensor,
  cache: kind("a T5Cache", (value) => value instanceof T5Cache),
};

/** What labels lack to be the decoder's input. */
export interface Beginning {
  readonly decoderStartTokenId: number | null;
  readonly padTokenId: number | null;
}

/** An input that says all that there is. */
export type WholeInput = T5Input & { readonly decoderInputIds: Tensor };

/** In int64, the decoder's ids made of labels where they are not given; refused where it does not fit together. */
export function wholeInput(input: T5Input, limits: InputLimits, beginning: Beginning): WholeInput {
  const { inputIds, attentionMask, labels, decoderInputIds } = input;
  const whole = {
    ...input,
    ...(inputIds && { inputIds: inputIds.long() }),
    ...(labels && { labels: labels.long() }),
    decoderInputIds: decoderInputIds?.long() ?? shiftedRight(labels, beginning),
  };
  if (input.encoderOutput === undefined) {
    checkInput({ inputIds: inputIds as Tensor, ...(attentionMask && { attentionMask }) }, limits);
  } else {
    requireDevice("encoderOutput", input.encoderOutput, {
      device: limits.device,
      like: "the model",
    });
  }
  checkDecoder(whole, limits);
  return whole;
}

function checkDecoder(
  { decoderInputIds, decoderAttentionMask: mask, labels, cache, ...input }: WholeInput,
  { device }: InputLimits,
): void {
  const [batch, length] = decoderInputIds.shape as [number, number];
  const encoded = (input.encoderOutput ?? input.inputIds) as Tensor;
  requireShape("decoderInputIds", decoderInputIds, [encoded.shape[0] as number, length]);
  requireDevice("decoderInputIds", decoderInputIds, { device, like: "the model" });
  if (labels !== undefined) {
    requireShape("labels", labels, [batch, length], "decoderInputIds");
    requireDevice("labels", labels, { device, like: "the model" });
  }
  if (mask === undefined) return;
  const numKeys = (cache?.tokens.length ?? 0) + length;
  requireShape("decoderAttentionMask", mask, [batch, numKeys], "the decoder's tokens");
  requireDevice("decoderAttentionMask", mask, { device, like: "the model" });
  requireBits("decoderAttentionMask", mask);
}

/** The start token and all labels but the last; those that do not count are padding. */
function shiftedRight(
  given: Tensor | undefined,
  { decoderStartTokenId, padTokenId }: Beginning,
): Tensor {
  if (given === undefined)
    throw new TypeError("forward: give decoderInputIds, or labels to make them of");
  if (decoderStartTokenId === null || padTokenId === null) {
    throw new TypeError(
      `forward: decoderInputIds can be made of labels only with decoderStartTokenId and padTokenId in the model's configuration, got ${decoderStartTokenId} and ${padTokenId}`,
    );
  }
  const labels = given.long();
  const [batch, length] = labels.shape as [number, number];
  const start = full([batch, 1], decoderStartTokenId, { dtype: "int64", device: labels.device });
  const before = labels.slice(1, 0, length - 1);
  return cat([start, before.maskedFill(before.eq(-100), padTokenId)], 1);
}
