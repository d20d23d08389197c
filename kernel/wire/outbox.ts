// The only way to send on a socket. zeromq.js refuses a send while another is waiting (EBUSY), so no send
// may ever wait: without a high-water mark and with a zero timeout every message is handed to libzmq's
// own thread at once, in order, even while JavaScript is busy.

import type { MessageLike } from "zeromq";
import type { Frame } from "./codec.js";

interface SendingSocket {
  sendHighWaterMark: number;
  sendTimeout: number;
  send(frames: MessageLike[]): Promise<void>;
}

export class Outbox {
  readonly #socket: SendingSocket;
  /** Messages that libzmq refused: the socket was closed or had no peer yet. */
  numRefused = 0;

  /** Takes over the sending side of `socket`, which must not be bound or connected yet. */
  constructor(socket: SendingSocket) {
    socket.sendHighWaterMark = 0;
    socket.sendTimeout = 0;
    this.#socket = socket;
  }

  /** What comes after the socket was closed, such as types that were still being checked, is dropped. */
  send(frames: readonly Frame[]): void {
    const refused = (): void => {
      this.numRefused += 1;
    };
    try {
      this.#socket.send([...frames]).catch(refused);
    } catch {
      refused(); // zeromq.js throws at once when the socket is closed
    }
  }
}
