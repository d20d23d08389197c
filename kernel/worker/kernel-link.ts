// The worker's pipes to its kernel. A send is a plain write that returns when the kernel's end has taken it, so output
// leaves even while a cell blocks JavaScript, and a flood of it waits for the kernel instead of filling memory.

import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { FrameReader } from "../link/frames.js";
import { type FromWorker, pack, type ToWorker, unpack } from "../link/messages.js";
import { FD } from "../link/pipes.js";

export type Send = (message: FromWorker, buffers?: readonly Uint8Array[]) => void;
type Receive = (message: ToWorker, buffers: Uint8Array[]) => void;

export class KernelLink {
  readonly #reader = new FrameReader();
  #receive: Receive | undefined;

  readonly send: Send = (message, buffers = []) => {
    for (const piece of pack(message, buffers)) writeWhole(piece);
  };

  /** Hands every message of the kernel to `receive`, in order, as long as the process lives. */
  listen(receive: Receive): void {
    this.#receive = receive;
    const kernel = new Socket({ fd: FD.fromKernel, readable: true, writable: false });
    kernel.on("data", (chunk: Buffer) => {
      this.#reader.push(chunk);
      this.deliver();
    });
  }

  /** Hands on what has arrived: a termination may have cut off the delivery of messages that came together. */
  deliver(): void {
    for (let frames = this.#reader.next(); frames; frames = this.#reader.next()) {
      const { message, buffers } = unpack<ToWorker>(frames);
      this.#receive?.(message, buffers);
    }
  }
}

/** Writes all bytes, also to a pipe that another program made non-blocking. */
function writeWhole(bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(FD.toKernel, bytes, offset);
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "EAGAIN") throw failure;
    }
  }
}
