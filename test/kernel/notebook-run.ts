// Runs of `notebooster run` on notebooks made of texts.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { scratchFolder } from "../fixtures/scratch.js";

const COMMANDS = new URL("../../setup/commands.mjs", import.meta.url).href;
// The command line without setting anything up.
const PROGRAM = `const { commandLine } = await import(${JSON.stringify(COMMANDS)});
process.exitCode = await commandLine(["run", ...process.argv.slice(1)], { setUp: async () => undefined });`;
/** Arguments of Node before those of `notebooster run`. */
export const NODE_ARGS = ["--input-type=module", "-e", PROGRAM, "--"];

export interface Output {
  readonly output_type: string;
  readonly [key: string]: unknown;
}

interface Source {
  readonly source: string;
  readonly tags: readonly string[];
}

/** Writes a notebook of these cells, with outputs of an earlier run. */
export function writeBook(sources: readonly (string | Source)[]) {
  const folder = scratchFolder();
  const notebook = join(folder, "book.ipynb");
  const output = join(folder, "out.ipynb");
  const cells = sources
    .map((each) => (typeof each === "string" ? { source: each, tags: tagsOf(each) } : each))
    .map(({ source, tags }) => ({
      cell_type: "code",
      source: source.split(/(?<=\n)/),
      metadata: tags.length === 0 ? {} : { tags },
      outputs: [{ output_type: "stream", name: "stdout", text: "stale" }],
      execution_count: 99,
    }));
  writeFileSync(notebook, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 4 }));
  return { folder, notebook, output };
}

const tagsOf = (source: string) => (source.startsWith("// parameters") ? ["parameters"] : []);

/** Without looking at types, which takes longer than most cells. */
export const runNotebook = (sources: readonly (string | Source)[], ...options: readonly string[]) =>
  runChecked(sources, "--check", "off", ...options);

/** As a person runs it, types checked unless the options say otherwise. */
export function runChecked(sources: readonly (string | Source)[], ...options: readonly string[]) {
  const { folder, notebook, output } = writeBook(sources);
  const argv = [...NODE_ARGS, notebook, "-o", output, ...options];
  const { status, stderr } = spawnSync(process.execPath, argv, { encoding: "utf8" });
  const executed = existsSync(output)
    ? (JSON.parse(readFileSync(output, "utf8")) as {
        nbformat_minor: number;
        metadata: Record<string, Record<string, unknown>>;
        cells: {
          id: string;
          outputs: Output[];
          execution_count: number;
          metadata: Record<string, unknown>;
        }[];
      })
    : undefined;
  return { status, stderr, executed, folder };
}
