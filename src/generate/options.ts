// Options of generation, and what they come to with what the model's files say.
import {
  anyOf,
  boolean,
  integer,
  kind,
  listOf,
  nullable,
  number,
  oneOf,
  text,
} from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import type { Tensor } from "../tensor/tensor.js";
import type { EarlyStopping, GenerationConfig } from "./generation-config.js";
import { aMask } from "./left-padding.js";
import type { TextDecoder } from "./text-decoder.js";

/** How the next token is chosen; without any of them it is the most likely one. */
export interface SamplingOptions {
  /** True samples, by default at temperature 1 among 50 tokens, as transformers; false takes the most likely token. */
  readonly doSample?: boolean;
  /** 0 takes the most likely token; 1 samples as the model says. Default: the model's `generation_config.json`, or 0. */
  readonly temperature?: number;
  /** Sample among so many of the most likely tokens. Default: the model's `generation_config.json`, or 0: all. */
  readonly topK?: number;
  /**
   * Sample among the fewest tokens whose probabilities reach this sum. Default: the model's `generation_config.json`, or 1:
   * all.
   */
  readonly topP?: number;
  /**
   * Sample among tokens with at least this part of the probability of the most likely one. Default: the model's
   * `generation_config.json`, or 0: all.
   */
  readonly minP?: number;
  /**
   * Positive logits of tokens that are in the text already are divided by this, negative ones multiplied (CTRL, Keskar et
   * al. 2019). Default: the model's `generation_config.json`, or 1: none.
   */
  readonly repetitionPenalty?: number;
  /** So many tokens in a row occur once in a text. Default: the model's `generation_config.json`, or 0: as often as they come. */
  readonly noRepeatNgramSize?: number;
  /** Seed of the sampling, default 0. */
  readonly seed?: number;
}

/** What beam search does, with `numBeams` above 1; where one samples, sequences are drawn by their log-probabilities. */
export interface BeamOptions {
  /** Sequences that are followed at a time. Default: the model's `generation_config.json`, or 1: no beam search. */
  readonly numBeams?: number;
  /** The log-probability of a sequence is divided by its length to the power of this. Default 1; above 0 favours longer ones. */
  readonly lengthPenalty?: number;
  /**
   * Default false: ends when the best running sequence, at its length, is worse than all whole ones; true: as soon as there are
   * as many whole ones as beams; "never": when no running sequence can become better at any length.
   */
  readonly earlyStopping?: EarlyStopping;
}

/** Where sequences end. */
export interface LengthOptions {
  /**
   * Tokens to add at most. Default: what the model's `generation_config.json` says (`max_new_tokens`, or `max_length` with
   * the prompt), or 50. Also stops where the model's positions end.
   */
  readonly maxNewTokens?: number;
  /** Tokens in all at most, the prompt included; counts where `maxNewTokens` is not given. */
  readonly maxLength?: number;
  /** Tokens to add before a sequence may end by `eosTokenId`. Default: the model's, or 0. */
  readonly minNewTokens?: number;
  /** As `minNewTokens`, the prompt included. */
  readonly minLength?: number;
  /** A sequence ends after one of these ids; null: none. Default: the model's own. */
  readonly eosTokenId?: number | readonly number[] | null;
  /** A sequence ends once one of these stands at its end, which stays in it; needs `tokenizer`. */
  readonly stopStrings?: string | readonly string[];
  /** Makes text of ids, for `stopStrings`. */
  readonly tokenizer?: TextDecoder;
}

/** Options of `generate`. */
export interface GenerateOptions extends SamplingOptions, BeamOptions, LengthOptions {
  /** Continuations of each row, one after the other; of beam search the best ones. Default 1. */
  readonly numReturnSequences?: number;
  /**
   * "static": steps have shapes that do not change while the cache has room, so that on a GPU a CUDA graph runs them; "dynamic": a step
   * attends to the tokens that are there. Default: static for 32 tokens or more on a GPU, where the model allows it and there are no beams.
   */
  readonly cacheImplementation?: "dynamic" | "static";
  /** (B, T) of 0 and 1: 0 is padding, which stands before the tokens of a row. A list of rows is padded by itself. */
  readonly attentionMask?: Tensor;
}

const count = integer({ min: 1 });
const atLeast0 = integer({ min: 0 });
const someText = { ...text, each: "texts" };
export const aTokenizer = kind<TextDecoder>(
  "a tokenizer, as AutoTokenizer.fromPretrained(folder) gives it",
  (value) => typeof (value as Partial<TextDecoder> | null)?.decode === "function",
);

