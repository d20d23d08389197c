// Lines at the head of a cell that speak to the kernel instead of to TypeScript: `%cluster 4`, `%%rank 0,2-3`,
// `!nvidia-smi`, `%time await train()`. `magic-words.ts` has them all.

import {
  type ClusterCommand,
  type LanguageCommand,
  parseCheck,
  parseCluster,
  parseDebug,
  parseEnv,
  parseFile,
  parseHelp,
  parseNpm,
  parseRanks,
  parseShell,
  parseTime,
  refuseTimeit,
  unquoted,
} from "./magic-arguments.js";
import { MagicError } from "./magic-error.js";
import { timeitCell, timeitLine, timeitPrefix } from "./timeit-code.js";

export interface ParsedCell {
  /** The cell with magic lines left empty, so that line numbers stay. */
  readonly code: string;
  readonly clusterCommands: readonly ClusterCommand[];
  readonly languageCommands: readonly LanguageCommand[];
  /** The rank that the debugger shall attend from now on, if it is to change. */
  readonly debugRank: number | undefined;
  /** Ranks chosen by `%%rank`, sorted, or undefined for all. */
  readonly ranks: readonly number[] | undefined;
  /** Whether the cell is to say how long it took. */
  readonly isTimed: boolean;
}

interface Found {
  readonly clusterCommands: ClusterCommand[];
  readonly languageCommands: LanguageCommand[];
  debugRank?: number;
  ranks?: readonly number[];
  isTimed?: boolean;
}

const SCRIPT = "%%sh";
const FILE = "%%writefile";
const TIMEIT_CELL = "%%timeit";
const TIMED_LINE = "%time";

const NONE: Omit<ParsedCell, "code"> = {
  clusterCommands: [],
  languageCommands: [],
  debugRank: undefined,
  ranks: undefined,
  isTimed: false,
};

type Take = (words: readonly string[], found: Found, rest: string) => void;

const MAGICS: ReadonlyMap<string, Take> = new Map([
  ["%cluster", (words, found) => found.clusterCommands.push(parseCluster(words))],
  ["%%rank", (words, found) => Object.assign(found, { ranks: parseRanks(words.join("")) })],
  ["%debug", (words, found) => Object.assign(found, { debugRank: parseDebug(words.join(" ")) })],
  ["%check", (words, found) => found.languageCommands.push(parseCheck(words))],
  ["%npm", (words, found) => found.languageCommands.push(parseNpm(words))],
  ["%sh", (_, found, rest) => found.languageCommands.push(parseShell(rest, "%sh COMMAND"))],
  [SCRIPT, (_, found, rest) => found.languageCommands.push(parseShell(rest, "lines below %%sh"))],
  [FILE, (_, found, rest) => found.languageCommands.push(parseFile(rest))],
  ["%cd", (_, found, rest) => found.languageCommands.push({ kind: "cd", path: unquoted(rest) })],
  ["%env", (_, found, rest) => found.languageCommands.push(parseEnv(rest))],
  ["%help", (words, found) => found.languageCommands.push(parseHelp("%help", words))],
  ["%lsmagic", (words, found) => found.languageCommands.push(parseHelp("%lsmagic", words))],
  ["%timeit", (words) => refuseTimeit(words)],
  [TIMEIT_CELL, (words) => refuseTimeit(words)],
  [TIMED_LINE, (_, found) => Object.assign(found, { isTimed: true })],
  ["%%time", (words, found) => Object.assign(found, { isTimed: parseTime(words) })],
] as [string, Take][]);

/**
 * A line that begins with `!` is the shell's, unless it can only be TypeScript's "not": `!!x`, `!(x)`, or a call or an index
 * right behind a name, `!isReady()`, which is nothing that a shell runs.
 */
export function isMagic(line: string): boolean {
  return /^%%?[a-z]/.test(line) || (/^!\s*[^\s!(]/.test(line) && !/^!\s*[\w$.]+[[(]/.test(line));
}

/** The magic in front of code that it times, if a line has both. */
export function codePrefix(line: string): string | undefined {
  return timedPrefix(line) ?? timeitPrefix(line);
}

function timedPrefix(line: string): string | undefined {
  return /^%time(?=\s)\s*(?=\S)/.exec(line)?.[0];
}

/** Whether what stands below this line is no TypeScript: a script of the shell, a file. */
export function beginsText(line: string): boolean {
  return [SCRIPT, FILE].includes(wordsOf(line)[0] ?? "");
}

/** Whether a cell only asks how the ranks are, which can be told while another cell runs. */
export function asksForStatus(source: string): boolean {
  return /^\s*%cluster(?:\s+status)?\s*$/.test(source);
}

function wordsOf(line: string): string[] {
  return line.trim().split(/\s+/);
}

/** Takes the magics from the head of a cell; throws `MagicError`. */
export function parseMagics(source: string): ParsedCell {
  if (!/^\s*[%!]/.test(source)) return { ...NONE, code: source };
  const lines = source.split("\n");
  const found: Found = { clusterCommands: [], languageCommands: [] };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    if (!isMagic(line) || takeCode(line, index, lines, found)) break;
    takeMagic(line, beginsText(line) ? lines.splice(index + 1) : [], found);
    lines[index] = "";
  }
  return { ...NONE, ...found, code: lines.join("\n") };
}

/** Takes a magic off the code that it times, where a line begins such: the magics have ended. */
function takeCode(line: string, index: number, lines: string[], found: Found): boolean {
  const timed = timedPrefix(line);
  if (timed !== undefined) {
    found.isTimed = true;
    lines[index] = " ".repeat(timed.length) + line.slice(timed.length);
  } else if (wordsOf(line)[0] === TIMEIT_CELL) {
    lines.splice(index, lines.length, timeitCell(line, lines.slice(index + 1)));
  } else {
    for (let at = index; ; at += 1) {
      const prefix = timeitPrefix(lines[at] ?? "");
      if (prefix === undefined) return at > index;
      lines[at] = timeitLine(lines[at] ?? "", prefix);
    }
  }
  return true;
}

/** `below` are the lines of a script or a file. */
function takeMagic(line: string, below: readonly string[], found: Found): void {
  const typed = line.trim().replace(/^!\s*/, "%sh ");
  const [name = "", ...words] = wordsOf(typed);
  const take = MAGICS.get(name);
  if (take === undefined) {
    const known = [...MAGICS.keys()].join(", ");
    throw new MagicError(`unknown magic ${name}; there are ${known} and !COMMAND, see %help`);
  }
  const rest = [typed.slice(name.length), ...below].join("\n");
  take(words, found, name === FILE ? rest : rest.trim());
}
