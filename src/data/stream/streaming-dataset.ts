// Supervised examples of files that need not fit into memory: a window of their rows is there at a time.
import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import {
  anyOf,
  aPath,
  boolean,
  integer,
  listOf,
  number,
  requireValue,
} from "../../arguments/checks.js";
import { describeValue } from "../../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../../arguments/options.js";
import { openPlainFile, readFully } from "../../files/plain-file.js";
import { DataError, dataProblem } from "../data-error.js";
import { dataFiles } from "../rows/data-files.js";
import {
  type RowShape,
  rowShapeOf,
  SPLIT_OPTIONS,
  type SplitOptions,
  SUPERVISED_OPTIONS,
  type SupervisedOptions,
} from "../supervised-options.js";
import { BadRowsTeller, describeReport, type SupervisedReport } from "../supervised-report.js";
import type { ChatEncoder } from "../tokenize-content.js";
import type { StreamContent } from "./stream-examples.js";
import type { StreamSpec } from "./stream-spec.js";
import type { StreamPosition, StreamSettings } from "./stream-steps.js";

/** Options of `StreamingDataset`. */
export interface StreamingOptions extends Omit<SupervisedOptions, "cacheFolder"> {
  /** Puts several examples into a row, so that little is padding. Default false. */
  readonly pack?: boolean;
  /** Rows that are in memory, and shuffled, together; files are shuffled, too. Default 10,000. */
  readonly shuffleWindow?: number;
}

/** Of a file, read to tell it from others. */
const END_BYTES = 2 ** 20;
const { cacheFolder: _, ...INHERITED } = SUPERVISED_OPTIONS;
const OPTIONS: OptionTable<StreamingOptions> = {
  ...INHERITED,
  pack: boolean,
  shuffleWindow: integer({ min: 1 }),
};
const DEFAULT_WINDOW = 10_000;

/** Examples that a `DataLoader` reads from files, tokenizes and packs on a thread beside the training. */
export class StreamingDataset implements RowShape {
  /** Most tokens of a row. */
  readonly sequenceLength: number;
  /** Fills up rows. */
  readonly padTokenId: number;
  /** Batches are as long as a multiple of this. */
  readonly padToMultipleOf: number;
  readonly #content: StreamContent;
  readonly #options: StreamingOptions;
  readonly #teller: BadRowsTeller;
  #digest: string | undefined;
  #report: SupervisedReport | undefined;

  private constructor(content: StreamContent, options: StreamingOptions) {
    if (!(content as StreamContent | undefined)?.files) {
      throw new TypeError(
        `a StreamingDataset is made by StreamingDataset.fromFiles(files, options), not by new; got ${describeValue(content)}`,
      );
    }
    const shape = rowShapeOf("StreamingDataset", options);
    this.sequenceLength = shape.sequenceLength;
    this.padTokenId = shape.padTokenId;
    this.padToMultipleOf = shape.padToMultipleOf;
    this.#content = content;
    this.#options = options;
    this.#teller = new BadRowsTeller(options);
  }

  /**
   * Rows as `SupervisedDataset.fromFile` takes them. Nothing is read yet but whether the files are there.
   * @param files a file, a list of them, a folder of shards, or a pattern such as "data/train-*.parquet"
   */
  static fromFiles(files: string | readonly string[], options: StreamingOptions): StreamingDataset {
    requireValue("StreamingDataset.fromFiles: files", files, anyOf(aPath, listOf(aPath)));
    checkOptions("StreamingDataset.fromFiles", options, OPTIONS);
    const list = dataFiles(files);
    for (const file of list) fs.closeSync(openPlainFile(file, dataProblem));
    const { shuffleWindow: window = DEFAULT_WINDOW, pack = false } = options;
    return new StreamingDataset(
      { files: list.map((file) => path.resolve(file)), window, pack },
      options,
    );
  }

  /** What became of the rows read so far, by the loader that read last. */
  get report(): SupervisedReport | undefined {
    return this.#report;
  }

  /** Makes tokens of rows. */
  get tokenizer(): ChatEncoder {
    return this.#options.tokenizer;
  }

  /**
   * Draws rows that are not trained on, to measure on, about `heldOutFraction` of all and the same for a seed: two streams of the same
   * files.
   */
  split(
    heldOutFraction: number,
    options: SplitOptions = {},
  ): { readonly train: StreamingDataset; readonly heldOut: StreamingDataset } {
    requireValue("split: heldOutFraction", heldOutFraction, number({ above: 0, below: 1 }));
    checkOptions("split", options, SPLIT_OPTIONS);
    const { seed = 0 } = options;
    if (this.#content.part !== undefined)
      throw new DataError("the stream is split already; split the one it was made of");
    const part = (is: "train" | "heldOut") =>
      new StreamingDataset(
        { ...this.#content, part: { heldOut: heldOutFraction, seed, is } },
        this.#options,
      );
    return { train: part("train"), heldOut: part("heldOut") };
  }

  /** @internal Of files and options: another text when other rows may come. */
  get digest(): string {
    this.#digest ??= createHash("sha256")
      .update(JSON.stringify(this.#described()))
      .digest("hex")
      .slice(0, 32);
    return this.#digest;
  }

  /** @internal What a loader begins with. */
  spec(settings: StreamSettings, begin: StreamPosition): StreamSpec {
    const { tokenizer: _, pack: __, shuffleWindow: ___, ...options } = this.#options;
    return { content: this.#content, options, settings, begin };
  }

  /** @internal Notes what became of rows so far, and tells of bad ones: the first, and at the end of an epoch how many there were. */
  tell(report: SupervisedReport, isEnd: boolean): void {
    this.#report = report;
    this.#teller.tell(report, isEnd);
  }

  #described(): unknown {
    const { tokenizer, badRowsFile: _, maxBadRows: __, ...options } = this.#options;
    const { files, ...content } = this.#content;
    const seen = files.map((file) => [path.basename(file), ...endsOf(file)]);
    return [seen, content, options, tokenizer.origin?.digest];
  }

  toString(): string {
    const files = `${this.#content.files.length} files`;
    return this.#report === undefined ? files : `${files}; so far ${describeReport(this.#report)}`;
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return `StreamingDataset of ${this.toString()}`;
  }
}

/** Size of a file, and a digest of its beginning and its end, by which another one of the same size is told. */
function endsOf(file: string): [bytes: number, digest: string] {
  const descriptor = openPlainFile(file, dataProblem);
  try {
    const { size } = fs.fstatSync(descriptor);
    const digest = createHash("sha256");
    for (const at of [0, Math.max(0, size - END_BYTES)]) {
      const piece = new Uint8Array(Math.min(END_BYTES, size));
      digest.update(piece.subarray(0, readFully(descriptor, piece, at)));
    }
    return [size, digest.digest("hex")];
  } finally {
    fs.closeSync(descriptor);
  }
}
