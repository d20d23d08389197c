// What the kernel asks a worker's second thread, which answers while a cell keeps the main thread busy. Each question and
// each answer is a line that begins with the same word.

import { createInterface } from "node:readline";
import type { Duplex } from "node:stream";

const ANSWER_MS = 400;

/** What an interrupt did: asked code that polls for it, or began to end the running JavaScript. */
export type Interrupted = "asked" | "ending";

export class ControlLink {
  readonly #pipe: Duplex;
  /** Signals sent so far. */
  numSignals = 0;
  /** Those who wait for an answer, by its first word. */
  readonly #waiting = new Map<string, Set<(rest: string) => void>>();

  constructor(pipe: Duplex) {
    this.#pipe = pipe;
    const lines = createInterface({ input: pipe });
    lines.on("line", (line) => this.#hear(line));
    lines.on("error", () => undefined); // the exit tells the same
  }

  /** Its last collective, empty before the first; undefined when the thread does not answer within `waitMs`. */
  lastCollective(waitMs: number = ANSWER_MS): Promise<string | undefined> {
    this.tell("collective");
    return this.#answer("collective", waitMs);
  }

  /**
   * `interrupt` follows the stages of the person's interrupts, `clear` does while no cell runs, `stop` ends the running cell
   * at once; undefined when the thread does not answer.
   */
  async signal(command: "interrupt" | "clear" | "stop"): Promise<Interrupted | undefined> {
    this.numSignals += 1;
    this.tell(command);
    return (await this.#answer("interrupt")) as Interrupted | undefined;
  }

  tell(line: string): void {
    if (this.#pipe.writable) this.#pipe.write(`${line}\n`);
  }

  #answer(word: string, waitMs: number = ANSWER_MS): Promise<string | undefined> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(word) ?? new Set();
      this.#waiting.set(word, waiting);
      const timer = setTimeout(() => end(undefined), waitMs);
      const end = (rest: string | undefined): void => {
        clearTimeout(timer);
        waiting.delete(end);
        resolve(rest);
      };
      waiting.add(end);
    });
  }

  #hear(line: string): void {
    const space = line.indexOf(" ");
    const word = line.slice(0, space);
    for (const end of this.#waiting.get(word) ?? []) end(line.slice(space + 1));
  }
}
