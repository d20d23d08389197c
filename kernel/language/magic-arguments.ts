// What stands behind the names of magics, checked.

import { MagicError } from "./magic-error.js";

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

const MAX_RANKS = 1024;
const CHECK_MODES: readonly string[] = ["strict", "warn", "off"] satisfies CheckMode[];
/** Environment variable with what holds before the first %check. */
const CHECK_VARIABLE = "NOTEBOOSTER_CHECK";
/** A name in a registry with or without a version, or the path of a folder or archive. */
const PACKAGE = /^(?:(?:@[a-z\d~][\w.~-]*\/)?[a-z\d~][\w.~-]*(?:@[\w.^~<>=*+-]+)?|\.{0,2}\/\S+)$/i;

export function parseCluster(words: readonly string[]): ClusterCommand {
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

export function parseDebug(text: string): number {
  const found = /^rank (\d+)$/.exec(text);
  if (found === null) throw new MagicError(`%debug ${text} is not understood; use %debug rank 1`);
  return Number(found[1]);
}

export function parseCheck(words: readonly string[]): LanguageCommand {
  const [mode] = words;
  if (words.length <= 1 && (mode === undefined || CHECK_MODES.includes(mode))) {
    return { kind: "check", mode: mode as CheckMode | undefined };
  }
  throw new MagicError(
    `%check ${words.join(" ")} is not understood; use %check ${CHECK_MODES.join(", %check ")}, or %check to see which holds`,
  );
}

export function parseNpm([verb, ...packages]: readonly string[]): LanguageCommand {
  const odd = packages.find((name) => !PACKAGE.test(name));
  if (verb === "install" && packages.length > 0 && odd === undefined) {
    return { kind: "npm", packages };
  }
  const what = odd === undefined ? `%npm ${[verb, ...packages].join(" ").trim()}` : `'${odd}'`;
  throw new MagicError(
    `${what} is not understood; use %npm install with names of packages, as in %npm install d3@7 @types/d3`,
  );
}

export function parseShell(script: string, usage: string): LanguageCommand {
  if (script === "") throw new MagicError(`there is nothing for the shell to do; use ${usage}`);
  return { kind: "sh", script };
}

/** `-a PATH` in the first line, the file's text below it. */
export function parseFile(rest: string): LanguageCommand {
  const [first = "", ...lines] = rest.split("\n");
  const [, option, path = ""] = /^\s*(-a\s+|--append\s+)?(.*?)\s*$/.exec(first) ?? [];
  if (path === "" || (path.startsWith("-") && /\s/.test(path)))
    throw new MagicError(
      `%%writefile${first} is not understood; use %%writefile PATH or %%writefile -a PATH, the file's text below it`,
    );
  const text = lines.join("\n").replace(/\n?$/, "\n");
  return { kind: "writefile", path: unquoted(path), text, isMore: option !== undefined };
}

/** With code it is no magic alone, but a call. */
export function refuseTimeit(words: readonly string[]): never {
  throw new MagicError(
    `%timeit ${words.join(" ")} is not understood; use %timeit CODE, %timeit -n LOOPS -r RUNS CODE, or %%timeit above the code`,
  );
}

/** A path may stand in quotes. */
export function unquoted(path: string): string {
  return /^(["'])(.*)\1$/.exec(path)?.[2] ?? path;
}

export function parseEnv(rest: string): LanguageCommand {
  const [, name, value] = /^([A-Za-z_]\w*)(?:\s*=\s*|\s+)?(.*)$/s.exec(rest) ?? [];
  if (rest === "") return { kind: "env", name: undefined, value: undefined };
  if (name === undefined) {
    throw new MagicError(`%env ${rest} is not understood; use %env, %env NAME, or %env NAME=VALUE`);
  }
  const isSet = rest.length > name.length;
  return { kind: "env", name, value: isSet ? unquoted(value ?? "") : undefined };
}

export function parseHelp(name: string, words: readonly string[]): LanguageCommand {
  if (words.length === 0) return { kind: "help" };
  throw new MagicError(`${name} takes nothing; it lists every magic. NAME? explains a name`);
}

export function parseTime(words: readonly string[]): true {
  if (words.length === 0) return true;
  throw new MagicError(
    `%%time ${words.join(" ")} is not understood; use %%time alone, the cell's code below it`,
  );
}

export function parseRanks(text: string): readonly number[] {
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

/** What holds before the first %check; throws `MagicError` where the environment says what is no mode. */
export function firstCheckMode(environment: NodeJS.ProcessEnv): CheckMode {
  const mode = environment[CHECK_VARIABLE] ?? "warn";
  if (CHECK_MODES.includes(mode)) return mode as CheckMode;
  throw new MagicError(
    `${CHECK_VARIABLE} in the environment of the kernel is ${JSON.stringify(mode)}; it may be ${CHECK_MODES.join(", ")}`,
  );
}
