// What the forward pass of a BERT takes, checked.
import type { OptionTable } from "../../arguments/options.js";
import { aMask } from "../../generate/left-padding.js";
import { aTensor } from "../../tensor/arguments.js";
import type { Tensor } from "../../tensor/tensor.js";
import {
  checkInput,
  type InputLimits,
  requireDevice,
  requireShape,
  someTokens,
} from "../causal-lm-input.js";

/** Input of a BERT. */
export interface BertInput {
  /** (B, T) int64 token ids */
  readonly inputIds: Tensor;
  /** (B, T) of 0 and 1: tokens marked 0 are padding, which no token attends to. Default: all 1. */
  readonly attentionMask?: Tensor;
  /** (B, T) int64: which sentence each token is of. Default: all 0. */
  readonly tokenTypeIds?: Tensor;
  /** (B, T) int64: the position of each token. Default: 0, 1, ..., padding counted. */
  readonly positionIds?: Tensor;
}

/** Input of a BERT with a head. */
export interface BertLabelledInput extends BertInput {
  /**
   * For heads of tokens (B, T) int64, -100 where a token does not count; for whole sequences (B) int64 classes, or numbers, or
   * (B, labels).
   */
  readonly labels?: Tensor;
}

export const BERT_INPUT: OptionTable<BertInput> = {
  inputIds: someTokens,
  attentionMask: aMask,
  tokenTypeIds: someTokens,
  positionIds: someTokens,
};

export const BERT_LABELLED_INPUT: OptionTable<BertLabelledInput> = {
  ...BERT_INPUT,
  labels: aTensor,
};

/** In int64, refused where it does not fit together or is elsewhere than the model. */
export function checkedBertInput<I extends BertLabelledInput>(input: I, limits: InputLimits): I {
  const { inputIds, attentionMask, tokenTypeIds, positionIds, labels } = input;
  checkInput(
    { inputIds, ...(attentionMask && { attentionMask }), ...(positionIds && { positionIds }) },
    limits,
  );
  if (tokenTypeIds !== undefined) {
    requireShape("tokenTypeIds", tokenTypeIds, inputIds.shape);
    requireDevice("tokenTypeIds", tokenTypeIds, { device: limits.device, like: "the model" });
  }
  if (labels !== undefined)
    requireDevice("labels", labels, { device: limits.device, like: "the model" });
  return {
    ...input,
    inputIds: inputIds.long(),
    ...(tokenTypeIds && { tokenTypeIds: tokenTypeIds.long() }),
    ...(positionIds && { positionIds: positionIds.long() }),
  };
}
