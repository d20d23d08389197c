// Magics while they are typed: what can follow, and code without them.

import { beginsScript, isMagic } from "./magics.js";

/** Every magic with the words it takes; a front end shows those that begin like the line. */
const PHRASES: readonly string[] = [
  "%check off",
  "%check strict",
  "%check warn",
  "%cluster 2",
  "%cluster restart",
  "%cluster status",
  "%cluster stop",
  "%debug rank 0",
  "%npm install ",
  "%sh ",
  "%%rank 0",
  "%%sh",
  "%%time",
];

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
  return { start, phrases: PHRASES.filter((phrase) => phrase.startsWith(typed)) };
}

/** The code with magics as spaces: every position stays. */
export function blankMagics(code: string): string {
  const lines = code.split("\n");
  const end = lines.findIndex((line) => line.trim() !== "" && !isMagic(line));
  const head = end < 0 || lines.slice(0, end).some(beginsScript) ? lines.length : end;
  return lines.map((line, index) => (index < head ? " ".repeat(line.length) : line)).join("\n");
}
