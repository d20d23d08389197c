// Text generation with a cache of keys and values: the likeliest tokens, drawn ones, or beam search.

import { kind, requireValue } from "../arguments/checks.js";
import { openEffect } from "../host/index.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";
import { beamSearch } from "./beam-search.js";
import type { Decoder } from "./decoder.js";
import { requireLeftPadding } from "./left-padding.js";
import { type GenerateOptions, type Settings, settingsOf } from "./options.js";
import { type Prompt, type PromptRows, promptRows } from "./prompt.js";
import { Rows } from "./rows.js";
import { TokenByToken } from "./token-by-token.js";

const aDecoder = kind(
  "a model such as LlamaForCausalLM",
  (value) =>
    typeof value === "object" && value !== null && "forward" in value && "maxPositions" in value,
);

/**
 * Continues each row of `inputIds`. What an option leaves open the model's `generation_config.json` decides.
 * @param inputIds (B, T) int64, or the ids of one sequence or of several; shorter ones are padded on the left
 * @returns (B numReturnSequences, T + new) int64: the prompt and what follows; rows that ended are filled with the pad id
 */
export function generate(model: Decoder, inputIds: Prompt, options: GenerateOptions = {}): Tensor {
  requireValue("generate: model", model, aDecoder);
  const settings = settingsOf(model.generationConfig, options);
  return noGrad(() => {
    using rows = beginRows(model, rowsOf(model, inputIds, settings, options), settings);
    using _ = openEffect(() => rows[Symbol.dispose](), "call");
    if (settings.numBeams > 1) return beamSearch(rows, settings);
    const tokens = new TokenByToken(rows, settings, model.device);
    while (!tokens.isDone) tokens.step();
    return rows.whole();
  });
}

/** Rows that the model may continue as far as the settings say. */
export function beginRows(model: Decoder, prompt: PromptRows, settings: Settings): Rows {
  const { numBeams, numReturnSequences } = settings;
  const numNew = numberOfNew(prompt.ids.shape[1] as number, settings, model.maxPositions);
  return new Rows(model, prompt, { numNew, copies: Math.max(numBeams, numReturnSequences) });
}

/** The prompt on the model's device, with its mask where it is padded. */
function rowsOf(
  { device }: Decoder,
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
  if (given !== undefined) requireLeftPadding(given, ids);
  const padding = given ?? mask;
  return { ids: ids.to({ device }), ...(padding && { mask: padding.to({ device }) }) };
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
