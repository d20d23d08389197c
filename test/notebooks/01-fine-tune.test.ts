// The first tutorial, run as a newcomer would from a terminal: through the command line, the real kernel and its worker.

import { execFile } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { scratchFolder } from "../fixtures/scratch.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const RUN = new URL("../../dist/kernel/cli/run.js", import.meta.url).href;

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
interface Figure {
  readonly data: readonly { readonly name: string; readonly y: number[] }[];
}
interface Executed {
  readonly cells: readonly Cell[];
  readonly stderr: string;
}

const joined = (text: string | string[] | undefined) => [text ?? ""].flat().join("");

/** Runs the tutorial in a copy of its folder, with other values in its first code cell, and returns what came out. */
async function runTutorial(parameters: Record<string, number> = {}): Promise<Executed> {
  const folder = path.join(scratchFolder(), "notebooks");
  fs.cpSync(path.join(repository, "notebooks"), folder, {
    recursive: true,
    filter: (file) => !/\/(checkpoints|runs|\.ipynb_checkpoints)$/.test(file),
  });
  const notebook = path.join(folder, "01-fine-tune.ipynb");
  let text = fs.readFileSync(notebook, "utf8");
  for (const [name, value] of Object.entries(parameters)) {
    const assignment = new RegExp(`const ${name} = [\\d.]+;`);
    expect(text).toMatch(assignment);
    text = text.replace(assignment, `const ${name} = ${value};`);
  }
  fs.writeFileSync(notebook, text);
  const out = path.join(folder, "out.ipynb");
  const program = `import(${JSON.stringify(RUN)}).then((m) => m.run(process.argv.slice(1))).then((code) => { process.exitCode = code })`;
  const argv = ["-e", program, "--", notebook, "-o", out];
  const { stderr } = await promisify(execFile)(process.execPath, argv, { maxBuffer: 1 << 28 });
  return { ...(JSON.parse(fs.readFileSync(out, "utf8")) as Executed), stderr };
}

const codeCells = ({ cells }: Executed) => cells.filter((cell) => cell.cell_type === "code");

/** Everything the cells printed. */
function printed(notebook: Executed): string {
  return codeCells(notebook)
    .flatMap((cell) => cell.outputs.map((output) => joined(output.text)))
    .join("");
}

/** Training losses with all digits, and the held-out losses, from the figure of the last code cell. */
function losses(notebook: Executed): { training: number[]; heldOut: number[] } {
  const outputs = codeCells(notebook).flatMap((cell) => cell.outputs);
  const figures = outputs.map((output) => output.data?.["application/vnd.plotly.v1+json"]);
  const figure = figures.findLast((found) => found !== undefined) as Figure | undefined;
  const curve = (name: string) => figure?.data.find((trace) => trace.name === name)?.y ?? [];
  return { training: curve("training"), heldOut: curve("held out") };
}

test("the tutorial runs to its end: held-out loss falls by its margin, the model reloads, training resumes exactly", async () => {
  const notebook = await runTutorial();
  for (const cell of codeCells(notebook)) {
    expect(cell.execution_count, joined(cell.source).slice(0, 80)).not.toBeNull();
    expect(cell.outputs.filter((output) => output.output_type === "error")).toEqual([]);
  }
  const text = printed(notebook);
  const [, before, after, asked] =
    /held-out loss ([\d.]+) -> ([\d.]+): fell by [\d.]+ \(asked: ([\d.]+)\)/.exec(text) ?? [];
  expect(Number(asked)).toBeGreaterThanOrEqual(0.5);
  expect(Number(before) - Number(after)).toBeGreaterThanOrEqual(Number(asked));
  expect(text).toMatch(/logits of the saved and the reloaded model are equal/);
  expect(text).toMatch(/steps 121 to 135: 15 losses, every one bit-identical/);
  const { training, heldOut } = losses(notebook);
  expect([training.length, heldOut.length]).toEqual([160, 5]);
  expect(heldOut).toEqual([...heldOut].sort((a, b) => b - a));
  expect(notebook.stderr).not.toBe("");
});

test("the same seed gives the same losses to the last bit, and another seed others", async () => {
  const short = { steps: 8, margin: 0 };
  const first = losses(await runTutorial(short));
  const second = losses(await runTutorial(short));
  expect(first.training).toHaveLength(8);
  expect(second).toEqual(first);
  const other = losses(await runTutorial({ ...short, seed: 2 }));
  expect(other.training).not.toEqual(first.training);
});

test("a margin that is not met fails the run and names both numbers", async () => {
  await expect(runTutorial({ steps: 4, margin: 9 })).rejects.toThrow(
    /the held-out loss fell by .* nats, the margin is 9/,
  );
});

test("no cell of the tutorial reaches for the network", () => {
  const stored = JSON.parse(
    fs.readFileSync(path.join(repository, "notebooks/01-fine-tune.ipynb"), "utf8"),
  ) as Executed;
  for (const cell of codeCells(stored)) {
    expect(joined(cell.source)).not.toMatch(/https?:|fetch\(/);
  }
});
