// The tokenizer in a GGUF file as the files of a Hugging Face folder: what its metadata says of tokens and merges, and what llama.cpp
// knows by name, written out. An unknown name is refused, because it would give other ids.
import { GgufFile } from "../gguf/gguf-file.js";
import type { GgufValue } from "../gguf/header-reader.js";
import { pairsOfPieces } from "./merges-of-pieces.js";
import { TokenizerError } from "./tokenizer-error.js";

type Metadata = ReadonlyMap<string, GgufValue>;
type Contents = ReadonlyMap<string, Uint8Array>;

/** Of `tokenizer.ggml.token_type`. */
const CONTROL = 3;
const USER_DEFINED = 4;

const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const WORDS = String.raw`[^\r\n\p{L}\p{N}]?\p{L}+`;
const REST = String.raw` ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;
const QWEN2 = String.raw`${CONTRACTIONS}|${WORDS}|\p{N}|${REST}`;
const LLAMA3 = String.raw`${CONTRACTIONS}|${WORDS}|\p{N}{1,3}|${REST}`;

const split = (Regex: string): object[] => [
  { type: "Split", pattern: { Regex }, behavior: "Isolated", invert: false },
  byteLevel(false),
];
/** How texts are cut before merges, by `tokenizer.ggml.pre`. */
export const CUTS: Readonly<
  Record<string, { readonly cut: readonly object[]; readonly wholeWords?: boolean }>
> = {
  "gpt-2": { cut: [byteLevel(true)] },
  smollm: { cut: [{ type: "Digits", individual_digits: true }, byteLevel(true)] },
  qwen2: { cut: split(QWEN2) },
  "llama-bpe": { cut: split(LLAMA3), wholeWords: true },
};
const CLASSES: Readonly<Record<string, string>> = {
  llama: "LlamaTokenizer",
  gemma2: "GemmaTokenizer",
  gemma3: "GemmaTokenizer",
};

/** `tokenizer.json` and `tokenizer_config.json` of a GGUF file. */
export function ggufTokenizerFiles(path: string): Contents {
  using file = GgufFile.open(path);
  const { metadata } = file;
  const model = metadata.get("tokenizer.ggml.model");
  if (model === "gpt2")
    return contentsOf(byteLevelJson(path, metadata), configOf(metadata, "PreTrainedTokenizerFast"));
  const architecture = String(metadata.get("general.architecture"));
  const name = model === "llama" ? CLASSES[architecture] : undefined;
  if (name !== undefined) return contentsOf(piecesJson(path, metadata), configOf(metadata, name));
  throw new TokenizerError(
    `${path}: its tokenizer is ${JSON.stringify(model)} of the architecture ${architecture}; take the tokenizer.json of the model's folder`,
  );
}

function contentsOf(tokenizer: object, config: object): Contents {
  const bytes = (json: object) => Buffer.from(JSON.stringify(json));
  return new Map([
    ["tokenizer.json", bytes(tokenizer)],
    ["tokenizer_config.json", bytes(config)],
  ]);
}

function byteLevelJson(path: string, metadata: Metadata): object {
  const pre = String(metadata.get("tokenizer.ggml.pre") ?? "none");
  const known = CUTS[pre];
  if (known === undefined) {
    throw new TokenizerError(
      `${path}: texts are cut by "${pre}"; ${Object.keys(CUTS).join(", ")} are read. Take the tokenizer.json of the model's folder`,
    );
  }
  const merges = strings(path, metadata, "merges");
  const model = {
    vocab: vocabulary(path, metadata),
    merges,
    ignore_merges: known.wholeWords === true,
  };
  return {
    ...EMPTY,
    added_tokens: addedTokens(path, metadata),
    pre_tokenizer: { type: "Sequence", pretokenizers: known.cut },
    post_processor: beginning(path, metadata, known.wholeWords === true),
    decoder: byteLevel(true),
    model: { ...BPE, ...model },
  };
}

