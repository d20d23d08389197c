// Lines at the head of a cell that speak to the kernel instead of to TypeScript: `%cluster 4`, `%%rank 0,2-3`,
// `!nvidia-smi`, `%time await train()`. `magic-words.ts` has them all.

import { MagicError } from "./magic-error.js";
import { timeitCell, timeitLine, timeitPrefix } from "./timeit-code.js";

export type ClusterCommand =
  | { readonly action: "launch"; readonly numRanks: number }
  | { readonly action: "status" | "restart" | "stop" };

/** `strict` runs no cell whose types are wrong, `warn` says so beside its result, `off` says nothing. */
export type CheckMode = "strict" | "warn" | "off";

export type LanguageCommand =
  | { readonly kind: "check"; readonly mode: CheckMode | undefined }
  | { readonly kind: "npm"; readonly packages: readonly string[] }
  | { readonly kind: "sh"; readonly script: string }
  | { readonly kind: "cd"; readonly path: string }
  | { readonly kind: "env"; readonly name: string | undefined; readonly value: string | undefined }
  | {
      readonly kind: "writefile";
      readonly path: string;
      readonly text: string;
      readonly isMore: boolean;
    }
  | { readonly kind: "help" };

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

const MAX_RANKS = 1024;
const CHECK_MODES: readonly string[] = ["strict", "warn", "off"] satisfies CheckMode[];
/** A name in a registry with or without a version, or the path of a folder or archive. */
const PACKAGE = /^(?:(?:@[a-z\d~][\w.~-]*\/)?[a-z\d~][\w.~-]*(?:@[\w.^~<>=*+-]+)?|\.{0,2}\/\S+)$/i;

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
  const lines = source.split("\n");
  const found: Found = { clusterCommands: [], languageCommands: [] };
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    if (!isMagic(line) || takeCode(line, index, lines, found)) break;
    takeMagic(line, beginsText(line) ? lines.splice(index + 1) : [], found);
    lines[index] = "";
  }
  const nothing = { debugRank: undefined, ranks: undefined, isTimed: false };
  return { ...nothing, ...found, code: lines.join("\n") };
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

function parseCluster(words: readonly string[]): ClusterCommand {
  const [word = "status", ...rest] = words;
  if (rest.length === 0) {
    if (word === "status" || word === "restart" || word === "stop") return { action: word };
    const numRanks = Number(word);
    if (Number.isInteger(numRanks) && numRanks >= 1 && numRanks <= MAX_RANKS) {
      return { action: "launch", numRanks };
    }
  }
  const usage = `%cluster N (1 to ${MAX_RANKS} ranks), %cluster status, restart or stop`;
  throw new MagicError(`%cluster ${words.join(" ")} is not understood; use ${usage}`);
}

function parseDebug(text: string): number {
  const found = /^rank (\d+)$/.exec(text);
  if (found === null) throw new MagicError(`%debug ${text} is not understood; use %debug rank 1`);
  return Number(found[1]);
}

function parseCheck(words: readonly string[]): LanguageCommand {
  const [mode] = words;
  if (words.length <= 1 && (mode === undefined || CHECK_MODES.includes(mode))) {
    return { kind: "check", mode: mode as CheckMode | undefined };
  }
  throw new MagicError(
    `%check ${words.join(" ")} is not understood; use %check ${CHECK_MODES.join(", %check ")}, or %check to see which holds`,
  );
}

function parseNpm([verb, ...packages]: readonly string[]): LanguageCommand {
  const odd = packages.find((name) => !PACKAGE.test(name));
  if (verb === "install" && packages.length > 0 && odd === undefined) {
    return { kind: "npm", packages };
  }
  const what = odd === undefined ? `%npm ${[verb, ...packages].join(" ").trim()}` : `'${odd}'`;
  throw new MagicError(
    `${what} is not understood; use %npm install with names of packages, as in %npm install d3@7 @types/d3`,
  );
}

function parseShell(script: string, usage: string): LanguageCommand {
  if (script === "") throw new MagicError(`there is nothing for the shell to do; use ${usage}`);
  return { kind: "sh", script };
}

/** `-a PATH` in the first line, the file's text below it. */
function parseFile(rest: string): LanguageCommand {
  const [first = "", ...lines] = rest.split("\n");
  const [, option, path = ""] = /^\s*(-a\s+|--append\s+)?(.*?)\s*$/.exec(first) ?? [];
  if (path === "" || (path.startsWith("-") && /\s/.test(path)))
    throw new MagicError(
      `${FILE}${first} is not understood; use ${FILE} PATH or ${FILE} -a PATH, the file's text below it`,
    );
  const text = lines.join("\n").replace(/\n?$/, "\n");
  return { kind: "writefile", path: unquoted(path), text, isMore: option !== undefined };
}

/** With code it is no magic alone, but a call. */
function refuseTimeit(words: readonly string[]): never {
  throw new MagicError(
    `%timeit ${words.join(" ")} is not understood; use %timeit CODE, %timeit -n LOOPS -r RUNS CODE, or %%timeit above the code`,
  );
}

/** A path may stand in quotes. */
function unquoted(path: string): string {
  return /^(["'])(.*)\1$/.exec(path)?.[2] ?? path;
}

function parseEnv(rest: string): LanguageCommand {
  const [, name, value] = /^([A-Za-z_]\w*)(?:\s*=\s*|\s+)?(.*)$/s.exec(rest) ?? [];
  if (rest === "") return { kind: "env", name: undefined, value: undefined };
  if (name === undefined) {
    throw new MagicError(`%env ${rest} is not understood; use %env, %env NAME, or %env NAME=VALUE`);
  }
  const isSet = rest.length > name.length;
  return { kind: "env", name, value: isSet ? unquoted(value ?? "") : undefined };
}

function parseHelp(name: string, words: readonly string[]): LanguageCommand {
  if (words.length === 0) return { kind: "help" };
  throw new MagicError(`${name} takes nothing; it lists every magic. NAME? explains a name`);
}

function parseTime(words: readonly string[]): true {
  if (words.length === 0) return true;
  throw new MagicError(
    `%%time ${words.join(" ")} is not understood; use %%time alone, the cell's code below it`,
  );
}

function parseRanks(text: string): readonly number[] {
  const ranks = new Set<number>();
  for (const part of text.replace(/[[\]]/g, "").split(",")) {
    const range = /^(\d+)(?:-(\d+))?$/.exec(part);
    if (range === null) {
      throw new MagicError(
        `%%rank ${text} is not understood; use ranks and ranges as in %%rank 0,2-3`,
      );
    }
    const first = Number(range[1]);
    const last = Math.min(Number(range[2] ?? first), MAX_RANKS);
    for (let rank = first; rank <= last; rank += 1) ranks.add(rank);
  }
  return [...ranks].sort((a, b) => a - b);
}
