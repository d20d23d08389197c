// Magics in words: what they do, what can follow while one is typed, and code without them.

import { beginsText, codePrefix, isMagic } from "./magics.js";

/** Every magic as it is typed, with what it does; a front end shows those that begin like the line. */
const PHRASES: readonly (readonly [phrase: string, does: string])[] = [
  ["%cd ", "goes to a folder; imports stay relative to the notebook's"],
  ["%check off", "does not mention wrong types"],
  ["%check strict", "does not run a cell whose types are wrong"],
  [
    "%check warn",
    "runs it and says so below its result (at first, unless NOTEBOOSTER_CHECK names another)",
  ],
  ["%cluster 2", "starts 2 fresh workers, one a rank; variables are gone"],
  ["%cluster restart", "starts as many fresh workers as there were"],
  ["%cluster status", "says what each rank does"],
  ["%cluster stop", "ends the workers"],
  ["%debug rank 0", "chooses the rank that the debugger attends"],
  ["%env ", "shows the environment, %env NAME one variable, %env NAME=VALUE sets it"],
  ["%help", "lists the magics"],
  ["%lsmagic", "the same"],
  ["%npm install ", "installs packages"],
  ["%sh ", "runs a command of the shell, and so does ! in front of it"],
  ["%time ", "times the code behind it in its line and below"],
  ["%timeit ", "times the code behind it in its line over many calls: %timeit -n 100 -r 3 CODE"],
  ["%%rank 0", "runs the cell on some ranks only: 0,2-3"],
  ["%%sh", "runs the rest of the cell as a script of the shell"],
  ["%%time", "times the cell"],
  ["%%timeit", "times the cell over many calls"],
  ["%%writefile ", "writes the rest of the cell to a file, with -a behind what it holds"],
];

const HINT =
  "NAME? explains a name; display(value), plot(values) and clearOutput() are there without an import.";

/** What `%help` says. */
export function magicsText(): string {
  const width = Math.max(...PHRASES.map(([phrase]) => phrase.length)) + 2;
  const lines = PHRASES.map(([phrase, does]) => `  ${phrase.padEnd(width)}${does}`);
  return `Magics stand at the head of a cell, one a line.\n${lines.join("\n")}\n${HINT}\n`;
}

export interface MagicLine {
  /** UTF-16 index where the line begins. */
  readonly start: number;
  readonly phrases: readonly string[];
}

/** The magic being typed at UTF-16 index `cursor`, or undefined in TypeScript. */
export function magicAt(code: string, cursor: number): MagicLine | undefined {
  const start = code.lastIndexOf("\n", cursor - 1) + 1;
  const typed = code.slice(start, cursor);
  const above = code.slice(0, start).split("\n");
  const isHead = above.every((line) => line.trim() === "" || isMagic(line));
  if (!typed.startsWith("%") || !isHead) return undefined;
  const phrases = PHRASES.map(([phrase]) => phrase).filter((phrase) => phrase.startsWith(typed));
  return { start, phrases };
}

/** The code with magics as spaces: every position stays. */
export function blankMagics(code: string): string {
  const lines = code.split("\n");
  const isCode = (line: string) => !isMagic(line) || codePrefix(line) !== undefined;
  const end = lines.findIndex((line) => line.trim() !== "" && isCode(line));
  const head = end < 0 || lines.slice(0, end).some(beginsText) ? lines.length : end;
  const blank = (line: string, index: number): string => {
    if (index < head) return " ".repeat(line.length);
    const prefix = isMagic(line) ? (codePrefix(line) ?? "") : "";
    return " ".repeat(prefix.length) + line.slice(prefix.length);
  };
  return lines.map(blank).join("\n");
}
