// `generation_config.json` of a model folder, read as transformers reads it: where the file is there, the ends of a
// text are its own and not those of config.json.
import { join } from "node:path";
import {
  anyOf,
  boolean,
  integer,
  listOf,
  nullable,
  number,
  oneOf,
  text,
} from "../arguments/checks.js";
import { checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { checkFields, describeJson, type Fields } from "../files/check-fields.js";
import { parseJsonObject } from "../files/json-file.js";
import { isThere, readPlainFile } from "../files/plain-file.js";
import type { GenerationConfig } from "../generate/generation-config.js";
import { endTokens, tokenId } from "./config-checks.js";

export const GENERATION_CONFIG = "generation_config.json";
const MAX_BYTES = 4_000_000;

const count = integer({ min: 1 });
const atLeast0 = integer({ min: 0 });

const SCHEMA = {
  bos_token_id: nullable(tokenId),
  eos_token_id: endTokens,
  pad_token_id: nullable(tokenId),
  decoder_start_token_id: nullable(tokenId),
  max_new_tokens: nullable(count),
  max_length: nullable(count),
  min_new_tokens: nullable(atLeast0),
  min_length: nullable(atLeast0),
  do_sample: nullable(boolean),
  temperature: nullable(number({ min: 0 })),
  top_k: nullable(atLeast0),
  top_p: nullable(number({ above: 0, max: 1 })),
  min_p: nullable(number({ min: 0, max: 1 })),
  repetition_penalty: nullable(number({ above: 0 })),
  no_repeat_ngram_size: nullable(atLeast0),
  stop_strings: nullable(anyOf(text, listOf({ ...text, each: "texts" }))),
  num_return_sequences: nullable(count),
  num_beams: nullable(count),
  length_penalty: nullable(number()),
  early_stopping: nullable(anyOf(boolean, oneOf("never"))),
} as const;

/** transformers' own when a file says `do_sample` and leaves it out. */
const TOP_K = 50;

/** Fields that would change what is generated, with the values that have no effect. null has none either. */
const NOT_IMPLEMENTED: Readonly<Record<string, readonly unknown[]>> = {
  num_beam_groups: [1],
  max_time: [],
  top_h: [],
  typical_p: [1],
  epsilon_cutoff: [0],
  eta_cutoff: [0],
  bad_words_ids: [],
  force_words_ids: [],
  constraints: [],
  forced_bos_token_id: [],
  forced_eos_token_id: [],
  suppress_tokens: [],
  begin_suppress_tokens: [],
  sequence_bias: [],
  exponential_decay_length_penalty: [],
  guidance_scale: [1],
  penalty_alpha: [0],
  diversity_penalty: [0],
  remove_invalid_values: [false],
  token_healing: [false],
  watermarking_config: [],
  dola_layers: [],
};

/** The file as it stands, to be written beside a saved model, and what it says. */
export interface GenerationConfigFile {
  readonly bytes: Uint8Array;
  readonly config: GenerationConfig;
}

/**
 * Undefined when the folder has no such file.
 * @throws CheckpointError when it is damaged or a field is not what it must be
 */
export function readGenerationConfig(folder: string): GenerationConfigFile | undefined {
  const path = join(folder, GENERATION_CONFIG);
  if (!isThere(path)) return undefined;
  const at = { path, problem: checkpointProblem };
  const bytes = readPlainFile(path, { ...at, maxBytes: MAX_BYTES });
  const object = parseJsonObject(bytes, at);
  const fields = checkFields(object, SCHEMA, at);
  const asked = Object.entries(NOT_IMPLEMENTED).flatMap(([name, neutral]) => {
    const value = object.get(name) ?? null;
    const isNeutral = value === null || neutral.includes(value) || isEmpty(value);
    return isNeutral ? [] : [`"${name}": ${describeJson(value)}`];
  });
  const config = configOf(fields);
  if (asked.length === 0) return { bytes, config };
  return { bytes, config: { ...config, notImplemented: `${asked.join(", ")} in ${path}` } };
}

function configOf(fields: Fields<typeof SCHEMA>): GenerationConfig {
  const isSampled = fields.do_sample === true;
  const given = {
    decoderStartTokenId: fields.decoder_start_token_id,
    maxNewTokens: fields.max_new_tokens,
    maxLength: fields.max_length,
    minNewTokens: fields.min_new_tokens,
    minLength: fields.min_length,
    temperature: isSampled ? (fields.temperature ?? 1) : null,
    topK: fields.top_k ?? (isSampled ? TOP_K : null),
    topP: fields.top_p,
    minP: fields.min_p,
    repetitionPenalty: fields.repetition_penalty,
    noRepeatNgramSize: fields.no_repeat_ngram_size,
    stopStrings: fields.stop_strings == null ? null : [fields.stop_strings].flat(),
    numReturnSequences: fields.num_return_sequences,
    numBeams: fields.num_beams,
    lengthPenalty: fields.length_penalty,
    earlyStopping: fields.early_stopping,
  };
  const stated = Object.entries(given).filter(([, value]) => value != null);
  return {
    eosTokenId: fields.eos_token_id ?? null,
    padTokenId: fields.pad_token_id ?? null,
    ...(Object.fromEntries(stated) as Partial<GenerationConfig>),
  };
}

function isEmpty(value: unknown): boolean {
  return (Array.isArray(value) && value.length === 0) || (value instanceof Map && value.size === 0);
}
