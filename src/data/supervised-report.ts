// What became of the rows of a supervised dataset: nothing is cut or left out without a word.
import type { BadRow, BadRowsOptions } from "./rows/bad-rows.js";

/** What a dataset was made of. */
export interface SupervisedReport {
  /** Rows that were read, bad ones included. */
  readonly numRows: number;
  /** Rows that became examples. */
  readonly numExamples: number;
  /** Tokens of all examples. */
  readonly numTokens: number;
  /** Tokens that are learnt. */
  readonly numSupervisedTokens: number;
  /** Rows longer than `maxLength`, whose end was cut off. */
  readonly numTruncated: number;
  /** Tokens that were cut off. */
  readonly numTokensCut: number;
  /** Rows left out because nothing of them is learnt, be it for what they say or for what was cut. */
  readonly numWithoutSupervision: number;
  /** Rows left out because they cannot be used. */
  readonly numBadRows: number;
  /** The first thousand of those, with where they stand. */
  readonly badRows: readonly BadRow[];
}

/** Says in a line that rows were left out, for those who never look at the report. */
export class BadRowsTeller {
  readonly #options: BadRowsOptions;
  #numTold = 0;

  constructor(options: BadRowsOptions) {
    this.#options = options;
  }

  /** The first time there are any, and at an end if more have come since. */
  tell({ numBadRows, badRows: [first] }: SupervisedReport, isEnd = true): void {
    if (first === undefined || numBadRows === this.#numTold || (this.#numTold > 0 && !isEnd))
      return;
    this.#numTold = numBadRows;
    const { badRowsFile: file } = this.#options;
    const rows = numBadRows === 1 ? "1 bad row is" : `${count(numBadRows)} bad rows are`;
    const where =
      file === undefined
        ? "report.badRows of the dataset lists them; badRowsFile writes them to a file"
        : `${file} has them all`;
    process.stderr.write(
      `${rows} left out${isEnd ? "" : " so far"}, first ${first.file}:${first.line}: ${first.problem}; ${where}\n`,
    );
  }
}

/** The same in a few lines. */
export function describeReport(report: SupervisedReport): string {
  const of = (value: number, what: string, tell: string): string[] =>
    value === 0 ? [] : [`${count(value)} ${what}: ${tell}`];
  const { badRows } = report;
  const shown = badRows
    .slice(0, 5)
    .map(({ file, line, problem }) => `\n  ${file}:${line}: ${problem}`);
  return [
    `${count(report.numExamples)} examples of ${count(report.numRows)} rows, ${count(report.numTokens)} tokens, ` +
      `${count(report.numSupervisedTokens)} of them trained on`,
    ...of(
      report.numTruncated,
      "rows truncated",
      `${count(report.numTokensCut)} tokens cut off at maxLength`,
    ),
    ...of(report.numWithoutSupervision, "rows left out", "nothing in them is trained on"),
    ...of(
      report.numBadRows,
      "bad rows left out",
      `report.badRows has their places${shown.join("")}`,
    ),
  ].join("\n");
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
