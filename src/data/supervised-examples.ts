// Rows made into examples of bounded length, and counted.
import { DataError } from "./data-error.js";
import { type Example, numSupervised } from "./example.js";
import type { BadRows } from "./rows/bad-rows.js";
import { formatOf, type ReadContent } from "./rows/formats.js";
import type { PlacedRow } from "./rows/read-rows.js";
import type { SupervisedOptions } from "./supervised-options.js";
import type { SupervisedReport } from "./supervised-report.js";
import { type LossOptions, tokenizeContent } from "./tokenize-content.js";

/** Makes an example of each row that is good for one, and counts what became of all. */
export class ExampleMaker {
  readonly #options: SupervisedOptions;
  readonly #losses: LossOptions;
  readonly #bad: BadRows;
  readonly #counts = { numTokens: 0, numSupervisedTokens: 0, numTruncated: 0, numTokensCut: 0 };
  #numTokenized = 0;
  #numExamples = 0;
  #read: ReadContent | undefined;

  /** @param bad gets the rows that cannot be used */
  constructor(options: SupervisedOptions, bad: BadRows) {
    const { assistantOnlyLoss = true, completionOnlyLoss = true } = options;
    this.#options = options;
    this.#losses = { assistantOnlyLoss, completionOnlyLoss };
    this.#bad = bad;
  }

  get report(): SupervisedReport {
    return {
      ...this.#counts,
      numRows: this.#numTokenized + this.#bad.count,
      numExamples: this.#numExamples,
      numWithoutSupervision: this.#numTokenized - this.#numExamples,
      numBadRows: this.#bad.count,
      badRows: this.#bad.kept,
    };
  }

  /** Undefined for a row of which nothing is learnt, be it bad or not. The first row tells the format of all. */
  make(row: PlacedRow): Example | undefined {
    const { tokenizer, maxLength, columns } = this.#options;
    this.#read ??= formatOf(row, columns);
    const whole = attempt(row, this.#bad, this.#read, (content) =>
      tokenizeContent(content, tokenizer, this.#losses),
    );
    if (whole === undefined) return undefined;
    this.#numTokenized++;
    const example = truncated(whole, maxLength);
    const numCut = whole.inputIds.length - example.inputIds.length;
    this.#counts.numTokensCut += numCut;
    if (numCut > 0) this.#counts.numTruncated++;
    const numLearnt = numSupervised(example);
    if (numLearnt === 0) return undefined;
    this.#counts.numTokens += example.inputIds.length;
    this.#counts.numSupervisedTokens += numLearnt;
    this.#numExamples++;
    return example;
  }
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
    bad.add({ file, line, problem: (error as Error).message }, value);
    return undefined;
  }
}

function truncated({ inputIds, labels }: Example, maxLength: number): Example {
  if (inputIds.length <= maxLength) return { inputIds, labels };
  return { inputIds: inputIds.slice(0, maxLength), labels: labels.slice(0, maxLength) };
}
