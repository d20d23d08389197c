// Lines of a cell that speak to the kernel instead of to TypeScript: `%cluster 4`, `%%rank 0,2-3`, `%debug rank 1`.

/** A magic that was not understood; the message says what is. */
export class MagicError extends Error {
  override readonly name = "MagicError";
}

export type ClusterCommand =
  | { readonly action: "launch"; readonly numRanks: number }
  | { readonly action: "status" | "restart" | "stop" };

export interface ParsedCell {
  /** The cell with magic lines left empty, so that line numbers stay. */
  readonly code: string;
  readonly clusterCommands: readonly ClusterCommand[];
  /** The rank that the debugger shall attend from now on, if it is to change. */
  readonly debugRank: number | undefined;
  /** Ranks chosen by `%%rank`, sorted, or undefined for all. */
  readonly ranks: readonly number[] | undefined;
}

const MAX_RANKS = 1024;

export function isMagic(line: string): boolean {
  return /^%%?[a-z]/.test(line);
}

/** Takes the magics from the head of a cell; throws `MagicError`. */
export function parseMagics(source: string): ParsedCell {
  const lines = source.split("\n");
  const clusterCommands: ClusterCommand[] = [];
  let debugRank: number | undefined;
  let ranks: readonly number[] | undefined;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    if (!isMagic(line)) break;
    const [name = "", ...words] = line.trim().split(/\s+/);
    if (name === "%cluster") clusterCommands.push(parseCluster(words));
    else if (name === "%%rank") ranks = parseRanks(words.join(""));
    else if (name === "%debug") debugRank = parseDebug(words.join(" "));
    else throw new MagicError(`unknown magic ${name}; there are %cluster, %%rank and %debug`);
    lines[index] = "";
  }
  return { code: lines.join("\n"), clusterCommands, debugRank, ranks };
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
