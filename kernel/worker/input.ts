// prompt(), confirm() and password() as in browsers: they block the cell until the person answers. The answer comes
// through the interrupter's thread, which hears the kernel while this one sleeps. `await input()` does not block.

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { SLOT } from "../link/interrupt-state.js";
import type { InputAnswer, InputQuestion } from "../link/messages.js";
import { currentCell } from "./cell-context.js";
import { InterruptedError } from "./interruption.js";
import type { Send } from "./kernel-link.js";

/** Thrown where nobody can be asked: the front end takes no input, or the cell has ended. */
export class StdinNotImplementedError extends Error {
  override readonly name = "StdinNotImplementedError";
}

type Delivery = { readonly id: number; readonly answer: InputAnswer };

interface Parts {
  readonly send: Send;
  /** Where the interrupter puts answers, and the counter it raises with each. */
  readonly port: MessagePort;
  readonly state: Int32Array;
}

export class Input {
  readonly #parts: Parts;
  readonly #pending = new Map<number, (answer: InputAnswer) => void>();
  #numQuestions = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.port.on("message", (delivery: Delivery) => this.#deliver(delivery));
    parts.port.unref();
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
    const { state, port } = this.#parts;
    let seen = Atomics.load(state, SLOT.inputs);
    const id = this.#sendQuestion(question);
    Atomics.store(state, SLOT.waitingForInput, id);
    try {
      for (;;) {
        const arrived = receiveMessageOnPort(port) as { message: Delivery } | undefined;
        if (arrived?.message.id === id) return textOf(arrived.message.answer);
        if (arrived !== undefined) this.#deliver(arrived.message);
        else Atomics.wait(state, SLOT.inputs, seen);
        seen = Atomics.load(state, SLOT.inputs);
      }
    } finally {
      Atomics.store(state, SLOT.waitingForInput, 0);
    }
  }

  #ask(question: InputQuestion): Promise<string> {
    return new Promise((resolve, reject) => {
      const id = this.#sendQuestion(question);
      this.#parts.port.ref();
      this.#pending.set(id, (answer) => {
        try {
          resolve(textOf(answer));
        } catch (refusal) {
          reject(refusal as Error);
        }
      });
    });
  }

  #sendQuestion(question: InputQuestion): number {
    const id = ++this.#numQuestions;
    this.#parts.send({ kind: "input", cell: currentCell(), id, question });
    return id;
  }

  #deliver({ id, answer }: Delivery): void {
    this.#pending.get(id)?.(answer);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#parts.port.unref();
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
