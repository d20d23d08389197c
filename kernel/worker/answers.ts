// Answers of the kernel that reach the main thread while it sleeps: the interrupter's thread, which hears the kernel
// meanwhile, puts them into a port and wakes it.

import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { SLOT } from "../link/interrupt-state.js";
import type { InputAnswer } from "../link/messages.js";

type Delivery = { readonly id: number; readonly answer: InputAnswer };

export class Answers {
  readonly #port: MessagePort;
  readonly #state: Int32Array;
  readonly #pending = new Map<number, (answer: InputAnswer) => void>();
  #numQuestions = 0;

  /** @param state has the counter that the interrupter raises with each answer */
  constructor(port: MessagePort, state: Int32Array) {
    this.#port = port;
    this.#state = state;
    port.on("message", (delivery: Delivery) => this.#deliver(delivery));
    port.unref();
  }

  /** Has `ask` send a question under an id, and sleeps until its answer is there; an interrupt is one. */
  now(ask: (id: number) => void): InputAnswer {
    let seen = Atomics.load(this.#state, SLOT.inputs);
    const id = ++this.#numQuestions;
    ask(id);
    Atomics.store(this.#state, SLOT.waitingForInput, id);
    try {
      for (;;) {
        const arrived = receiveMessageOnPort(this.#port) as { message: Delivery } | undefined;
        if (arrived?.message.id === id) return arrived.message.answer;
        if (arrived !== undefined) this.#deliver(arrived.message);
        else Atomics.wait(this.#state, SLOT.inputs, seen);
        seen = Atomics.load(this.#state, SLOT.inputs);
      }
    } finally {
      Atomics.store(this.#state, SLOT.waitingForInput, 0);
    }
  }

  /** The same without sleeping. */
  later(ask: (id: number) => void): Promise<InputAnswer> {
    return new Promise((resolve) => {
      const id = ++this.#numQuestions;
      ask(id);
      this.#port.ref();
      this.#pending.set(id, resolve);
    });
  }

  #deliver({ id, answer }: Delivery): void {
    this.#pending.get(id)?.(answer);
    this.#pending.delete(id);
    if (this.#pending.size === 0) this.#port.unref();
  }
}
