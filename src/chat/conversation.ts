// A conversation with a model: what was said, and the answer that is being written. Answers are written token by token, and other
// code has its turn between two; what a training loop needs of the model is as it was whenever that is the case.

import type { TextModel } from "../generate/decoder.js";
import { evaluating, type Trainable } from "../generate/evaluating.js";
import { GrowingText } from "../generate/growing-text.js";
import { type GenerateOptions, settingsOf } from "../generate/options.js";
import type { ChatCoder } from "../generate/sample.js";
import { openEffect } from "../host/index.js";
import type { ChatMessage } from "../tokenizer/chat/messages.js";

/** A model that answers, and that may be in training. */
export type ChatModel = TextModel & Trainable;

/** How an answer is written. */
export interface AnswerOptions {
  /** Said before the conversation; empty: nothing. */
  readonly system: string;
  readonly generate: GenerateOptions;
  /** Called with the answer so far. */
  readonly onText: (text: string) => void;
}

/** What was said, the person's messages and the model's in turn. */
export class Conversation {
  readonly #model: ChatModel;
  readonly #tokenizer: ChatCoder;
  #messages: readonly ChatMessage[] = [];
  /** Stands for the answer that is being written. */
  #answering: { isStopped: boolean } | undefined;

  constructor(model: ChatModel, tokenizer: ChatCoder) {
    this.#model = model;
    this.#tokenizer = tokenizer;
  }

  get messages(): readonly ChatMessage[] {
    return this.#messages;
  }

  get isAnswering(): boolean {
    return this.#answering !== undefined;
  }

  /** Adds what the person says, and the model's answer once it is written or stopped. */
  async say(content: string, options: AnswerOptions): Promise<string> {
    if (this.#answering !== undefined)
      throw new Error("chat: an answer is being written; wait for it, or call stop()");
    this.#messages = [...this.#messages, { role: "user", content }];
    const answering = { isStopped: false };
    this.#answering = answering;
    using _ = openEffect(() => {
      answering.isStopped = true;
      if (this.#answering === answering) this.#answering = undefined;
    });
    const answer = await this.#write(answering, options);
    if (this.#answering === answering)
      this.#messages = [...this.#messages, { role: "assistant", content: answer }];
    return answer;
  }

  /** Ends the answer that is being written; what there is of it stays. */
  stop(): void {
    if (this.#answering !== undefined) this.#answering.isStopped = true;
  }

  /** Forgets what was said; an answer that is being written ends and is forgotten as well. */
  clear(): void {
    this.stop();
    this.#answering = undefined;
    this.#messages = [];
  }

  async #write(
    answering: { readonly isStopped: boolean },
    { system, generate, onText }: AnswerOptions,
  ): Promise<string> {
    const settings = settingsOf(this.#model.generationConfig, generate);
    const before = system === "" ? [] : [{ role: "system", content: system }];
    const ids = this.#tokenizer.applyChatTemplate([...before, ...this.#messages], {
      addGenerationPrompt: true,
    });
    const options = { settings, tokenizer: this.#tokenizer };
    using text = evaluating(this.#model, () => new GrowingText(this.#model, ids, options));
    using _ = openEffect(() => text[Symbol.dispose]());
    let answer = "";
    while (!answering.isStopped && !text.isDone) {
      answer += evaluating(this.#model, () => text.step());
      onText(answer.trimStart());
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
    }
    return (answer + text.end()).trimStart();
  }
}
