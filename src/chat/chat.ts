// A small conversation with a model, among the outputs of a cell: what was said, a field to answer in, and how the model speaks.
import { number, requireValue, text } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aTextModel } from "../generate/generate.js";
import { GENERATE_OPTIONS, type GenerateOptions } from "../generate/options.js";
import { aChatCoder, type ChatCoder } from "../generate/sample.js";
import type { ChatMessage } from "../tokenizer/chat/messages.js";
import { Accordion, HBox, VBox } from "../widgets/boxes.js";
import { Button } from "../widgets/button.js";
import { FloatSlider } from "../widgets/numbers.js";
import { HTML, Text, Textarea } from "../widgets/texts.js";
import { type ChatModel, Conversation } from "./conversation.js";
import { transcript, type Utterance } from "./transcript.js";

/** Options of `chat`: those of `generate`, and who the model is to be. */
export interface ChatOptions
  extends Omit<GenerateOptions, "tokenizer" | "attentionMask" | "numBeams" | "numReturnSequences"> {
  /** Said to the model before the conversation. Default: nothing. */
  readonly system?: string;
}

const {
  attentionMask: _,
  numBeams: _beams,
  numReturnSequences: _copies,
  ...OF_GENERATE
} = GENERATE_OPTIONS;
const { tokenizer: _tokenizer, ...OF_ANSWERS } = OF_GENERATE;
const CHAT_OPTIONS: OptionTable<ChatOptions> = {
  ...OF_ANSWERS,
  system: text,
  temperature: number({ min: 0, max: 2 }),
};
const TEMPERATURE = 0.7;
const MAX_NEW_TOKENS = 512;
/** The page sends that a line was entered, and then what the line is. */
const LINE_COMES_MS = 100;
const FULL_WIDTH = { width: "calc(100% - 4px)" };
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * A conversation with the model, shown where the cell's result is. The tokenizer's chat template says how the model reads it. An
 * answer appears as it is written. One JavaScript thread serves all: while a cell computes, messages wait; where it awaits
 * something, a token is written at a time, and neither notices the other: `training` of all modules, gradients and memory scopes are as
 * they were between any two tokens, and sampling draws from a generator of its own. On several ranks rank 0 answers alone.
 */
export function chat(model: ChatModel, tokenizer: ChatCoder, options: ChatOptions = {}): Chat {
  return new Chat(model, tokenizer, options);
}

/** What `chat` shows; its methods do what the controls do. */
export class Chat {
  readonly #conversation: Conversation;
  readonly #tokenizer: ChatCoder;
  readonly #generate: GenerateOptions;
  readonly #said = new HTML();
  readonly #line = new Text({
    ...{
      placeholder: "Say something, then Enter",
      continuousUpdate: false,
      layout: FULL_WIDTH,
    },
  });
  readonly #send = new Button({ description: "Send", buttonStyle: "primary" });
  readonly #stop = new Button({ description: "Stop", disabled: true });
  readonly #clear = new Button({ description: "Clear" });
  readonly #system: Textarea;
  readonly #temperature: FloatSlider;
  readonly #box: VBox;
  #note: string | undefined;

  constructor(model: ChatModel, tokenizer: ChatCoder, options: ChatOptions = {}) {
    requireValue("chat: model", model, aTextModel);
    requireValue("chat: tokenizer", tokenizer, aChatCoder);
    checkOptions("chat", options, CHAT_OPTIONS);
    const { system = "", temperature, ...rest } = options;
    this.#conversation = new Conversation(model, tokenizer);
    this.#tokenizer = tokenizer;
    this.#generate = { maxNewTokens: MAX_NEW_TOKENS, ...rest };
    this.#system = new Textarea({
      value: system,
      description: "System",
      layout: FULL_WIDTH,
    });
    this.#temperature = new FloatSlider({
      ...{ value: temperature ?? model.generationConfig.temperature ?? TEMPERATURE },
      ...{ min: 0, max: 2, step: 0.1, description: "Temperature" },
      style: { descriptionWidth: "initial" },
    });
    this.#box = this.#arranged();
    this.#listen();
    this.#show();
  }

  /** What was said: the person's messages and the model's, without the system prompt. */
  get messages(): readonly ChatMessage[] {
    return this.#conversation.messages;
  }

  /** Says something to the model. @returns its answer, once it is written or stopped */
  async say(content: string): Promise<string> {
    requireValue("say: content", content, text);
    this.#note = undefined;
    const { messages } = this.#conversation;
    const answer = this.#conversation.say(content, {
      system: this.#system.value,
      generate: {
        ...{ seed: messages.length, ...this.#generate, numBeams: 1, numReturnSequences: 1 },
        ...{ temperature: this.#temperature.value, tokenizer: this.#tokenizer },
      },
      onText: (soFar) => this.#show(soFar),
    });
    this.#show("");
    try {
      return await answer;
    } finally {
      this.#show();
    }
  }

  /** Ends the answer that is being written; what there is of it stays. */
  stop(): void {
    this.#conversation.stop();
  }

  /** Forgets what was said. */
  clear(): void {
    this.#conversation.clear();
    this.#note = undefined;
    this.#show();
  }

  [DISPLAY](): unknown {
    return (this.#box as unknown as Record<symbol, () => unknown>)[DISPLAY]?.call(this.#box);
  }

  #arranged(): VBox {
    const settings = new Accordion([new VBox([this.#system, this.#temperature])], {
      titles: ["Settings"],
    });
    const buttons = new HBox([this.#send, this.#stop, this.#clear]);
    return new VBox([this.#said, this.#line, buttons, settings], { layout: { maxWidth: "760px" } });
  }

  #listen(): void {
    this.#line.onSubmit(() => setTimeout(() => this.#sayLine(), LINE_COMES_MS));
    this.#send.onClick(() => setTimeout(() => this.#sayLine(), LINE_COMES_MS));
    this.#stop.onClick(() => this.stop());
    this.#clear.onClick(() => this.clear());
  }

  #sayLine(): void {
    const line = this.#line.value.trim();
    if (line === "" || this.#conversation.isAnswering) return;
    this.#line.value = "";
    this.say(line).catch((error: unknown) => {
      this.#note = error instanceof Error ? error.message : String(error);
      this.#show();
    });
  }

  /** @param writing the answer so far */
  #show(writing?: string): void {
    const said: Utterance[] = this.messages.map(({ role, content }) => ({
      role,
      text: String(content),
    }));
    if (writing !== undefined) said.push({ role: "assistant", text: writing || "…" });
    if (this.#note !== undefined) said.push({ role: "note", text: this.#note });
    this.#said.value = transcript(said);
    this.#stop.disabled = writing === undefined;
    this.#send.disabled = writing !== undefined;
  }
}