/** Pieces of SentencePiece; their class says the rest. */
function piecesJson(path: string, metadata: Metadata): object {
  const tokens = strings(path, metadata, "tokens");
  const scores = metadata.get("tokenizer.ggml.scores");
  if (!Array.isArray(scores) || scores.length !== tokens.length)
    throw new TokenizerError(`${path}: has not a score for each token`);
  const merges = pairsOfPieces(tokens, scores as number[]);
  return {
    ...EMPTY,
    post_processor: beginning(path, metadata, true),
    model: {
      ...BPE,
      vocab: vocabulary(path, metadata),
      merges,
      byte_fallback: true,
      fuse_unk: true,
    },
  };
}

const EMPTY = {
  version: "1.0",
  truncation: null,
  padding: null,
  added_tokens: [],
  normalizer: null,
};
const BPE = {
  type: "BPE",
  dropout: null,
  unk_token: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
};

function byteLevel(useRegex: boolean): object {
  return { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: useRegex };
}

/** What stands before every text. */
function beginning(path: string, metadata: Metadata, byDefault: boolean): object | null {
  if ((metadata.get("tokenizer.ggml.add_bos_token") ?? byDefault) !== true) return null;
  const token = named(metadata)["bos_token"];
  const id = metadata.get("tokenizer.ggml.bos_token_id");
  if (token === undefined)
    throw new TokenizerError(`${path}: a token begins every text, but it is not said which`);
  const bos = { SpecialToken: { id: token, type_id: 0 } };
  const text = (id: string, type_id: number) => ({ Sequence: { id, type_id } });
  return {
    type: "TemplateProcessing",
    single: [bos, text("A", 0)],
    pair: [bos, text("A", 0), bos, text("B", 1)],
    special_tokens: { [token]: { id: token, ids: [id], tokens: [token] } },
  };
}

function configOf(metadata: Metadata, tokenizer_class: string): object {
  const template = metadata.get("tokenizer.chat_template");
  return {
    tokenizer_class,
    ...named(metadata),
    added_tokens_decoder: declared(metadata),
    ...(template !== undefined && { chat_template: template }),
    clean_up_tokenization_spaces: false,
  };
}

function named(metadata: Metadata): Readonly<Record<string, string | undefined>> {
  const tokens = metadata.get("tokenizer.ggml.tokens") as readonly string[];
  const of = (key: string) => tokens[metadata.get(`tokenizer.ggml.${key}`) as number];
  return {
    bos_token: of("bos_token_id"),
    eos_token: of("eos_token_id"),
    unk_token: of("unknown_token_id"),
    pad_token: of("padding_token_id"),
  };
}

interface Added {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
}

/** Tokens that are never cut: those that control, and those that somebody added. */
function addedTokens(path: string, metadata: Metadata): Added[] {
  const types = (metadata.get("tokenizer.ggml.token_type") ?? []) as readonly number[];
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  return strings(path, metadata, "tokens").flatMap((content, id) =>
    types[id] === CONTROL || types[id] === USER_DEFINED
      ? [{ id, content, ...plain, special: types[id] === CONTROL }]
      : [],
  );
}

/** The same as tokenizer_config.json has it. */
function declared(metadata: Metadata): Record<number, object> {
  return Object.fromEntries(addedTokens("", metadata).map(({ id, ...token }) => [id, token]));
}

function vocabulary(path: string, metadata: Metadata): Record<string, number> {
  const tokens = strings(path, metadata, "tokens");
  const ids = new Map(tokens.map((token, id) => [token, id]));
  if (ids.size === tokens.length) return Object.fromEntries(ids);
  const twice = tokens.find((token, id) => ids.get(token) !== id);
  throw new TokenizerError(
    `${path}: the token ${JSON.stringify(twice)} stands twice in its vocabulary`,
  );
}

function strings(path: string, metadata: Metadata, key: string): readonly string[] {
  const list = metadata.get(`tokenizer.ggml.${key}`);
  if (Array.isArray(list) && list.every((one) => typeof one === "string")) return list;
  throw new TokenizerError(`${path}: has no list of texts tokenizer.ggml.${key}`);
}
