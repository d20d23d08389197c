// Child processes that share the worker's stdout or stderr: their output comes through a pipe of their own, so that it is
// shown in the cell that started them, also after that cell has ended.

import { ChildProcess } from "node:child_process";
import { StringDecoder } from "node:string_decoder";
import type { StreamName } from "../link/messages.js";
import { currentCell } from "./cell-context.js";
import type { Output } from "./output.js";

const STREAMS = ["stdin", "stdout", "stderr"] as const;
/** A grandchild may keep the pipe of a child that has ended. */
const DRAIN_MS = 200;

/** As Node's functions for child processes take it. */
export type Stdio = string | readonly unknown[] | undefined;
interface Spawning {
  spawn(options: { stdio?: Stdio }): unknown;
}

export class Children {
  readonly #output: Output;
  readonly #open = new Map<ChildProcess, Promise<unknown>>();

  constructor(output: Output) {
    this.#output = output;
  }

  /** Every child process started from now on is followed. */
  install(): void {
    const prototype = ChildProcess.prototype as unknown as Spawning;
    const { spawn } = prototype;
    const adopt = (child: ChildProcess, streams: Map<number, StreamName>): void => {
      this.#adopt(child, streams);
    };
    prototype.spawn = function (this: ChildProcess & Spawning, options) {
      const { stdio, shared } = separate(options.stdio);
      const result = spawn.call(this, { ...options, stdio });
      if (shared.size > 0) adopt(this, shared);
      return result;
    };
  }

  /** Resolves when all that ended children have written is shown; undefined when it is. */
  settle(): Promise<unknown> | undefined {
    if (this.#open.size === 0) return undefined;
    const ended = [...this.#open].filter(
      ([{ exitCode, signalCode }]) => exitCode !== null || signalCode !== null,
    );
    if (ended.length === 0) return undefined;
    const late = new Promise((resolve) => setTimeout(resolve, DRAIN_MS));
    return Promise.race([Promise.all(ended.map(([, closed]) => closed)), late]);
  }

  #adopt(child: ChildProcess, streams: Map<number, StreamName>): void {
    const cell = currentCell();
    for (const [fd, name] of streams) {
      const decoder = new StringDecoder("utf8");
      const show = (text: string): void => this.#output.write(name, text, cell);
      child.stdio[fd]?.on("data", (chunk: Buffer) => show(decoder.write(chunk)));
      child.stdio[fd]?.on("end", () => show(decoder.end()));
      // who shares a stream expects no stream of the child's own
      const own = STREAMS[fd];
      if (own !== undefined) Object.assign(child, { [own]: null });
      (child.stdio as unknown[])[fd] = null;
    }
    const closed = new Promise((resolve) => child.once("close", resolve));
    this.#open.set(child, closed);
    void closed.then(() => this.#open.delete(child));
  }
}

/** Whether a child with this `stdio` shares our stdout or stderr. */
export function sharesOutput(stdio: Stdio): boolean {
  return separate(stdio).shared.size > 0;
}

/** `stdio` with pipes where it shares our stdout or stderr, and which of the two at which descriptor. */
function separate(stdio: Stdio): { stdio: Stdio; shared: Map<number, StreamName> } {
  const shared = new Map<number, StreamName>();
  if (typeof stdio === "string" && stdio !== "inherit") return { stdio, shared };
  if (stdio === undefined) return { stdio, shared };
  const list = typeof stdio === "string" ? STREAMS.map(() => stdio) : stdio;
  const separated = list.map((entry, fd) => {
    const name = sharedStream(entry, fd);
    if (name !== undefined) shared.set(fd, name);
    return name === undefined ? entry : "pipe";
  });
  return { stdio: separated, shared };
}

function sharedStream(entry: unknown, fd: number): StreamName | undefined {
  const number = entry === "inherit" ? fd : ((entry as { fd?: unknown } | null)?.fd ?? entry);
  if (number === 1) return "stdout";
  return number === 2 ? "stderr" : undefined;
}
