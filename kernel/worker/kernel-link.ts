// The worker's socket to its kernel. Sends never wait, so output leaves even while a cell blocks JavaScript.

import { Dealer } from "zeromq";
import { type FromWorker, pack, type ToWorker, unpack } from "../link/messages.js";
import { Outbox } from "../wire/outbox.js";

export type Send = (message: FromWorker, buffers?: readonly Uint8Array[]) => void;

export class KernelLink {
  readonly #socket = new Dealer({ linger: 0, receiveHighWaterMark: 0 });
  readonly #outbox = new Outbox(this.#socket);

  constructor(endpoint: string) {
    this.#socket.connect(endpoint);
  }

  readonly send: Send = (message, buffers = []) => {
    this.#outbox.send(pack(message, buffers));
  };

  /**
   * Hands every message of the kernel to `receive`, in order, as long as the process lives. Does nothing
   * when that is under way already.
   */
  async listen(receive: (message: ToWorker, buffers: Uint8Array[]) => void): Promise<void> {
    for (;;) {
      const frames = await this.#next();
      if (frames === undefined) return;
      const { message, buffers } = unpack<ToWorker>(frames);
      receive(message, buffers);
    }
  }

  async #next(): Promise<Uint8Array[] | undefined> {
    try {
      return await this.#socket.receive();
    } catch (failure) {
      // only one read may be under way, and there is one: whoever waits for it goes on
      if ((failure as NodeJS.ErrnoException).code === "EBUSY") return undefined;
      throw failure;
    }
  }
}