export const GENERATE_OPTIONS: OptionTable<GenerateOptions> = {
  doSample: boolean,
  temperature: number({ min: 0 }),
  topK: atLeast0,
  topP: number({ above: 0, max: 1 }),
  minP: number({ min: 0, max: 1 }),
  repetitionPenalty: number({ above: 0 }),
  noRepeatNgramSize: atLeast0,
  seed: atLeast0,
  numBeams: count,
  lengthPenalty: number(),
  earlyStopping: anyOf(boolean, oneOf("never")),
  maxNewTokens: atLeast0,
  maxLength: count,
  minNewTokens: atLeast0,
  minLength: atLeast0,
  eosTokenId: nullable(anyOf(atLeast0, listOf(atLeast0))),
  stopStrings: anyOf(text, listOf(someText)),
  tokenizer: aTokenizer,
  numReturnSequences: count,
  cacheImplementation: oneOf("dynamic", "static"),
  attentionMask: aMask,
};

/** All that generation goes by. */
export interface Settings {
  /** 0: the most likely token. */
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly minP: number;
  readonly repetitionPenalty: number;
  readonly noRepeatNgramSize: number;
  readonly seed: number;
  readonly numBeams: number;
  readonly lengthPenalty: number;
  readonly earlyStopping: EarlyStopping;
  readonly maxNewTokens: number | undefined;
  readonly maxLength: number | undefined;
  readonly minNewTokens: number;
  readonly minLength: number;
  readonly eosTokenIds: readonly number[];
  readonly padTokenId: number;
  readonly stopStrings: readonly string[];
  readonly tokenizer: TextDecoder | undefined;
  readonly numReturnSequences: number;
  readonly cacheImplementation: "dynamic" | "static" | undefined;
}

/** transformers' own where one samples and says nothing of it. */
const TOP_K = 50;

/**
 * Options over what the model's files say; null, as `eosTokenId` may be, is an answer too.
 * @throws TypeError or RangeError for options that are unknown, out of range or exclude one another
 */
export function settingsOf(config: GenerationConfig, options: GenerateOptions): Settings {
  checkOptions("generate", options, GENERATE_OPTIONS);
  if (config.notImplemented !== undefined) {
    throw new RangeError(
      `generate() does not do what the model's files ask for: ${config.notImplemented}; remove it there to generate without`,
    );
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const both: GenerationConfig & GenerateOptions = { ...config, ...Object.fromEntries(given) };
  const settings = { ...withDefaults(both), ...lengthsOf(options, both) };
  requireConsistent(settings);
  return settings;
}

/** Where neither says anything. */
const DEFAULTS = {
  ...{ topP: 1, minP: 0, repetitionPenalty: 1, noRepeatNgramSize: 0, seed: 0 },
  ...{ numBeams: 1, lengthPenalty: 1, earlyStopping: false, numReturnSequences: 1 },
  cacheImplementation: undefined,
  ...{ minNewTokens: 0, minLength: 0, tokenizer: undefined },
} as const;

function withDefaults(both: GenerationConfig & GenerateOptions): Omit<Settings, LengthNames> {
  const { doSample, topK, temperature, eosTokenId, padTokenId, stopStrings } = both;
  const eosTokenIds = eosTokenId === null ? [] : [eosTokenId].flat();
  return {
    ...DEFAULTS,
    ...both,
    temperature: doSample === false ? 0 : (temperature ?? Number(doSample ?? false)),
    topK: topK ?? (doSample ? TOP_K : 0),
    eosTokenIds,
    padTokenId: padTokenId ?? eosTokenIds[0] ?? 0,
    stopStrings: [stopStrings ?? []].flat(),
  };
}

type LengthNames = "maxNewTokens" | "maxLength";

/** A length that is given wins over both that the files say. */
function lengthsOf(
  given: LengthOptions,
  both: GenerationConfig & LengthOptions,
): Pick<Settings, LengthNames> {
  const isGiven = given.maxLength !== undefined && given.maxNewTokens === undefined;
  return { maxNewTokens: isGiven ? undefined : both.maxNewTokens, maxLength: both.maxLength };
}

function requireConsistent(settings: Settings): void {
  const { temperature, numBeams, numReturnSequences, stopStrings, tokenizer } = settings;
  if (numBeams > 1 && numReturnSequences > numBeams) {
    throw new RangeError(
      `generate: numReturnSequences must be at most numBeams, got ${numReturnSequences} of ${numBeams}`,
    );
  }
  if (numBeams === 1 && temperature === 0 && numReturnSequences > 1) {
    throw new RangeError(
      `generate: the most likely continuation is one, got numReturnSequences ${numReturnSequences}; sample with doSample: true, or give numBeams`,
    );
  }
  const empty = stopStrings.indexOf("");
  if (empty !== -1) throw new RangeError("generate: stopStrings must not be empty texts");
  if (stopStrings.length > 0 && tokenizer === undefined)
    throw new TypeError("generate: stopStrings are compared with text; give the tokenizer too");
}
