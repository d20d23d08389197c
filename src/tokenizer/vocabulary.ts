// The vocabulary of a tokenizer.json: every id a whole number, none given to two tokens. The Rust library would keep one
// of the two.

import { describeValue } from "../arguments/describe-value.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { Model } from "./tokenizer-files.js";

/** The algorithms there are; older files leave the name out, and the fields tell. */
export type ModelType = "BPE" | "Unigram" | "WordPiece" | "WordLevel";

const MODEL_TYPES: readonly string[] = ["BPE", "Unigram", "WordPiece", "WordLevel"];
/** An id is a row of the model's embedding; no vocabulary in use has a hundredth of this. */
const LARGEST_ID = 2 ** 26 - 1;

export interface Vocabulary {
  readonly type: ModelType;
  /** Ids of the model's tokens, without added ones. */
  readonly ids: Iterable<number>;
}

/** Reads and checks `model` of a tokenizer.json; throws a TokenizerError that names the field. */
export function readVocabulary(file: string, model: Model): Vocabulary {
  const type = modelType(file, model);
  const vocab = model["vocab"];
  if (Array.isArray(vocab) && type === "Unigram") return { type, ids: vocab.keys() };
  if (!(vocab instanceof Map)) {
    const kind = type === "Unigram" ? "a list of tokens with scores" : "an object of ids by token";
    throw new TokenizerError(
      `${file}: model.vocab is ${describeValue(vocab)}; ${type} needs ${kind}`,
    );
  }
  requireExact(file, model);
  return { type, ids: requireIds(`${file}: model.vocab`, [...vocab]) };
}

/** Ids by token, checked: whole numbers from 0, each of one token only. */
export function requireIds(
  where: string,
  entries: readonly (readonly [token: string, id: unknown])[],
): Iterable<number> {
  const tokens = new Map<number, string>();
  for (const [token, id] of entries) {
    if (!isId(id)) {
      throw new TokenizerError(
        `${where}: ${JSON.stringify(token)} has the id ${describeValue(id)}; ids are whole numbers from 0 to ${LARGEST_ID}`,
      );
    }
    const other = tokens.get(id);
    if (other !== undefined && other !== token) {
      throw new TokenizerError(
        `${where}: ${JSON.stringify(other)} and ${JSON.stringify(token)} both have the id ${id}; each token needs its own`,
      );
    }
    tokens.set(id, token);
  }
  return tokens.keys();
}

function isId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= LARGEST_ID;
}

/** The algorithm that a model names, or that its fields tell. */
export function modelType(file: string, model: Model): ModelType {
  const type = model["type"] ?? typeByFields(model);
  if (typeof type === "string" && MODEL_TYPES.includes(type)) return type as ModelType;
  throw new TokenizerError(
    `${file}: model.type is ${describeValue(type)}; known are ${MODEL_TYPES.join(", ")}`,
  );
}

function typeByFields(model: Model): ModelType {
  if (Array.isArray(model["vocab"])) return "Unigram";
  if ("merges" in model) return "BPE";
  return "max_input_chars_per_word" in model ? "WordPiece" : "WordLevel";
}

function requireExact(file: string, model: Model): void {
  const dropout = model["dropout"] ?? 0;
  if (dropout === 0) return;
  throw new TokenizerError(
    `${file}: model.dropout is ${describeValue(dropout)}, which makes the ids of a text random; set it to null`,
  );
}
