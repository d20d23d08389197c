// Rows made into examples of bounded length, and counted.
import { DataError } from "./data-error.js";
import { type Example, numSupervised } from "./example.js";
import type { BadRows } from "./rows/bad-rows.js";
import { formatOf, type ReadContent } from "./rows/formats.js";
import type { PlacedRow } from "./rows/read-rows.js";
import type { SupervisedOptions } from "./supervised-dataset.js";
import type { SupervisedReport } from "./supervised-report.js";
import { type LossOptions, tokenizeContent } from "./tokenize-content.js";

/** The examples of rows; those that cannot be used go to `bad`. */
export function examplesOf(
  rows: Iterable<PlacedRow>,
  options: SupervisedOptions,
  bad: BadRows,
): { readonly examples: readonly Example[]; readonly report: SupervisedReport } {
  const { tokenizer, maxLength, columns } = options;
  const { assistantOnlyLoss = true, completionOnlyLoss = true } = options;
  const losses: LossOptions = { assistantOnlyLoss, completionOnlyLoss };
  const examples: Example[] = [];
  const counts = { numTokens: 0, numSupervisedTokens: 0, numTruncated: 0, numTokensCut: 0 };
  let numTokenized = 0;
  let read: ReadContent | undefined;
  for (const row of rows) {
    read ??= formatOf(row, columns);
    const whole = attempt(row, bad, read, (content) => tokenizeContent(content, tokenizer, losses));
    if (whole === undefined) continue;
    numTokenized++;
    const example = truncated(whole, maxLength);
    const numCut = whole.inputIds.length - example.inputIds.length;
    counts.numTokensCut += numCut;
    if (numCut > 0) counts.numTruncated++;
    if (numSupervised(example) === 0) continue;
    counts.numTokens += example.inputIds.length;
    counts.numSupervisedTokens += numSupervised(example);
    examples.push(example);
  }
  const report = {
    ...counts,
    numRows: numTokenized + bad.count,
    numExamples: examples.length,
    numWithoutSupervision: numTokenized - examples.length,
    numBadRows: bad.count,
    badRows: bad.kept,
  };
  return { examples, report };
}

/** Undefined for a row that is wrong, in itself or to the chat template. */
function attempt(
  { value, file, line }: PlacedRow,
  bad: BadRows,
  read: ReadContent,
  make: (content: ReturnType<ReadContent>) => Example,
): Example | undefined {
  try {
    return make(read(value));
  } catch (error) {
    const isOfRow = error instanceof DataError || (error as Error).name === "TokenizerError";
    if (!isOfRow) throw error;
    bad.add({ file, line, problem: (error as Error).message });
    return undefined;
  }
}

function truncated({ inputIds, labels }: Example, maxLength: number): Example {
  if (inputIds.length <= maxLength) return { inputIds, labels };
  return { inputIds: inputIds.slice(0, maxLength), labels: labels.slice(0, maxLength) };
}
