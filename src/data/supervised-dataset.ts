// Conversations, instructions or prompts with their answers, as examples of which only the answers are trained on.
import { anyOf, aPath, type Check, kind, listOf, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import { TokenCache } from "./cache/token-cache.js";
import { DataError } from "./data-error.js";
import type { Example, ExampleDataset } from "./example.js";
import {
  type ExampleList,
  ExamplesInMemory,
  packedExamples,
  pickedExamples,
} from "./example-list.js";
import { attendedLength } from "./pack.js";
import { previewExample, type SupervisedPreview } from "./preview.js";
import { BadRows } from "./rows/bad-rows.js";
import { dataFiles } from "./rows/data-files.js";
import { type DataRow, type PlacedRow, readRows } from "./rows/read-rows.js";
import { shuffledOrder } from "./shuffle.js";
import { ExampleMaker } from "./supervised-examples.js";
import {
  type RowShape,
  rowShapeOf,
  SPLIT_OPTIONS,
  type SplitOptions,
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
} from "./supervised-options.js";
import { BadRowsTeller, describeReport, type SupervisedReport } from "./supervised-report.js";
import type { ChatEncoder } from "./tokenize-content.js";

const someRows: Check<Iterable<DataRow>> = kind(
  "a list of rows, such as [{ messages: [...] }]",
  (value) => Object(value) === value && Symbol.iterator in (value as object),
);
/** What all datasets made of one have in common. */
interface Shared extends RowShape {
  readonly tokenizer: ChatEncoder;
  readonly report: SupervisedReport;
  readonly isPacked?: boolean;
}

/** What a dataset is made with beside rows and options. */
interface Making {
  readonly bad: BadRows;
  /** The files, in words. */
  readonly named: string;
  readonly cache: TokenCache | undefined;
}

/** Examples in memory, 8 bytes a token, or in a file of their tokens, 4 bytes each. */
export class SupervisedDataset implements ExampleDataset {
  /** Most tokens of a row. */
  readonly sequenceLength: number;
  /** Fills up rows. */
  readonly padTokenId: number;
  /** Batches are as long as a multiple of this. */
  readonly padToMultipleOf: number;
  /** What became of the rows that it was made of. */
  readonly report: SupervisedReport;
  readonly #examples: ExampleList;
  readonly #shared: Shared;

  private constructor(examples: ExampleList, shared: Shared) {
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
    const { cacheFolder } = options;
    const cache =
      cacheFolder === undefined ? undefined : new TokenCache(cacheFolder, list, options);
    return SupervisedDataset.#make(rows(), options, { bad, named: list.join(", "), cache });
  }

  /** The same of rows already in memory. */
  static fromRows(rows: Iterable<DataRow>, options: SupervisedOptions): SupervisedDataset {
    requireValue("SupervisedDataset.fromRows: rows", rows, someRows);
    checkOptions("SupervisedDataset.fromRows", options, SUPERVISED_OPTIONS);
    function* placed(): Generator<PlacedRow> {
      let line = 0;
      for (const value of rows) yield { value, file: "rows", line: ++line };
    }
    if (options.cacheFolder !== undefined)
      throw new DataError("cacheFolder is for files; leave it out for rows in memory");
    const bad = new BadRows(options);
    return SupervisedDataset.#make(placed(), options, { bad, named: "rows", cache: undefined });
  }

  static #make(
    rows: Iterable<PlacedRow>,
    options: SupervisedOptions,
    { bad, named, cache }: Making,
  ): SupervisedDataset {
    const shape = rowShapeOf("SupervisedDataset", options);
    const make = (list: { add(example: Example): void }): SupervisedReport => {
      bad.begin();
      const maker = new ExampleMaker(options, bad);
      for (const row of rows) {
        const example = maker.make(row);
        if (example !== undefined) list.add(example);
      }
      requireExamples(maker.report, bad, { named, maxLength: options.maxLength });
      return maker.report;
    };
    const { examples, report } = cache?.open() ?? cache?.create(make) ?? inMemory(make);
    new BadRowsTeller(options).tell(report);
    return new SupervisedDataset(examples, { ...shape, tokenizer: options.tokenizer, report });
  }

  /** Number of rows. */
  get length(): number {
    return this.#examples.length;
  }

  example(index: number): Example {
    if (Number.isInteger(index) && index >= 0 && index < this.length)
      return this.#examples.at(index);
    throw new RangeError(`row ${index} asked of a dataset of ${this.length} rows`);
  }

  /** Tokens that are trained on in all rows together. */
  get numSupervisedTokens(): number {
    let sum = 0;
    for (let index = 0; index < this.length; index++) sum += this.#examples.numLearnt(index);
    return sum;
  }

  /** Tokens that each token's document has, in the mean over tokens: what attention costs, for `model.flopsPerToken`. */
  get attendedLength(): number {
    const rows = Array.from({ length: this.length }, (_, row) => this.#examples.documentSizes(row));
    return attendedLength(rows.flat());
  }

  /** Draws rows that are not trained on, to measure on: `heldOutFraction` of all and at least one, the same for a seed. */
  split(
    heldOutFraction: number,
    options: SplitOptions = {},
  ): { readonly train: SupervisedDataset; readonly heldOut: SupervisedDataset } {
    checkOptions("split", options, SPLIT_OPTIONS);
    const numHeldOut = Math.max(1, Math.round(this.length * heldOutFraction));
    if (!(heldOutFraction > 0 && heldOutFraction < 1) || numHeldOut >= this.length) {
      throw new DataError(
        `heldOutFraction ${heldOutFraction} of ${this.length} rows given; it must lie between 0 and 1, such as 0.05, and leave a row to train on`,
      );
    }
    const order = shuffledOrder(this.length, options.seed ?? 0, 0);
    const make = (indices: Uint32Array) =>
      new SupervisedDataset(pickedExamples(this.#examples, indices.sort()), this.#shared);
    return { train: make(order.slice(numHeldOut)), heldOut: make(order.slice(0, numHeldOut)) };
  }

  /**
   * The same examples with several in a row, so that little is padding: positions begin anew with each, and each sees itself alone,
   * so that losses and gradients stay those of the examples one by one.
   */
  pack(): SupervisedDataset {
    if (this.#shared.isPacked) return this;
    const packed = packedExamples(this.#examples, this.sequenceLength);
    return new SupervisedDataset(packed, { ...this.#shared, isPacked: true });
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

function inMemory(make: (list: ExamplesInMemory) => SupervisedReport): {
  readonly examples: ExampleList;
  readonly report: SupervisedReport;
} {
  const examples = new ExamplesInMemory();
  return { report: make(examples), examples };
}

function requireExamples(
  { numExamples, numWithoutSupervision }: SupervisedReport,
  bad: BadRows,
  { named, maxLength }: { readonly named: string; readonly maxLength: number },
): void {
  bad.requireSome(numExamples + numWithoutSupervision, named);
  if (numExamples > 0) return;
  throw new DataError(
    `${named}: no row has a token to train on within maxLength ${maxLength}; give a longer maxLength, or assistantOnlyLoss: false ` +
      "to train on whole conversations",
  );
}
