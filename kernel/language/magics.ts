// Lines of a cell that speak to the kernel instead of to TypeScript: `%cluster 4`, `%%rank 0,2-3`, `%debug rank 1`,
// `%check strict`, `%npm install lodash`, `%sh nvidia-smi`, `%%sh` above a script, `%%time`.

/** A magic that was not understood; the message says what is. */
export class MagicError extends Error {
  override readonly name = "MagicError";
}

export type ClusterCommand =
  | { readonly action: "launch"; readonly numRanks: number }
  | { readonly action: "status" | "restart" | "stop" };

/** `strict` runs no cell whose types are wrong, `warn` says so beside its result, `off` says nothing. */
export type CheckMode = "strict" | "warn" | "off";

export type LanguageCommand =
  | { readonly kind: "check"; readonly mode: CheckMode | undefined }
  | { readonly kind: "npm"; readonly packages: readonly string[] }
  | { readonly kind: "sh"; readonly script: string };

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

type Take = (words: readonly string[], found: Found, rest: string) => void;

const MAGICS: ReadonlyMap<string, Take> = new Map([
  ["%cluster", (words, found) => found.clusterCommands.push(parseCluster(words))],
  ["%%rank", (words, found) => Object.assign(found, { ranks: parseRanks(words.join("")) })],
  ["%debug", (words, found) => Object.assign(found, { debugRank: parseDebug(words.join(" ")) })],
  ["%check", (words, found) => found.languageCommands.push(parseCheck(words))],
  ["%npm", (words, found) => found.languageCommands.push(parseNpm(words))],
  ["%sh", (_, found, rest) => found.languageCommands.push(parseShell(rest, "%sh COMMAND"))],
  [SCRIPT, (_, found, rest) => found.languageCommands.push(parseShell(rest, "lines below %%sh"))],
  ["%%time", (words, found) => Object.assign(found, { isTimed: parseTime(words) })],
] as [string, Take][]);

export function isMagic(line: string): boolean {
  return /^%%?[a-z]/.test(line);
}

/** Whether the cell is a script of the shell below this line. */
export function beginsScript(line: string): boolean {
  return wordsOf(line)[0] === SCRIPT;
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
    if (!isMagic(line)) break;
    const [name = "", ...words] = wordsOf(line);
    const below = beginsScript(line) ? lines.splice(index + 1) : [];
    const rest = [line.trim().slice(name.length), ...below].join("\n").trim();
    const take = MAGICS.get(name);
    if (take === undefined) {
      throw new MagicError(`unknown magic ${name}; there are ${[...MAGICS.keys()].join(", ")}`);
    }
    take(words, found, rest);
    lines[index] = "";
  }
  const nothing = { debugRank: undefined, ranks: undefined, isTimed: false };
  return { ...nothing, ...found, code: lines.join("\n") };
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
