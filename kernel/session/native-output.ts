// Output that native code and child processes of a worker write to fd 1 or 2, cut where the worker says
// that a cell ended.

import { StringDecoder } from "node:string_decoder";
import { endOfOutput, type StreamName } from "../link/messages.js";

const MARK = endOfOutput("");
const HEAD = MARK.subarray(0, -1);

interface Listener {
  readonly text: (name: StreamName, text: string) => void;
  readonly end: (cell: string) => void;
}

export class NativeOutput {
  readonly #name: StreamName;
  readonly #listener: Listener;
  readonly #decoder = new StringDecoder("utf8");
  #rest: Buffer = Buffer.alloc(0);

  constructor(name: StreamName, listener: Listener) {
    this.#name = name;
    this.#listener = listener;
  }

  /** Takes the next bytes of the pipe. */
  push(chunk: Buffer): void {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    for (;;) {
      const at = bytes.indexOf(HEAD);
      const end = at < 0 ? -1 : bytes.indexOf(0, at + HEAD.length);
      if (end < 0) break;
      this.#emit(bytes.subarray(0, at));
      this.#listener.end(bytes.subarray(at + HEAD.length, end).toString("latin1"));
      bytes = bytes.subarray(end + 1);
    }
    const keep = partialMark(bytes);
    this.#emit(bytes.subarray(0, bytes.length - keep));
    this.#rest = Buffer.from(bytes.subarray(bytes.length - keep));
  }

  #emit(bytes: Buffer): void {
    const text = this.#decoder.write(bytes);
    if (text !== "") this.#listener.text(this.#name, text);
  }
}

/** How many bytes at the end may be the beginning of a mark. */
function partialMark(bytes: Buffer): number {
  const whole = bytes.lastIndexOf(HEAD);
  if (whole >= 0) return bytes.length - whole;
  const at = bytes.lastIndexOf(0);
  const tail = at < 0 ? bytes.subarray(bytes.length) : bytes.subarray(at);
  return tail.length < HEAD.length && HEAD.subarray(0, tail.length).equals(tail) ? tail.length : 0;
}
