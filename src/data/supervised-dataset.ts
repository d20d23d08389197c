// Conversations, instructions or prompts with their answers, as examples of which only the answers are trained on.
import {
  anyOf,
  aPath,
  type Check,
  integer,
  kind,
  listOf,
  requireValue,
} from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { DataError } from "./data-error.js";
import { type Example, type ExampleDataset, numSupervised } from "./example.js";
import { fitRows, joinExamples } from "./pack.js";
import { previewExample, type SupervisedPreview } from "./preview.js";
import { BadRows } from "./rows/bad-rows.js";
import { dataFiles } from "./rows/data-files.js";
import { type DataRow, type PlacedRow, readRows } from "./rows/read-rows.js";
import { shuffledOrder } from "./shuffle.js";
import { ExampleMaker } from "./supervised-examples.js";
import {
  type RowShape,
  rowShapeOf,
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
} from "./supervised-options.js";
import { describeReport, type SupervisedReport } from "./supervised-report.js";
import type { ChatEncoder } from "./tokenize-content.js";

/** Options of `split`. */
export interface SplitOptions {
  /** Of the order in which rows are drawn. Default 0. */
  readonly seed?: number;
}

const someRows: Check<Iterable<DataRow>> = kind(
  "a list of rows, such as [{ messages: [...] }]",
  (value) => Object(value) === value && Symbol.iterator in (value as object),
);
/** What all datasets made of one have in common. */
interface Shared extends RowShape {
  readonly tokenizer: ChatEncoder;
  readonly report: SupervisedReport;
}

/** Examples in memory, 8 bytes a token. */
export class SupervisedDataset implements ExampleDataset {
  /** Most tokens of a row. */
  readonly sequenceLength: number;
  /** Fills up rows. */
  readonly padTokenId: number;
  /** Batches are as long as a multiple of this. */
  readonly padToMultipleOf: number;
  /** What became of the rows that it was made of. */
  readonly report: SupervisedReport;
  readonly #examples: readonly Example[];
  readonly #shared: Shared;

  private constructor(examples: readonly Example[], shared: Shared) {
    if (!(shared as Shared | undefined)?.tokenizer) {
      throw new TypeError(
        "a SupervisedDataset is made by SupervisedDataset.fromFile(path, options) or SupervisedDataset.fromRows(rows, options), not by " +
          `new; got ${describeValue(examples)}`,
      );
    }
    this.#examples = examples;
    this.#shared = shared;
    this.sequenceLength = shared.sequenceLength;
    this.padTokenId = shared.padTokenId;
    this.padToMultipleOf = shared.padToMultipleOf;
    this.report = shared.report;
  }

  /**
   * Reads JSONL, CSV, Parquet or Arrow of conversations (`messages`, or ShareGPT's `conversations`), Alpaca's instructions, prompts
   * with completions, or texts; which of these is told by the columns of the first row.
   * @param files a file, a list of them, a folder of shards, or a pattern such as "data/train-*.parquet"
   * @throws DataError when a file cannot be read, its format is not clear, or no row can be used
   */
  static fromFile(
    files: string | readonly string[],
    options: SupervisedOptions,
  ): SupervisedDataset {
    requireValue("SupervisedDataset.fromFile: files", files, anyOf(aPath, listOf(aPath)));
    checkOptions("SupervisedDataset.fromFile", options, SUPERVISED_OPTIONS);
    const list = dataFiles(files);
    const bad = new BadRows(options);
    function* rows(): Generator<PlacedRow> {
      for (const file of list) yield* readRows(file, bad);
    }
    return SupervisedDataset.#make(rows(), options, { bad, named: list.join(", ") });
  }

  /** The same of rows already in memory. */
  static fromRows(rows: Iterable<DataRow>, options: SupervisedOptions): SupervisedDataset {
    requireValue("SupervisedDataset.fromRows: rows", rows, someRows);
    checkOptions("SupervisedDataset.fromRows", options, SUPERVISED_OPTIONS);
    function* placed(): Generator<PlacedRow> {
      let line = 0;
      for (const value of rows) yield { value, file: "rows", line: ++line };
    }
    return SupervisedDataset.#make(placed(), options, { bad: new BadRows(options), named: "rows" });
  }

  static #make(
    rows: Iterable<PlacedRow>,
    options: SupervisedOptions,
    { bad, named }: { readonly bad: BadRows; readonly named: string },
  ): SupervisedDataset {
    const shape = rowShapeOf("SupervisedDataset", options);
    const maker = new ExampleMaker(options, bad);
    const examples: Example[] = [];
    for (const row of rows) {
      const example = maker.make(row);
      if (example !== undefined) examples.push(example);
    }
    const { report } = maker;
    bad.requireSome(report.numExamples + report.numWithoutSupervision, named);
    if (examples.length === 0) {
      throw new DataError(
        `${named}: no row has a token to train on within maxLength ${options.maxLength}; give a longer maxLength, or assistantOnlyLoss: false ` +
          "to train on whole conversations",
      );
    }
    return new SupervisedDataset(examples, { ...shape, tokenizer: options.tokenizer, report });
  }

  /** Number of rows. */
  get length(): number {
    return this.#examples.length;
  }

  example(index: number): Example {
    const example = this.#examples[index];
    if (example !== undefined) return example;
    throw new RangeError(`row ${index} asked of a dataset of ${this.length} rows`);
  }

  /** Tokens that are trained on in all rows together. */
  get numSupervisedTokens(): number {
    return this.#examples.reduce((sum, example) => sum + numSupervised(example), 0);
  }

  /** Draws rows that are not trained on, to measure on: `heldOutFraction` of all and at least one, the same for a seed. */
  split(
    heldOutFraction: number,
    options: SplitOptions = {},
  ): { readonly train: SupervisedDataset; readonly heldOut: SupervisedDataset } {
    checkOptions("split", options, { seed: integer({ min: 0 }) });
    const numHeldOut = Math.max(1, Math.round(this.length * heldOutFraction));
    if (!(heldOutFraction > 0 && heldOutFraction < 1) || numHeldOut >= this.length) {
      throw new DataError(
        `heldOutFraction ${heldOutFraction} of ${this.length} rows given; it must lie between 0 and 1, such as 0.05, and leave a row to train on`,
      );
    }
    const order = shuffledOrder(this.length, options.seed ?? 0, 0);
    const rows = (indices: Uint32Array) =>
      Array.from(indices.sort(), (index) => this.example(index));
    const make = (examples: readonly Example[]) => new SupervisedDataset(examples, this.#shared);
    return {
      train: make(rows(order.slice(numHeldOut))),
      heldOut: make(rows(order.slice(0, numHeldOut))),
    };
  }

  /**
   * The same examples with several in a row, so that little is padding: positions begin anew with each, and each sees itself alone,
   * so that losses and gradients stay those of the examples one by one.
   */
  pack(): SupervisedDataset {
    if (this.#examples.some(({ documents }) => documents !== undefined)) return this;
    const lengths = this.#examples.map(({ inputIds }) => inputIds.length);
    const rows = fitRows(lengths, this.sequenceLength);
    const packed = rows.map((row) => joinExamples(row.map((index) => this.example(index))));
    return new SupervisedDataset(packed, this.#shared);
  }

  /** A row to be looked at: which of its tokens are trained on. */
  preview(index = 0): SupervisedPreview {
    return previewExample(this.example(index), this.#shared.tokenizer);
  }

  toString(): string {
    return describeReport(this.report);
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `SupervisedDataset of ${this.length} rows\n${this.toString()}`;
  }
}
