// Text to token ids and back, for any tokenizer.json of Hugging Face: ids and texts are those of Python's transformers,
// whose Rust library does the work.

import fs from "node:fs";
import path from "node:path";
import { aPath, boolean, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { makeFolder } from "../files/folder.js";
import type { TypedValue } from "../gguf/gguf-header.js";
import { HUB_OPTIONS, type HubOptions, hubFolder } from "../hub/hub-folder.js";
import { aSource } from "../hub/hub-id.js";
import { TOKENIZER_FILES } from "../hub/wanted.js";
import { CHAT_TEXT_OPTIONS, ChatTemplates, type ChatTextOptions } from "./chat/chat-templates.js";
import { codePointSpans } from "./chat/code-points.js";
import { type ChatMessage, requireMessages } from "./chat/messages.js";
import { chatTemplatesOf } from "./chat/template-files.js";
import { ClassBehaviour } from "./class-behaviour.js";
import { cleanUpSpaces } from "./clean-up.js";
import { ggufMetadata } from "./gguf-metadata.js";
import { NativeTokenizer } from "./native-tokenizer.js";
import type { SpecialName } from "./special-tokens.js";
import { type IdTensor, idList } from "./token-ids.js";
import { TokenizerError, tokenizerProblem } from "./tokenizer-error.js";
import { digestOf, flagOf, readTokenizerFiles, type TokenizerFiles } from "./tokenizer-files.js";
import { planTokenizer, type TokenizerPlan } from "./tokenizer-plan.js";
import { readVocabulary, type Vocabulary } from "./vocabulary.js";

const CHAT_TEMPLATE_OPTIONS: OptionTable<ChatTemplateOptions> = {
  ...CHAT_TEXT_OPTIONS,
  tokenize: boolean,
  returnAssistantTokensMask: boolean,
};
/** Has spaces taken out of a BPE's text too. */
const CLEANS_BPE = "clean_up_tokenization_spaces_for_bpe_even_though_it_will_corrupt_output";

export interface EncodeOptions {
  /** Adds what the tokenizer's template puts around a text, such as a leading bos. Default true. */
  readonly addSpecialTokens?: boolean;
}

export interface DecodeOptions {
  /** Leaves special tokens such as eos out of the text. Default false. */
  readonly skipSpecialTokens?: boolean;
  /**
   * Takes out the spaces that WordPiece leaves before punctuation. Default: `clean_up_tokenization_spaces` of
   * tokenizer_config.json, or false. Never done for BPE, whose spaces are the text's own.
   */
  readonly cleanUpTokenizationSpaces?: boolean;
}

/** Options of `applyChatTemplate`. */
export interface ChatTemplateOptions extends ChatTextOptions {
  /** Gives token ids rather than text. Default true. */
  readonly tokenize?: boolean;
  /** Gives beside the ids which of them the assistant says. Default false. */
  readonly returnAssistantTokensMask?: boolean;
}

/** A conversation in tokens. */
export interface TokenizedChat {
  /** Its token ids. */
  readonly inputIds: Int32Array;
  /** 1 for each token that the assistant says, else 0. */
  readonly assistantMask: Uint8Array;
}

/** How another thread makes the same tokenizer. */
export interface TokenizerOrigin {
  /** URL of this module. */
  readonly module: string;
  /** What `fromPretrained` is given. */
  readonly folder: string;
  /** Of the files: another text when one differs. */
  readonly digest: string;
  /** Whether the chat template writes the date. */
  readonly usesDate: boolean;
}

interface Parts {
  readonly files: TokenizerFiles;
  readonly vocabulary: Vocabulary;
  readonly plan: TokenizerPlan;
  readonly native: NativeTokenizer;
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
  readonly #native: NativeTokenizer;
  readonly #files: TokenizerFiles;
  /** 1 for each id that is a token's: there may be gaps. */
  readonly #isToken: Uint8Array;
  /** What decode() does by default. */
  readonly #cleansUp: boolean;
  readonly #keepsSpaces: boolean;
  readonly #behaviour: ClassBehaviour;
  readonly #chat: ChatTemplates;
  #digest: string | undefined;

  private constructor({ files, vocabulary: { type, ids }, plan, native }: Parts) {
    this.#files = files;
    this.#native = native;
    this.#isToken = marked([...ids, ...this.#addedIds(plan)]);
    this.vocabSize = this.#isToken.length;
    this.#keepsSpaces = type === "BPE" && !flagOf(files, CLEANS_BPE);
    this.#behaviour = new ClassBehaviour(plan, (token) => this.tokenToId(token));
    const special = Object.fromEntries(plan.named);
    this.#chat = new ChatTemplates(chatTemplatesOf(files), special, files.folder);
    this.#cleansUp = flagOf(files, "clean_up_tokenization_spaces");
    const idOf = (name: SpecialName) => {
      const token = plan.named.get(name);
      return token === undefined ? undefined : this.tokenToId(token);
    };
    this.bosTokenId = idOf("bos_token");
    this.eosTokenId = idOf("eos_token");
    this.padTokenId = idOf("pad_token");
  }

  /**
   * Loads `tokenizer.json`, with `tokenizer_config.json`, `special_tokens_map.json` and `added_tokens.json` when present,
   * from a model folder or from the Hub ("owner/name"), or what a GGUF file says of its tokenizer. Throws a TokenizerError that
   * names the path and what is expected there, also for what would not give the ids of Python's transformers.
   */
  static async fromPretrained(source: string, options: HubOptions = {}): Promise<AutoTokenizer> {
    requireValue("AutoTokenizer.fromPretrained: source", source, aSource);
    checkOptions("AutoTokenizer.fromPretrained", options, HUB_OPTIONS);
    const files = readTokenizerFiles(await hubFolder(source, TOKENIZER_FILES, options));
    const vocabulary = readVocabulary(tokenizerFile(files), files.tokenizer.model);
    const plan = planTokenizer(files);
    return new AutoTokenizer({ files, vocabulary, plan, native: await loadNative(files, plan) });
  }

  /** The token ids of a text. A half of a surrogate pair, which is no character, counts as U+FFFD. */
  encode(text: string, options: EncodeOptions = {}): Int32Array {
    if (typeof text !== "string") {
      throw new TypeError(
        `encode takes a text, got ${describeValue(text)}; encodeBatch takes a list of texts`,
      );
    }
    return this.#encode("encode", [text], options)[0] as Int32Array;
  }

  /** The token ids of each text, computed by all cores: much faster than text by text. */
  encodeBatch(texts: readonly string[], options: EncodeOptions = {}): Int32Array[] {
    if (!Array.isArray(texts))
      throw new TypeError(`encodeBatch takes a list of texts, got ${describeValue(texts)}`);
    const foreign = texts.findIndex((text) => typeof text !== "string");
    if (foreign === -1) return this.#encode("encodeBatch", texts, options);
    throw new TypeError(
      `encodeBatch takes a list of texts, got ${describeValue(texts[foreign])} at index ${foreign}`,
    );
  }

  /**
   * The text of token ids; bytes that form no UTF-8 come out as U+FFFD. Throws for an id outside the vocabulary.
   * @param ids of one text: a list, a typed array, or a tensor of whole numbers [N] or [1, N]
   */
  decode(ids: Iterable<number | bigint> | IdTensor, options: DecodeOptions = {}): string {
    checkOptions("decode", options, {
      skipSpecialTokens: boolean,
      cleanUpTokenizationSpaces: boolean,
    });
    const { skipSpecialTokens = false, cleanUpTokenizationSpaces = this.#cleansUp } = options;
    const list = idList(ids);
    const foreign = list.find((id) => this.#isToken[id] !== 1);
    if (foreign !== undefined) {
      throw new TokenizerError(
        `id ${foreign} is not in the vocabulary of ${this.vocabSize} ids of ${this.#files.folder}`,
      );
    }
    const shown = this.#behaviour.shownIds(list, skipSpecialTokens);
    if (shown.length === 0) return "";
    const decoded = this.#native.decode(Int32Array.from(shown), skipSpecialTokens);
    const text = this.#behaviour.withoutWordEnds(decoded);
    const isCleaned = cleanUpTokenizationSpaces && !this.#keepsSpaces;
    return this.#behaviour.withoutTimestamps(isCleaned ? cleanUpSpaces(text) : text);
  }

  /**
   * A conversation as the model was trained to read it: its text in the tokenizer's chat template, as token ids. The template
   * writes bos itself where it belongs; no other is added.
   * @throws TokenizerError when there is no template, for what the template refuses, and when it exceeds its limits
   */
  applyChatTemplate(
    messages: readonly ChatMessage[],
    options: ChatTemplateOptions & { readonly tokenize: false },
  ): string;
  applyChatTemplate(
    messages: readonly ChatMessage[],
    options: ChatTemplateOptions & { readonly returnAssistantTokensMask: true },
  ): TokenizedChat;
  applyChatTemplate(messages: readonly ChatMessage[], options?: ChatTemplateOptions): Int32Array;
  applyChatTemplate(
    messages: readonly ChatMessage[],
    options: ChatTemplateOptions = {},
  ): string | Int32Array | TokenizedChat {
    checkOptions("applyChatTemplate", options, CHAT_TEMPLATE_OPTIONS);
    requireMessages("applyChatTemplate", messages);
    const { tokenize = true, returnAssistantTokensMask = false, ...textOptions } = options;
    if (!returnAssistantTokensMask) {
      const text = this.#chat.render(messages, textOptions);
      return tokenize ? this.encode(text, { addSpecialTokens: false }) : text;
    }
    if (!tokenize) {
      throw new TokenizerError(
        "applyChatTemplate: returnAssistantTokensMask is of tokens; leave out tokenize: false",
      );
    }
    const { text, spans } = this.#chat.renderMarked(messages, textOptions);
    const { ids, mask } = this.#native.encodeSpans(wellFormed(text), codePointSpans(text, spans));
    return { inputIds: ids, assistantMask: mask };
  }

  /** How another thread makes the same tokenizer. */
  get origin(): TokenizerOrigin {
    const { folder, contents } = this.#files;
    this.#digest ??= digestOf(contents);
    const usesDate = this.#chat.main?.includes("strftime_now") ?? false;
    return {
      module: import.meta.url,
      folder: path.resolve(folder),
      digest: this.#digest,
      usesDate,
    };
  }

  /** The tokenizer's chat template, if it has one that serves by default. */
  get chatTemplate(): string | undefined {
    return this.#chat.main;
  }

  /** The id of a token given by its exact text in the vocabulary, or undefined. */
  tokenToId(token: string): number | undefined {
    if (typeof token !== "string")
      throw new TypeError(`tokenToId takes a token's text, got ${describeValue(token)}`);
    return this.#native.idsOf([token])[0] ?? undefined;
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
    requireValue("tokenizer.save: folder", folder, aPath);
    for (const [name, bytes] of this.#files.contents) {
      const file = path.join(folder, name);
      makeFolder(path.dirname(file), { what: "tokenizer folder", problem: tokenizerProblem });
      fs.writeFileSync(file, bytes);
    }
  }

  /**
   * What a GGUF file says of this tokenizer.
   * @param vocabSize rows of the model's embedding
   * @throws TokenizerError where llama.cpp could not cut texts as it does
   */
  ggufMetadata(vocabSize: number): ReadonlyMap<string, TypedValue> {
    return ggufMetadata(this, this.#files, vocabSize);
  }

  #encode(of: string, texts: readonly string[], options: EncodeOptions): Int32Array[] {
    checkOptions(of, options, { addSpecialTokens: boolean });
    const { addSpecialTokens = true } = options;
    const { surrounds } = this.#behaviour;
    const ids = this.#native.encode(texts.map(wellFormed), addSpecialTokens && !surrounds);
    return addSpecialTokens && surrounds ? ids.map((own) => this.#behaviour.surround(own)) : ids;
  }

  /** Ids of the tokens beside the model's vocabulary. */
  #addedIds({ added }: TokenizerPlan): number[] {
    const declared = (this.#files.tokenizer["added_tokens"] ?? []) as { content: string }[];
    const tokens = [...declared, ...added].map(({ content }) => content);
    return this.#native.idsOf(tokens).filter((id) => id !== null);
  }
}

/** Lone surrogates have no UTF-8; like TextEncoder, they count as U+FFFD. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

function tokenizerFile({ folder }: TokenizerFiles): string {
  return path.join(folder, "tokenizer.json");
}

async function loadNative(files: TokenizerFiles, plan: TokenizerPlan): Promise<NativeTokenizer> {
  try {
    return await NativeTokenizer.load(plan);
  } catch (cause) {
    if (!(cause instanceof TokenizerError)) throw cause;
    throw new TokenizerError(`${tokenizerFile(files)}: cannot be used: ${cause.message}`, {
      cause,
    });
  }
}

function marked(ids: readonly number[]): Uint8Array {
  const isToken = new Uint8Array(ids.reduce((largest, id) => Math.max(largest, id), -1) + 1);
  for (const id of ids) isToken[id] = 1;
  return isToken;
}
