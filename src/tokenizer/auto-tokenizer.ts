// Text to token ids and back, for any tokenizer.json of Hugging Face; the algorithms are @huggingface/tokenizers'.

import fs from "node:fs";
import path from "node:path";
import { Tokenizer } from "@huggingface/tokenizers";
import { TokenizerError } from "./tokenizer-error.js";
import {
  readTokenizerFiles,
  type SpecialName,
  specialToken,
  type TokenizerFiles,
} from "./tokenizer-files.js";

export interface EncodeOptions {
  /** Adds what the tokenizer's template puts around a text, such as a leading bos. Default true. */
  readonly addSpecialTokens?: boolean;
}

export interface DecodeOptions {
  /** Leaves special tokens such as eos out of the text. Default false. */
  readonly skipSpecialTokens?: boolean;
}

/** A loaded tokenizer. */
export class AutoTokenizer {
  /** One more than the largest id: the rows a model's embedding needs at least. */
  readonly vocabSize: number;
  /** Id of the token that begins a text, if the tokenizer has one. */
  readonly bosTokenId: number | undefined;
  /** Id of the token that ends a document, if the tokenizer has one. */
  readonly eosTokenId: number | undefined;
  /** Id of the token that fills up rows, if the tokenizer has one. */
  readonly padTokenId: number | undefined;
  readonly #tokenizer: Tokenizer;
  readonly #files: TokenizerFiles;

  private constructor(files: TokenizerFiles) {
    this.#files = files;
    this.#tokenizer = buildTokenizer(files);
    let largestId = -1;
    for (const id of this.#tokenizer.get_vocab().values()) largestId = Math.max(largestId, id);
    this.vocabSize = largestId + 1;
    this.bosTokenId = this.#specialId("bos_token");
    this.eosTokenId = this.#specialId("eos_token");
    this.padTokenId = this.#specialId("pad_token");
  }

  /**
   * Loads `tokenizer.json`, with `tokenizer_config.json` and `special_tokens_map.json` when present, from a model
   * folder. Throws a TokenizerError that names the path and what is expected there.
   */
  static async fromPretrained(folder: string): Promise<AutoTokenizer> {
    return new AutoTokenizer(readTokenizerFiles(folder));
  }

  /** The token ids of a text. */
  encode(text: string, { addSpecialTokens = true }: EncodeOptions = {}): Int32Array {
    if (typeof text !== "string")
      throw new TokenizerError(`encode() takes a string, ${typeof text} given`);
    const { ids } = this.#tokenizer.encode(wellFormed(text), {
      add_special_tokens: addSpecialTokens,
    });
    if (ids.every(Number.isInteger)) return Int32Array.from(ids);
    throw new TokenizerError(
      `${this.#files.folder}: the tokenizer has no token for a part of the text and no unk_token`,
    );
  }

  /** The text of token ids; bytes that form no UTF-8 come out as U+FFFD. Throws for an id outside the vocabulary. */
  decode(
    ids: Iterable<number | bigint>,
    { skipSpecialTokens = false }: DecodeOptions = {},
  ): string {
    const list = Array.from(ids, Number);
    const foreign = list.find((id) => this.#tokenizer.id_to_token(id) === undefined);
    if (foreign !== undefined) {
      throw new TokenizerError(
        `id ${foreign} is not in the vocabulary of ${this.vocabSize} ids of ${this.#files.folder}`,
      );
    }
    if (list.length === 0) return "";
    return this.#tokenizer.decode(list, {
      skip_special_tokens: skipSpecialTokens,
      clean_up_tokenization_spaces: this.#files.config["clean_up_tokenization_spaces"] === true,
    });
  }

  /** The id of a token given by its exact text in the vocabulary, or undefined. */
  tokenToId(token: string): number | undefined {
    return this.#tokenizer.token_to_id(token);
  }

  /** Refuses a model whose vocabulary is too small for this tokenizer; call it before any computing. */
  assertFits(modelVocabSize: number): void {
    if (this.vocabSize <= modelVocabSize) return;
    throw new TokenizerError(
      `the tokenizer of ${this.#files.folder} has ids up to ${this.vocabSize - 1}, the model's vocabulary has ` +
        `${modelVocabSize} (ids up to ${modelVocabSize - 1}); load the tokenizer the model was trained with, or ` +
        "enlarge the model's embedding",
    );
  }

  /** Writes the files the tokenizer was loaded from, unchanged, into `folder`. */
  save(folder: string): void {
    fs.mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of this.#files.contents)
      fs.writeFileSync(path.join(folder, name), bytes);
  }

  #specialId(name: SpecialName): number | undefined {
    const token = specialToken(this.#files, name);
    if (token === undefined) return undefined;
    const id = this.tokenToId(token);
    if (id !== undefined) return id;
    throw new TokenizerError(
      `${this.#files.folder}: ${name} is ${JSON.stringify(token)}, which is not in the vocabulary`,
    );
  }
}

/** Lone surrogates have no UTF-8; like TextEncoder, they count as U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function buildTokenizer(files: TokenizerFiles): Tokenizer {
  const parts = {
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    added_tokens: [],
  };
  try {
    return new Tokenizer({ ...parts, ...files.tokenizer }, files.config);
  } catch (cause) {
    const file = path.join(files.folder, "tokenizer.json");
    throw new TokenizerError(`${file}: cannot be used: ${(cause as Error).message}`, { cause });
  }
}
