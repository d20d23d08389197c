// One line on a terminal that says where a notebook run is; in a log, one line per cell.

import type { Message } from "../wire/message.js";

const REDRAW_MS = 200;
const DEFAULT_COLUMNS = 80;

export class ProgressLine {
  readonly #numCells: number;
  readonly #terminal: NodeJS.WriteStream;
  readonly #started = performance.now();
  readonly #timer: NodeJS.Timeout | undefined;
  #cell = 0;
  #text = "";

  constructor(numCells: number, terminal: NodeJS.WriteStream) {
    this.#numCells = numCells;
    this.#terminal = terminal;
    if (terminal.isTTY) this.#timer = setInterval(() => this.#draw(), REDRAW_MS);
  }

  /** Cell `index` (from 1) begins. */
  begin(index: number): void {
    this.#cell = index;
    this.#text = "";
    if (this.#terminal.isTTY) this.#draw();
    else this.#terminal.write(`${this.#head()}\n`);
  }

  /** Notes the last line of text that the running cell showed. */
  note({ header, content }: Message): void {
    const data = (content["data"] ?? {}) as Record<string, unknown>;
    const text = header.msg_type === "stream" ? content["text"] : data["text/plain"];
    if (typeof text !== "string") return;
    const line = text.split(/[\r\n]/).findLast((candidate) => candidate.trim() !== "");
    if (line !== undefined) this.#text = line.trim();
  }

  /** Removes the line from a terminal. */
  end(): void {
    clearInterval(this.#timer);
    if (this.#terminal.isTTY) this.#terminal.write("\r\x1b[K");
  }

  #head(): string {
    const seconds = Math.round((performance.now() - this.#started) / 1000);
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    return `cell ${this.#cell}/${this.#numCells}  ${time}`;
  }

  #draw(): void {
    const columns = this.#terminal.columns || DEFAULT_COLUMNS;
    const line = `${this.#head()}  ${this.#text}`;
    this.#terminal.write(`\r\x1b[K${line.slice(0, columns - 1)}`);
  }
}
