// Runs a tutorial as a newcomer would from a terminal, through the command line, the real kernel and its workers, and reads what
// came out beside what is stored.

import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "vitest";
import { lessen } from "../fixtures/lesser-models.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { NODE_ARGS } from "../kernel/notebook-run.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));

interface Output {
  readonly output_type: string;
  readonly text?: string | string[];
  readonly data?: Record<string, unknown>;
}
interface Cell {
  readonly cell_type: string;
  readonly execution_count: number | null;
  readonly source: string | string[];
  readonly outputs: readonly Output[];
}
export interface Executed {
  readonly cells: readonly Cell[];
  readonly stderr: string;
}

export const joined = (text: string | string[] | undefined) => [text ?? ""].flat().join("");

interface Changes {
  /** Other values of its constants. */
  readonly parameters?: Record<string, number | string>;
  /** One more cell at its end. */
  readonly lastly?: string;
  /** Lines of its text that are left; all of them otherwise. */
  readonly numLines?: number;
  /** Whether it trains a lesser base model, of random weights, for what is true of any. */
  readonly isLesser?: boolean;
  /** Whether types of its cells are checked beside running them, as they are; a tutorial run again for its numbers needs none. */
  readonly types?: boolean;
}

/** Runs a tutorial in a copy of its folder and returns what came out. */
export async function runTutorial(
  name: string,
  { parameters = {}, lastly, numLines, isLesser = false, types = true }: Changes = {},
): Promise<Executed> {
  const folder = path.join(scratchFolder(), "notebooks");
  fs.cpSync(path.join(repository, "notebooks"), folder, {
    recursive: true,
    filter: (file) => !/\/(checkpoints|runs|\.ipynb_checkpoints)$/.test(file),
  });
  const data = path.join(folder, "data/kjv.txt");
  const lines = fs.readFileSync(data, "utf8").split("\n");
  fs.writeFileSync(data, lines.slice(0, numLines).join("\n"));
  if (isLesser) await lessen(path.join(folder, "base-model"));
  const notebook = path.join(folder, name);
  let text = fs.readFileSync(notebook, "utf8");
  for (const [name, value] of Object.entries(parameters)) {
    const assignment = new RegExp(`const ${name} = ([\\d.]+|\\\\"[^"]*\\\\");`);
    expect(text).toMatch(assignment);
    const written = JSON.stringify(JSON.stringify(value)).slice(1, -1); // in the notebook's JSON
    text = text.replace(assignment, () => `const ${name} = ${written};`);
  }
  const book = JSON.parse(text) as { cells: object[] };
  const added = { cell_type: "code", metadata: {}, outputs: [], execution_count: null };
  if (lastly !== undefined) book.cells.push({ ...added, id: "lastly", source: lastly });
  fs.writeFileSync(notebook, JSON.stringify(book));
  const out = path.join(folder, "out.ipynb");
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [...NODE_ARGS, notebook, "-o", out, ...(types ? [] : ["--check", "off"])],
    { maxBuffer: 1 << 28 },
  );
  return { ...(JSON.parse(fs.readFileSync(out, "utf8")) as Executed), stderr };
}

/** The tutorial as it stands in the repository. */
function stored(name: string): Executed {
  const text = fs.readFileSync(path.join(repository, "notebooks", name), "utf8");
  return { ...(JSON.parse(text) as Executed), stderr: "" };
}

export const codeCells = ({ cells }: Executed) => cells.filter((cell) => cell.cell_type === "code");

/** Everything the cells printed. */
export function printed(notebook: Executed): string {
  return codeCells(notebook)
    .flatMap((cell) => cell.outputs.map((output) => joined(output.text)))
    .join("");
}

/**
 * What ranks beside the shown one print. It is folded away where it equals the shown one's print, and whether two ranks
 * measure the same number is chance: other numbers in the same words count as equal here, too.
 */
function printsOfOtherRanks({ data }: Output): string | undefined {
  return /^\[ranks? [\d, ]+\]\n(.*)/s.exec(joined(data?.["text/plain"] as string | undefined))?.[1];
}

/** Kinds and words of a cell's outputs: numbers, which depend on the machine, are masked, and so is what a model wrote. */
function words({ source, outputs }: Cell): unknown[] {
  const isSampled = joined(source).includes("sample(");
  const ownPrints = masked(outputs.map(({ text }) => joined(text)).join("")).trim();
  const isOwn = (output: Output) => printsOfOtherRanks(output) === undefined;
  const saysMore = (output: Output) =>
    !isOwn(output) && masked(printsOfOtherRanks(output) ?? "").trim() !== ownPrints;
  return [...outputs.filter(isOwn), ...outputs.filter(saysMore)].map(
    ({ output_type, text, data = {} }) => ({
      output_type,
      forms: Object.keys(data).sort(),
      text: isSampled ? "" : masked(joined(text)),
      markdown: masked(joined(data["text/markdown"] as string | undefined)),
    }),
  );
}

/** Whether a start takes so long that it is told how many ranks listen is chance. */
const masked = (text: string) =>
  text.replace(/^starting \d+ ranks, .* so far \.\.\.\n/gm, "").replace(/[\d.]+/g, "#");

/** What is stored says what a run says. */
export function expectStored(name: string, notebook: Executed): void {
  expect(codeCells(stored(name)).map(words)).toEqual(codeCells(notebook).map(words));
}

/** No cell reaches for the network. */
export function expectLocal(name: string): void {
  for (const cell of codeCells(stored(name))) {
    expect(joined(cell.source)).not.toMatch(/https?:|fetch\(/);
  }
}

/** Every cell has run, and none has failed. */
export function expectWhole(notebook: Executed): void {
  for (const cell of codeCells(notebook)) {
    expect(cell.execution_count, joined(cell.source).slice(0, 80)).not.toBeNull();
    expect(cell.outputs.filter((output) => output.output_type === "error")).toEqual([]);
  }
}
