// The tutorials, run as a newcomer would from a terminal: through the command line, the real kernel and its workers.

import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
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
interface Executed {
  readonly cells: readonly Cell[];
  readonly stderr: string;
}

const joined = (text: string | string[] | undefined) => [text ?? ""].flat().join("");

interface Changes {
  /** Other values in its first code cell. */
  readonly parameters?: Record<string, number>;
  /** One more cell at its end. */
  readonly lastly?: string;
  /** Lines of its text that are left; all of them otherwise. */
  readonly numLines?: number;
}

/** Runs a tutorial in a copy of its folder and returns what came out. */
async function runTutorial(
  name: string,
  { parameters = {}, lastly, numLines }: Changes = {},
): Promise<Executed> {
  const folder = path.join(scratchFolder(), "notebooks");
  fs.cpSync(path.join(repository, "notebooks"), folder, {
    recursive: true,
    filter: (file) => !/\/(checkpoints|runs|\.ipynb_checkpoints)$/.test(file),
  });
  const data = path.join(folder, "data/kjv.txt");
  const lines = fs.readFileSync(data, "utf8").split("\n");
  fs.writeFileSync(data, lines.slice(0, numLines).join("\n"));
  const notebook = path.join(folder, name);
  let text = fs.readFileSync(notebook, "utf8");
  for (const [name, value] of Object.entries(parameters)) {
    const assignment = new RegExp(`const ${name} = [\\d.]+;`);
    expect(text).toMatch(assignment);
    text = text.replace(assignment, `const ${name} = ${value};`);
  }
  const book = JSON.parse(text) as { cells: object[] };
  const added = { cell_type: "code", metadata: {}, outputs: [], execution_count: null };
  if (lastly !== undefined) book.cells.push({ ...added, id: "lastly", source: lastly });
  fs.writeFileSync(notebook, JSON.stringify(book));
  const out = path.join(folder, "out.ipynb");
  const { stderr } = await promisify(execFile)(
    process.execPath,
    [...NODE_ARGS, notebook, "-o", out],
    { maxBuffer: 1 << 28 },
  );
  return { ...(JSON.parse(fs.readFileSync(out, "utf8")) as Executed), stderr };
}

function stored(name: string): Executed {
  const text = fs.readFileSync(path.join(repository, "notebooks", name), "utf8");
  return { ...(JSON.parse(text) as Executed), stderr: "" };
}

const codeCells = ({ cells }: Executed) => cells.filter((cell) => cell.cell_type === "code");

/** Everything the cells printed. */
function printed(notebook: Executed): string {
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

const masked = (text: string) => text.replace(/[\d.]+/g, "#");

function expectWhole(notebook: Executed): void {
  for (const cell of codeCells(notebook)) {
    expect(cell.execution_count, joined(cell.source).slice(0, 80)).not.toBeNull();
    expect(cell.outputs.filter((output) => output.output_type === "error")).toEqual([]);
  }
}

test("the first tutorial runs to its end, and its stored outputs say what a run says", async () => {
  const name = "01-fine-tune.ipynb";
  const notebook = await runTutorial(name);
  expectWhole(notebook);
  const answers = codeCells(notebook).flatMap(({ outputs }) =>
    outputs.map(({ data }) => joined(data?.["text/markdown"] as string | undefined)),
  );
  const [, before, after, asked] =
    /from ([\d.]+) to\s([\d.]+) nats per token, by [\d.]+, where ([\d.]+) was asked/.exec(
      answers.join("\n"),
    ) ?? [];
  expect(Number(asked)).toBeGreaterThanOrEqual(0.5);
  expect(Number(before) - Number(after)).toBeGreaterThanOrEqual(Number(asked) - 0.01);
  expect(printed(notebook)).toContain("the saved and the loaded model have the same loss");
  expect(codeCells(stored(name)).map(words)).toEqual(codeCells(notebook).map(words));
});

test("the second tutorial trains two ranks alike and resumes exactly, and its stored outputs say so", async () => {
  const name = "02-longer-runs.ipynb";
  const notebook = await runTutorial(name);
  expectWhole(notebook);
  expect(printed(notebook)).toContain("both ranks have the same weights");
  expect(printed(notebook)).toContain("steps 21 to 28: 8 losses, every one bit-identical");
  expect(codeCells(stored(name)).map(words)).toEqual(codeCells(notebook).map(words));
});

test("the same seed gives the same loss to the last bit; another seed another, and too small a fall ends the run", async () => {
  const name = "01-fine-tune.ipynb";
  const lastly = `console.log("exactly", lossAfter, "fell by", fall.toFixed(4), "nats")`;
  const numLines = 2000;
  const short = async () => {
    const parameters = { steps: 21, margin: 0 };
    const notebook = await runTutorial(name, { parameters, lastly, numLines });
    return /exactly [\d.]+ fell by ([\d.]+) nats/.exec(printed(notebook)) ?? [];
  };
  const [first, fall] = await short();
  expect(Number(fall)).toBeGreaterThan(0);
  expect((await short())[0]).toBe(first);
  const parameters = { steps: 21, margin: 9, seed: 2 };
  const failed = await runTutorial(name, { parameters, numLines }).catch(String);
  const [, otherFall] =
    /the held-out loss fell by ([\d.]+) nats, the margin is 9/.exec(String(failed)) ?? [];
  expect(Number(otherFall)).toBeGreaterThan(0);
  expect(otherFall).not.toBe(fall);
});

test.each(["01-fine-tune.ipynb", "02-longer-runs.ipynb"])(
  "no cell of %s reaches for the network",
  (name) => {
    for (const cell of codeCells(stored(name))) {
      expect(joined(cell.source)).not.toMatch(/https?:|fetch\(/);
    }
  },
);
