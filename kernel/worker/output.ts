// Text output of JavaScript: console, process.stdout and process.stderr. Lines are gathered for a moment
// and sent in order; a cell that blocks the event loop still flushes when it writes.

import { Console } from "node:console";
import { Writable } from "node:stream";
import type { StreamName } from "../link/messages.js";
import { ByteText } from "./byte-text.js";
import { currentCell } from "./cell-context.js";
import type { Send } from "./kernel-link.js";

const FLUSH_AFTER_MS = 25;
const FLUSH_BYTES = 64 * 1024;

interface Segment {
  readonly cell: string;
  readonly name: StreamName;
  parts: string[];
}

export class Output {
  readonly #send: Send;
  readonly #onWrite: (cell: string) => void;
  readonly #bytes = new ByteText();
  #segments: Segment[] = [];
  #numChars = 0;
  #lastFlush = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `onWrite` may throw to stop a cell that should no longer run. */
  constructor(send: Send, onWrite: (cell: string) => void) {
    this.#send = send;
    this.#onWrite = onWrite;
  }

  /** Replaces console and the process streams. The real descriptors stay untouched for native code. */
  install(): void {
    const stdout = this.#stream("stdout", 1);
    const stderr = this.#stream("stderr", 2);
    globalThis.console = new Console({ stdout, stderr, colorMode: false });
  }

  write(name: StreamName, text: string, cell = currentCell()): void {
    if (text === "") return;
    const last = this.#segments.at(-1);
    if (last?.name === name && last.cell === cell) last.parts.push(text);
    else this.#segments.push({ cell, name, parts: [text] });
    this.#numChars += text.length;
    const now = performance.now();
    if (this.#numChars >= FLUSH_BYTES || now - this.#lastFlush >= 2 * FLUSH_AFTER_MS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS);
  }

  /** Sends everything gathered so far. */
  flush(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastFlush = performance.now();
    const segments = this.#segments;
    this.#segments = [];
    this.#numChars = 0;
    for (const { cell, name, parts } of segments) {
      this.#send({ kind: "stream", cell, name, text: parts.join("") });
    }
  }

  #stream(name: StreamName, fd: number): Writable {
    const stream = new Writable({ decodeStrings: false, autoDestroy: false });
    const write = (chunk: unknown, encoding?: unknown, callback?: unknown): boolean => {
      this.#onWrite(currentCell());
      const cell = currentCell();
      const text = typeof chunk === "string" && isText(encoding) ? chunk : undefined;
      this.write(name, text ?? this.#bytes.take(`${name} ${cell}`, bytesOf(chunk, encoding)), cell);
      const done = typeof encoding === "function" ? encoding : callback;
      if (typeof done === "function") process.nextTick(done);
      return true;
    };
    const end = (...values: unknown[]): Writable => {
      const [chunk, encoding, callback] =
        typeof values[0] === "function" ? ["", ...values] : values;
      write(chunk ?? "", encoding, callback);
      process.nextTick(() => stream.emit("finish")); // for those who wait; it stays open, as Node's does
      return stream;
    };
    Object.assign(stream, { fd, isTTY: false, columns: 100, write, end });
    Object.defineProperty(process, name, { value: stream, configurable: true, enumerable: true });
    return stream;
  }
}

/** Whether a string in this encoding means its characters and not bytes. */
function isText(encoding: unknown): boolean {
  return typeof encoding !== "string" || /^(?:utf-?8|utf-?16le|ucs-?2|buffer)$/i.test(encoding);
}

function bytesOf(chunk: unknown, encoding: unknown): Uint8Array {
  if (typeof chunk === "string") return Buffer.from(chunk, encoding as BufferEncoding);
  if (chunk instanceof Uint8Array) return chunk;
  throw new TypeError(`write() takes a string or a Uint8Array, got ${typeof chunk}`);
}
