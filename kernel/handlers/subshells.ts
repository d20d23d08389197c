// Subshells: each has a queue of cells of its own, which run while a cell of the main shell waits for something. All
// share one global scope and one JavaScript thread. Source: JEP 91.

import { randomUUID } from "node:crypto";
import type { Header } from "../wire/message.js";
import type { ExecuteQueue } from "./execute.js";
import type { Handler } from "./request.js";

export class Subshells {
  readonly #makeQueue: () => ExecuteQueue;
  readonly #queues = new Map<string, ExecuteQueue>();
  #main: ExecuteQueue | undefined;

  constructor(makeQueue: () => ExecuteQueue) {
    this.#makeQueue = makeQueue;
  }

  /** Queue of the main shell. */
  get main(): ExecuteQueue {
    this.#main ??= this.#makeQueue();
    return this.#main;
  }

  get ids(): string[] {
    return [...this.#queues.keys()];
  }

  create(): string {
    const id = randomUUID();
    this.#queues.set(id, this.#makeQueue());
    return id;
  }

  /** Removes a subshell; its running cell ends by itself, those that wait are aborted. Throws when there is none. */
  delete(id: string): void {
    const queue = this.#queues.get(id);
    if (queue === undefined) throw this.#unknown(id);
    this.#queues.delete(id);
    void queue.abortWaiting();
  }

  /** The queue that a request goes to; throws when it names a subshell that does not exist. */
  queueOf(header: Header): ExecuteQueue {
    const { subshell_id: id } = header;
    if (id === undefined || id === null) return this.main;
    const queue = this.#queues.get(id);
    if (queue === undefined) throw this.#unknown(id);
    return queue;
  }

  #unknown(id: string): Error {
    const known = this.ids.length === 0 ? "there are none" : `there are ${this.ids.join(", ")}`;
    return new RangeError(`no subshell ${JSON.stringify(id)}: ${known}`);
  }
}

export const createSubshell: Handler = (_content, { subshells }) =>
  Promise.resolve({ status: "ok", subshell_id: subshells.create() });

export const deleteSubshell: Handler = async (content, { subshells }) => {
  subshells.delete(String(content["subshell_id"]));
  return { status: "ok" };
};

export const listSubshells: Handler = (_content, { subshells }) =>
  Promise.resolve({ status: "ok", subshell_id: subshells.ids });
