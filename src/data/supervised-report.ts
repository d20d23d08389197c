// What became of the rows of a supervised dataset: nothing is cut or left out without a word.
import type { BadRow } from "./rows/bad-rows.js";

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

/** The same in a few lines. */
export function describeReport(report: SupervisedReport): string {
  const count = (value: number): string => value.toLocaleString("en-US");
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
