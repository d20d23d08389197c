// What a model said in the course of a run, evaluation by evaluation: as a table, and as lines of JSON in the run's folder.
import { kind, requireValue } from "../arguments/checks.js";
import type { MimeBundle, RunSample } from "../host/index.js";
import { textRow } from "./text-cell.js";

/** Name of the file beside `metrics.arrow`. */
export const SAMPLES_FILE = "samples.jsonl";

/** Characters of a cell where a table is plain text. */
const PLAIN_WIDTH = 40;

/** Where in a run a text was said. */
export interface SamplesPlace {
  /** Optimizer steps done. Default: those of the last `step`. */
  readonly step?: number | undefined;
}

/** What a model said to a prompt, as `sample()` gives it. */
export interface SaidText {
  /** What it was to continue or to answer. */
  readonly prompt: string;
  /** What it said. */
  readonly text: string;
}

export const someTexts = kind<readonly SaidText[]>(
  "a list of { prompt, text }, as sample(model, tokenizer, prompts) gives it",
  (value) =>
    Array.isArray(value) &&
    value.every(
      (one) => typeof Object(one).prompt === "string" && typeof Object(one).text === "string",
    ),
);
const someSamples = kind<readonly RunSample[]>(
  "a list of samples, each { step, prompt, text, rank }",
  (value) => Array.isArray(value) && value.every(isSample),
);

export function isSample(value: unknown): value is RunSample {
  const { step, prompt, text, rank } = Object(value) as Partial<RunSample>;
  const isCounted = [step, rank].every(
    (number) => Number.isSafeInteger(number) && Number(number) >= 0,
  );
  return isCounted && typeof prompt === "string" && typeof text === "string";
}

/** One line of JSON for each sample. */
export function linesOfSamples(samples: readonly RunSample[]): string {
  requireValue("linesOfSamples: samples", samples, someSamples);
  const lines = samples.map(({ step, prompt, text, rank }) =>
    JSON.stringify({ step, prompt, text, rank }),
  );
  return lines.map((line) => `${line}\n`).join("");
}

/** What a model said, the oldest first; a notebook shows it as a table of steps, prompts and texts. */
export class SampleTable {
  /** A row for each text. */
  readonly rows: readonly RunSample[];

  constructor(rows: readonly RunSample[]) {
    requireValue("new SampleTable: rows", rows, someSamples);
    this.rows = rows;
  }

  /** As many lines as rows and a head. */
  toString(): string {
    const rows = this.#cells().map((cells) => cells.map(inOneLine));
    const widths = (rows[0] ?? []).map((_, i) =>
      rows.reduce((widest, row) => Math.max(widest, row[i]?.length ?? 0), 0),
    );
    const lines = rows.map((row) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  "));
    return lines.map((line) => line.trimEnd()).join("\n");
  }

  [Symbol.for("Jupyter.display")](): MimeBundle {
    const [head = [], ...rows] = this.#cells();
    const body = rows.map((row) => textRow("td", row)).join("");
    const html = `<table><thead>${textRow("th", head)}</thead><tbody>${body}</tbody></table>`;
    return { "text/plain": this.toString(), "text/html": html };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** The head and the rows; ranks where there are several. */
  #cells(): string[][] {
    const hasRanks = new Set(this.rows.map(({ rank }) => rank)).size > 1;
    const rankCell = (cell: string): string[] => (hasRanks ? [cell] : []);
    const rows = this.rows.map(({ step, prompt, text, rank }) => [
      ...[String(step), ...rankCell(String(rank)), prompt, text],
    ]);
    return [["step", ...rankCell("rank"), "prompt", "text"], ...rows];
  }
}

function inOneLine(cell: string): string {
  const line = cell.replaceAll("\n", "⏎");
  return line.length <= PLAIN_WIDTH ? line : `${line.slice(0, PLAIN_WIDTH - 1)}…`;
}
