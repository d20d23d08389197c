// A cell that prints without end: the notebook shows the beginning, the whole goes to a file, and a note that is kept up
// to date names the file and shows its last lines. So neither kernel, server nor browser has to hold it.

import { appendFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileProblem } from "../../src/files/file-error.js";
import { makeFolder } from "../../src/files/folder.js";

const MAX_LINES = 25_000;
const MAX_CHARS = 2_000_000;
const NUM_TAIL_LINES = 10;
const MAX_TAIL_CHARS = 4000;

export class OutputSpool {
  readonly #folder: string;
  readonly #name: string;
  /** What was shown, kept until it is in the file too. */
  #head: string[] = [];
  #numChars = 0;
  #numLines = 0;
  #file: string | undefined;
  #tail = "";

  /** `folder` is the notebook's folder; the file becomes `runs/output/<name>.txt` in it. */
  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
  }

  /** Takes the next text; returns the part that the notebook shows. Throws when the file cannot be written. */
  take(text: string): string {
    const before = this.#numLines;
    this.#numChars += text.length;
    this.#numLines += countLines(text);
    if (this.#file !== undefined) return this.#append(text);
    this.#head.push(text);
    if (this.#numChars <= MAX_CHARS && this.#numLines <= MAX_LINES) return text;
    const shown = beginningOf(text, MAX_LINES - before, MAX_CHARS - this.#numChars + text.length);
    this.#open();
    this.#append(this.#head.join(""));
    this.#head = [];
    return shown;
  }

  /** The notebook's output was cleared: what comes is shown again. */
  clear(): void {
    this.#head = [];
    this.#numChars = 0;
    this.#numLines = 0;
    this.#file = undefined;
  }

  /** Whether there is more than the notebook shows. */
  get isLong(): boolean {
    return this.#file !== undefined;
  }

  /** What to say below the part that is shown, or undefined while all of it is. */
  get note(): string | undefined {
    if (this.#file === undefined) return undefined;
    const path = relative(this.#folder, this.#file);
    const head = `... ${this.#numLines} lines so far; the whole output is in ${path}, its end:`;
    return `${head}\n${this.#tail}`;
  }

  #open(): void {
    const directory = join(this.#folder, "runs", "output");
    makeFolder(directory, { what: "folder of long output", problem: fileProblem });
    const time = new Date().toISOString().replace(/[-:]|\..*/g, "");
    this.#file = join(directory, `${time}-${this.#name}.txt`);
  }

  #append(text: string): string {
    if (this.#file !== undefined) appendFileSync(this.#file, text);
    const lines = (this.#tail + text.slice(-MAX_TAIL_CHARS)).split("\n");
    this.#tail = lines
      .slice(-NUM_TAIL_LINES - 1)
      .join("\n")
      .slice(-MAX_TAIL_CHARS);
    return "";
  }
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}

/** At most so many lines and characters of `text`, whole lines if it has any. */
function beginningOf(text: string, numLines: number, numChars: number): string {
  const lines = text.slice(0, Math.max(numChars, 0)).split("\n");
  return lines.slice(0, Math.max(numLines, 0)).join("\n");
}
