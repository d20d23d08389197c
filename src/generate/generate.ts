// Text generation with a cache of keys and values: the likeliest tokens, drawn ones, or beam search.

import { type Check, kind, requireValue } from "../arguments/checks.js";
import { openEffect } from "../host/index.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";
import { beamSearch } from "./beam-search.js";
import type { TextModel } from "./decoder.js";
import { warnOfDropout } from "./evaluating.js";
import { type GenerateOptions, type Settings, settingsOf } from "./options.js";
import { type Prompt, type PromptRows, promptRows } from "./prompt.js";
import { Rows } from "./rows.js";
import { TokenByToken } from "./token-by-token.js";

export const aTextModel: Check<TextModel> = kind(
  "a model that writes, such as LlamaForCausalLM",
  (value) => typeof (value as Partial<TextModel> | null)?.beginText === "function",
);

/**
 * Continues each row of `inputIds`, or answers it where an encoder reads it. What an option leaves open the model's
 * `generation_config.json` decides.
 * @param inputIds (B, T) int64, or the ids of one sequence or of several; shorter ones are padded on the left
 * @returns (B numReturnSequences, T + new) int64: the prompt, or the token that the decoder begins with, and what follows; rows
 * that ended are filled with the pad id
 */
export function generate(
  model: TextModel,
  inputIds: Prompt,
  options: GenerateOptions = {},
): Tensor {
  requireValue("generate: model", model, aTextModel);
  return generated(model, inputIds, options).ids;
}

/** What `generate` returns, and how many columns of it were there before. */
export function generated(
  model: TextModel,
  inputIds: Prompt,
  options: GenerateOptions,
): { readonly ids: Tensor; readonly promptLength: number } {
  const settings = settingsOf(model.generationConfig, options);
  return noGrad(() => {
    using rows = beginRows(model, promptOf(inputIds, settings, options), settings);
    using _ = openEffect(() => rows[Symbol.dispose](), "call");
    const { promptLength } = rows;
    if (settings.numBeams > 1) return { ids: beamSearch(rows, settings), promptLength };
    const tokens = new TokenByToken(rows, settings, model.device);
    while (!tokens.isDone) tokens.step();
    return { ids: rows.whole(), promptLength };
  });
}

/** Tokens for which recording a CUDA graph of a step takes less time than it saves. */
const LEAST_RECORDED = 32;

const NOT_STATIC =
  'generate: cacheImplementation "static" needs a decoder that takes a cache of fixed shapes, and this model says of its own that it does not; leave it out';

/** Rows that the model may continue as far as the settings say. */
export function beginRows(model: TextModel, { ids, mask }: PromptRows, settings: Settings): Rows {
  warnOfDropout("generate", model);
  const { device } = model;
  const begun = model.beginText({
    ids: ids.to({ device }),
    ...(mask && { mask: mask.to({ device }) }),
  });
  const { numBeams, numReturnSequences, cacheImplementation } = settings;
  const { decoder, start, canFixShapes = false } = begun;
  if (cacheImplementation === "static" && !canFixShapes) throw new TypeError(NOT_STATIC);
  const numNew = numberOfNew(start.ids.shape[1] as number, settings, decoder.maxPositions);
  const paysOff = device.startsWith("cuda") && canFixShapes && numBeams === 1;
  const isStatic =
    cacheImplementation === undefined
      ? paysOff && numNew >= LEAST_RECORDED
      : cacheImplementation === "static";
  return new Rows(begun, { numNew, copies: Math.max(numBeams, numReturnSequences), isStatic });
}

/** The prompt, with its mask where it is padded. */
function promptOf(
  prompt: Prompt,
  { padTokenId }: Settings,
  { attentionMask: given }: GenerateOptions,
): PromptRows {
  const { ids, mask } = promptRows(prompt, padTokenId);
  if (given !== undefined && mask !== undefined) {
    throw new TypeError(
      "generate: attentionMask is of rows that are padded already; rows of different lengths are padded here, so leave it out",
    );
  }
  const padding = given ?? mask;
  return padding === undefined ? { ids } : { ids, mask: padding };
}

function numberOfNew(length: number, settings: Settings, positions: number): number {
  if (length >= positions)
    throw new RangeError(`the prompt has ${length} tokens, the model has ${positions} positions`);
  const { maxNewTokens, maxLength } = settings;
  if (maxNewTokens === undefined && maxLength !== undefined && maxLength <= length) {
    throw new RangeError(
      `the prompt has ${length} tokens, maxLength (max_length in generation_config.json) allows ${maxLength} in all; give maxNewTokens`,
    );
  }
  const wanted = maxNewTokens ?? (maxLength === undefined ? 50 : maxLength - length);
  return Math.min(wanted, positions - length);
}
