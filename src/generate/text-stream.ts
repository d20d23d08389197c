// Text as it is generated. Between two tokens other code has its turn, and with it messages of the page. An interrupt or a signal
// ends the text there; what the model has kept of it is freed at once then, at the end, and when a loop over it is left.
import { boolean, kind, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { currentHost, openEffect } from "../host/index.js";
import type { ChatMessage } from "../tokenizer/chat/messages.js";
import type { TextModel } from "./decoder.js";
import { aTextModel } from "./generate.js";
import { GenerationInterrupted } from "./generation-interrupted.js";
import { GrowingText, requireOneRow } from "./growing-text.js";
import { GENERATE_OPTIONS, type GenerateOptions, type Settings, settingsOf } from "./options.js";
import type { Prompt } from "./prompt.js";
import { aChatCoder, type ChatCoder, idsOf } from "./sample.js";
import type { TextCoder } from "./text-decoder.js";
import type { PieceOptions } from "./text-pieces.js";

/** Options of `stream`. */
export interface StreamOptions extends Omit<GenerateOptions, "attentionMask">, PieceOptions {
  /** Makes text of ids, and ids of a prompt that is text or, by its chat template, messages. */
  readonly tokenizer: TextCoder | ChatCoder;
  /** Ends the text, with its reason as the error, when it is aborted. */
  readonly signal?: AbortSignal;
}

const aCoder = kind<TextCoder>(
  "a tokenizer, as AutoTokenizer.fromPretrained(folder) gives it",
  (value) =>
    typeof (value as Partial<TextCoder> | null)?.decode === "function" &&
    typeof (value as Partial<TextCoder>).encode === "function",
);
const { attentionMask: _, ...OF_GENERATE } = GENERATE_OPTIONS;
const STREAM_OPTIONS: OptionTable<StreamOptions> = {
  ...OF_GENERATE,
  tokenizer: aCoder,
  skipSpecialTokens: boolean,
  signal: kind("an AbortSignal", (value) => value instanceof AbortSignal),
};
/** Between two pieces that are printed: about 20 a second. */
const PRINT_EVERY_MS = 50;

/** What a stream begins with: text, ids, or the messages of a conversation, which is to be answered. */
export type StreamPrompt = string | Prompt | readonly ChatMessage[];

/**
 * Continues a prompt, text or ids, or answers it where it is a conversation or an encoder reads it, and gives the new text as it comes; see `TextStream`.
 * What an option leaves open the model's `generation_config.json` decides.
 */
export function stream(model: TextModel, prompt: StreamPrompt, options: StreamOptions): TextStream {
  return new TextStream(model, prompt, options);
}

/**
 * A text that is generated as it is asked for: loop over it with `for await`, or have it printed. Each loop begins anew. Pieces
 * hold whole characters; joined they are the text that the new tokens add to the prompt's.
 */
export class TextStream implements AsyncIterable<string> {
  readonly #model: TextModel;
  readonly #ids: Prompt;
  readonly #options: StreamOptions;
  readonly #settings: Settings;

  constructor(model: TextModel, prompt: StreamPrompt, options: StreamOptions) {
    requireValue("stream: model", model, aTextModel);
    checkOptions("stream", options, STREAM_OPTIONS);
    requireValue("stream: tokenizer", options.tokenizer, aCoder);
    const { skipSpecialTokens: _skip, signal: _signal, ...rest } = options;
    this.#model = model;
    this.#options = options;
    this.#settings = settingsOf(model.generationConfig, rest);
    requireOneText(this.#settings);
    this.#ids = idsOfStream(prompt, options.tokenizer);
    requireOneRow("stream", this.#ids);
  }

  /** Pieces of the text, in which no character is cut. */
  async *[Symbol.asyncIterator](): AsyncGenerator<string, void, undefined> {
    const host = currentHost();
    host?.enterSteps();
    using _steps = openEffect(() => host?.leaveSteps());
    using text = new GrowingText(this.#model, this.#ids, {
      ...this.#options,
      settings: this.#settings,
    });
    using _held = openEffect(() => text[Symbol.dispose]());
    let given = "";
    while (!text.isDone) {
      if (host?.interruptRequested) throw new GenerationInterrupted(given);
      this.#options.signal?.throwIfAborted();
      const piece = text.step();
      given += piece;
      if (piece !== "") yield piece;
      await othersTurn();
    }
    const rest = text.end();
    if (rest !== "") yield rest;
  }

  /**
   * Writes the text to the output of the cell as it comes, at most 20 times a second.
   * @returns the whole text
   */
  async print(): Promise<string> {
    let [whole, waiting] = ["", ""];
    let last = Number.NEGATIVE_INFINITY;
    const write = (): void => {
      process.stdout.write(waiting);
      [waiting, last] = ["", performance.now()];
    };
    try {
      for await (const piece of this) {
        whole += piece;
        waiting += piece;
        if (performance.now() - last >= PRINT_EVERY_MS) write();
      }
    } finally {
      write();
    }
    return whole;
  }
}

function idsOfStream(prompt: StreamPrompt, tokenizer: TextCoder | ChatCoder): Prompt {
  if (typeof prompt === "string") return tokenizer.encode(prompt);
  if (!isConversation(prompt)) return prompt;
  requireValue("stream: tokenizer", tokenizer, aChatCoder);
  return idsOf(prompt, tokenizer);
}

function isConversation(prompt: Prompt | readonly ChatMessage[]): prompt is readonly ChatMessage[] {
  return Array.isArray(prompt) && typeof Object(prompt[0]).role === "string";
}

function requireOneText({ numBeams, numReturnSequences }: Settings): void {
  if (numBeams === 1 && numReturnSequences === 1) return;
  throw new RangeError(
    `stream writes one text, token by token, got numBeams ${numBeams} and numReturnSequences ${numReturnSequences}; give 1 for both, or call generate`,
  );
}

/** Lets timers and messages that are due come first. */
function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
