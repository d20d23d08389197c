// Text generation, token by token, with a cache of keys and values.

import { anyOf, integer, kind, listOf, nullable, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { openEffect } from "../host/index.js";
import { tensor } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Generator } from "../tensor/random.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { GenerationConfig } from "./generation-config.js";
import { KVCache } from "./kv-cache.js";
import { aMask, LeftPadding, requireLeftPadding } from "./left-padding.js";
import { type Prompt, type PromptRows, promptRows } from "./prompt.js";
import { SAMPLING_OPTIONS, type SamplingOptions, sample } from "./sampling.js";

/** Options of `generate`. */
export interface GenerateOptions extends SamplingOptions {
  /**
   * Tokens to add at most. Default: what the model's `generation_config.json` says (`max_new_tokens`, or `max_length` with
   * the prompt), or 50. Also stops where the model's positions end.
   */
  readonly maxNewTokens?: number;
  /** Seed of the sampling, default 0. */
  readonly seed?: number;
  /** A sequence ends after one of these ids; null: none. Default: the model's own. */
  readonly eosTokenId?: number | readonly number[] | null;
  /** (B, T) of 0 and 1: 0 is padding, which stands before the tokens of a row. A list of rows is padded by itself. */
  readonly attentionMask?: Tensor;
}

const tokenId = integer({ min: 0 });
const OPTIONS: OptionTable<GenerateOptions> = {
  ...SAMPLING_OPTIONS,
  maxNewTokens: integer({ min: 0 }),
  seed: integer({ min: 0 }),
  eosTokenId: nullable(anyOf(tokenId, listOf(tokenId))),
  attentionMask: aMask,
};
const aDecoder = kind(
  "a model such as LlamaForCausalLM",
  (value) =>
    typeof value === "object" && value !== null && "forward" in value && "maxPositions" in value,
);

/** What generation needs of a model. */
export interface Decoder {
  readonly device: string;
  /** Longest sequence that it takes. */
  readonly maxPositions: number;
  readonly generationConfig: GenerationConfig;
  forward(input: {
    inputIds: Tensor;
    attentionMask?: Tensor;
    positionIds?: Tensor;
    cache: KVCache;
  }): { logits: Tensor };
}

/**
 * Continues each row of `inputIds`. What an option leaves open the model's `generation_config.json` decides.
 * @param inputIds (B, T) int64, or the ids of one sequence or of several; shorter ones are padded on the left
 * @returns (B, T + new) int64: the prompt and what follows; rows that ended are filled with the pad id
 */
export function generate(model: Decoder, inputIds: Prompt, options: GenerateOptions = {}): Tensor {
  requireValue("generate: model", model, aDecoder);
  checkOptions("generate", options, OPTIONS);
  const settings = settingsOf(model.generationConfig, options);
  return noGrad(() => {
    const padTokenId = padIdOf(settings);
    const { ids: prompt, mask } = rowsOf(inputIds, options.attentionMask, {
      padTokenId,
      device: model.device,
    });
    const [batch, length] = prompt.shape as [number, number];
    const numNew = numberOfNew(length, settings, model.maxPositions);
    const cache = new KVCache(length + numNew);
    using _ = openEffect(() => cache[Symbol.dispose](), "call");
    const padding = mask && new LeftPadding(mask, numNew);
    const ended = new EndOfSequences(batch, settings.eosTokenId);
    const generator = new Generator(options.seed ?? 0, model.device);
    const pieces = [prompt];
    for (let i = 0; i < numNew && !ended.all; i++) {
      const last = pieces.at(-1) as Tensor;
      const next = scoped(() => {
        const [from, to] = [cache.length, cache.length + (last.shape[1] as number)];
        const { logits } = model.forward({ inputIds: last, cache, ...padding?.at(from, to) });
        const ids = settings.repetitionPenalty === undefined ? prompt : textOf(pieces, padding);
        return sample({ logits: logits.select(1, -1), ids }, settings, generator);
      });
      pieces.push(ended.mark(next, padTokenId));
    }
    return cat(pieces, 1);
  });
}

type Settings = GenerationConfig & GenerateOptions;

/** Options over what the model's files say; null, as `eosTokenId` may be, is an answer too. */
function settingsOf(config: GenerationConfig, options: GenerateOptions): Settings {
  if (config.notImplemented !== undefined) {
    throw new RangeError(
      `generate() does not do what the model's files ask for: ${config.notImplemented}; remove it there to generate without`,
    );
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...config, ...Object.fromEntries(given) };
}

/** The ids so far; none of them stands for padding. */
function textOf(pieces: readonly Tensor[], padding: LeftPadding | undefined): Tensor {
  const ids = cat(pieces, 1);
  return padding?.filled(ids) ?? ids;
}

function padIdOf({ padTokenId, eosTokenId }: GenerationConfig): number {
  return padTokenId ?? [eosTokenId].flat()[0] ?? 0;
}

/** The prompt on the model's device, with its mask where it is padded. */
function rowsOf(
  prompt: Prompt,
  given: Tensor | undefined,
  { padTokenId, device }: { padTokenId: number; device: string },
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
      `the prompt has ${length} tokens, generation_config.json allows ${maxLength} in all (max_length); give maxNewTokens`,
    );
  }
  const wanted = maxNewTokens ?? (maxLength === undefined ? 50 : maxLength - length);
  return Math.min(wanted, positions - length);
}

/** Which rows have produced their end token. */
class EndOfSequences {
  readonly #ids: ReadonlySet<number>;
  readonly #ended: boolean[];

  constructor(batch: number, eosTokenId: number | readonly number[] | null) {
    this.#ids = new Set(eosTokenId === null ? [] : [eosTokenId].flat());
    this.#ended = Array.from({ length: batch }, () => false);
  }

  get all(): boolean {
    return this.#ended.every(Boolean);
  }

  /** Replaces the tokens of ended rows by padding and notes the rows that end now. */
  mark(next: Tensor, padTokenId: number): Tensor {
    if (this.#ids.size === 0) return next;
    const ids = Array.from(next.toTypedArray() as BigInt64Array, Number);
    const marked = ids.map((id, row) => (this.#ended[row] ? padTokenId : id));
    for (const [row, id] of marked.entries()) this.#ended[row] ||= this.#ids.has(id);
    return tensor(BigInt64Array.from(marked, BigInt), { shape: next.shape, device: next.device });
  }
}
