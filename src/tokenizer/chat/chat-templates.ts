// A tokenizer's chat templates: the text of a conversation as its model was trained on it, the same as transformers' Jinja makes.
import { anyOf, boolean, type Check, kind, listOf, text } from "../../arguments/checks.js";
import type { OptionTable } from "../../arguments/options.js";
import { TokenizerError } from "../tokenizer-error.js";
import { assistantSpans } from "./assistant-spans.js";
import { renderOpenEnded } from "./continued.js";
import { type ChatMessage, forTemplate } from "./messages.js";
import { marksGeneration, type RenderedChat, renderTemplate, type Span } from "./render.js";
import { DEFAULT } from "./template-files.js";

/** What a template is given beside the messages. */
export interface ChatTextOptions {
  /** Ends with the words that make the model answer. Default false. */
  readonly addGenerationPrompt?: boolean;
  /** Leaves the last message open, for the model to go on with it. Default false. */
  readonly continueFinalMessage?: boolean;
  /** JSON schemas of functions that the model may call. */
  readonly tools?: readonly object[];
  /** Texts to answer from, for templates that know them. */
  readonly documents?: readonly object[];
  /** A template, or the name of one of several that the tokenizer has. Default: the tokenizer's. */
  readonly chatTemplate?: string;
  /** Other names that the template reads, such as `{ enable_thinking: false }`. */
  readonly templateVariables?: Readonly<Record<string, unknown>>;
}

/** A conversation's text and where in it the assistant speaks. */
export interface MarkedChat {
  readonly text: string;
  readonly spans: readonly Span[];
}

const anObject: Check<object> = kind(
  "an object",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);
export const CHAT_TEXT_OPTIONS: OptionTable<ChatTextOptions> = {
  addGenerationPrompt: boolean,
  continueFinalMessage: boolean,
  tools: listOf(anObject),
  documents: listOf(anObject),
  chatTemplate: text,
  templateVariables: anyOf(anObject) as Check<Readonly<Record<string, unknown>>>,
};

export class ChatTemplates {
  readonly #templates: ReadonlyMap<string, string>;
  readonly #special: Readonly<Record<string, string>>;
  readonly #folder: string;

  /** @param special texts of named special tokens, such as bos_token */
  constructor(
    templates: ReadonlyMap<string, string>,
    special: Readonly<Record<string, string>>,
    folder: string,
  ) {
    this.#templates = templates;
    this.#special = special;
    this.#folder = folder;
  }

  /** The template that serves when none is named, if there is one. */
  get main(): string | undefined {
    return this.#templates.get(DEFAULT);
  }

  render(messages: readonly ChatMessage[], options: ChatTextOptions): string {
    const { addGenerationPrompt = false, continueFinalMessage = false } = options;
    const make = (given: readonly ChatMessage[]) => this.#render(given, options).text;
    if (!continueFinalMessage) return make(forTemplate(messages));
    if (!addGenerationPrompt) return renderOpenEnded(forTemplate(messages), make);
    throw new TokenizerError(
      "applyChatTemplate: continueFinalMessage goes on with the last message, addGenerationPrompt begins another; give one of them",
    );
  }

  /** @throws TokenizerError when the template does not mark what the assistant generates, and it cannot be proved */
  renderMarked(messages: readonly ChatMessage[], options: ChatTextOptions): MarkedChat {
    if (options.continueFinalMessage === true) {
      throw new TokenizerError(
        "applyChatTemplate: returnAssistantTokensMask needs whole messages; leave out continueFinalMessage",
      );
    }
    const given = forTemplate(messages);
    const { text, generated } = this.#render(given, options);
    if (marksGeneration(this.#templateFor(options))) return { text, spans: generated };
    const render = (some: readonly ChatMessage[], addGenerationPrompt: boolean) =>
      this.#render(some, { ...options, addGenerationPrompt }).text;
    return { text, spans: assistantSpans(given, text, render) };
  }

  #render(messages: readonly ChatMessage[], options: ChatTextOptions): RenderedChat {
    const { addGenerationPrompt = false, tools = null, documents = null } = options;
    return renderTemplate(this.#templateFor(options), {
      ...this.#special,
      ...options.templateVariables,
      messages,
      tools,
      documents,
      add_generation_prompt: addGenerationPrompt,
    });
  }

  #templateFor({ chatTemplate, tools }: ChatTextOptions): string {
    const named = this.#templates.get(chatTemplate ?? (tools === undefined ? DEFAULT : "tool_use"));
    const template = named ?? chatTemplate ?? this.main;
    if (template !== undefined) return template;
    const names = [...this.#templates.keys()].join(", ");
    throw new TokenizerError(
      names === ""
        ? `the tokenizer of ${this.#folder} has no chat template; give one with the option chatTemplate, or load an "instruct" or "chat" model`
        : `the tokenizer of ${this.#folder} has several chat templates and no default; give chatTemplate: one of ${names}`,
    );
  }
}
