// prompt(), confirm() and password() as in browsers: they block the cell until the person answers. `await input()` does not.

import type { InputAnswer, InputQuestion } from "../link/messages.js";
import type { Answers } from "./answers.js";
import { currentCell } from "./cell-context.js";
import { InterruptedError } from "./interruption.js";
import type { Send } from "./kernel-link.js";

/** Thrown where nobody can be asked: the front end takes no input, or the cell has ended. */
export class StdinNotImplementedError extends Error {
  override readonly name = "StdinNotImplementedError";
}

export class Input {
  readonly #answers: Answers;
  readonly #send: Send;

  constructor(answers: Answers, send: Send) {
    this.#answers = answers;
    this.#send = send;
  }

  /** The functions that cells call, by name. */
  globals(): Record<string, unknown> {
    return {
      prompt: (message = "", fallback = ""): string =>
        this.#askNow({ prompt: promptText(message), password: false }) || String(fallback),
      confirm: (message = ""): boolean =>
        /^y(es)?$/i.test(this.#askNow({ prompt: `${message} [y/N] `, password: false }).trim()),
      password: (message = "Password: "): string =>
        this.#askNow({ prompt: promptText(message), password: true }),
      input: (message = "", { password = false } = {}): Promise<string> =>
        this.#ask({ prompt: promptText(message), password }),
    };
  }

  /** Asks and sleeps until the answer is there; an interrupt wakes it. */
  #askNow(question: InputQuestion): string {
    return textOf(this.#answers.now((id) => this.#sendQuestion(id, question)));
  }

  async #ask(question: InputQuestion): Promise<string> {
    return textOf(await this.#answers.later((id) => this.#sendQuestion(id, question)));
  }

  #sendQuestion(id: number, question: InputQuestion): void {
    this.#send({ kind: "input", cell: currentCell(), id, question });
  }
}

function promptText(message: unknown): string {
  const text = String(message);
  return text === "" || /\s$/.test(text) ? text : `${text} `;
}

function textOf(answer: InputAnswer): string {
  if ("text" in answer) return answer.text;
  if ("interrupted" in answer) throw new InterruptedError();
  throw new StdinNotImplementedError(answer.refused);
}
