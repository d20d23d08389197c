// Comms of cell code: two-way messages with binary buffers between a cell and the front end.

import { randomUUID } from "node:crypto";
import type { CommEvent } from "../link/messages.js";
import { currentCell, enterCell, runIn } from "./cell-context.js";
import type { Send } from "./kernel-link.js";

type Content = Record<string, unknown>;
export type CommListener = (data: unknown, buffers: Uint8Array[]) => void;
export type CommOpener = (comm: Comm, data: unknown, buffers: Uint8Array[]) => void;

/** Which cell callbacks for a comm that a cell opened belong to; undefined when it should be the latest. */
type HomeOf = (cell: string) => string | undefined;

export interface CommOptions {
  readonly id?: string | undefined;
  readonly metadata?: Content | undefined;
}

/** One open channel to the front end. */
export class Comm {
  readonly id: string;
  readonly target: string;
  readonly #send: Send;
  /** The cell that opened it: what its listeners print goes there. */
  readonly cell = currentCell();
  #listeners: CommListener[] = [];

  constructor(target: string, id: string, send: Send) {
    this.target = target;
    this.id = id;
    this.#send = send;
  }

  /** Calls `listener` with every message of the front end. */
  onMessage(listener: CommListener): void {
    this.#listeners.push(listener);
  }

  send(data: Content, buffers: readonly Uint8Array[] = []): void {
    this.emit("msg", data, buffers);
  }

  close(data: Content = {}): void {
    this.emit("close", data, []);
  }

  /** Sends one event of this comm; cells use `send` and `close`. */
  emit(
    event: CommEvent["event"],
    data: Content,
    buffers: readonly Uint8Array[],
    metadata: Content = {},
  ): void {
    const { id: commId, target } = this;
    const cell = currentCell();
    this.#send({ kind: "comm", event, cell, commId, target, data, metadata }, buffers);
  }

  /** Delivers a message that arrived for this comm. */
  deliver(data: unknown, buffers: Uint8Array[]): void {
    for (const listener of this.#listeners) listener(data, buffers);
  }
}

export class Comms {
  readonly #send: Send;
  readonly #openers = new Map<string, CommOpener>();
  readonly #open = new Map<string, Comm>();
  readonly #homeOf: HomeOf;

  constructor(send: Send, homeOf: HomeOf) {
    this.#send = send;
    this.#homeOf = homeOf;
  }

  /** Lets the front end open comms of `target`. */
  register(target: string, opener: CommOpener): void {
    this.#openers.set(target, opener);
  }

  /** Opens a comm whose `target` the front end has registered. */
  open(
    target: string,
    data: Content = {},
    buffers: readonly Uint8Array[] = [],
    { id = randomUUID(), metadata = {} }: CommOptions = {},
  ): Comm {
    const comm = new Comm(target, id, this.#send);
    this.#open.set(comm.id, comm);
    comm.emit("open", data, buffers, metadata);
    return comm;
  }

  /** Takes an event of the front end; a comm of an unknown target is closed at once. */
  receive(event: CommEvent & { readonly cell: string }, buffers: Uint8Array[]): void {
    enterCell(event.cell, () => {
      if (event.event === "open") this.#accept(event, buffers);
      else if (event.event === "close") this.#open.delete(event.commId);
      else this.#deliver(event, buffers);
    });
  }

  #deliver(event: CommEvent & { readonly cell: string }, buffers: Uint8Array[]): void {
    const comm = this.#open.get(event.commId);
    if (comm === undefined) return; // closed by this side while the message was under way
    const home = this.#homeOf(comm.cell) ?? event.cell;
    runIn(home, () => comm.deliver(event.data, buffers));
  }

  #accept(event: CommEvent, buffers: Uint8Array[]): void {
    const comm = new Comm(event.target, event.commId, this.#send);
    const opener = this.#openers.get(event.target);
    if (opener === undefined) {
      comm.close();
      return;
    }
    this.#open.set(comm.id, comm);
    opener(comm, event.data, buffers);
  }
}
