// A text as rows of equal length for language-model training: documents are encoded, joined with one end token after
// each, and cut into blocks, so that no position is padding. The last, incomplete block is left out. No character of a
// document is lost: its spaces may be code's indentation.

import {
  anyOf,
  aPath,
  type Check,
  integer,
  kind,
  listOf,
  requireValue,
  text,
} from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { DataError } from "./data-error.js";
import { readText } from "./read-text.js";

/** What packing needs of a tokenizer; an AutoTokenizer has it. */
export interface DocumentEncoder {
  encode(text: string): Int32Array;
  /** Used where there is one, because it can be many times faster. */
  encodeBatch?(texts: readonly string[]): Int32Array[];
  /** Ends documents. */
  readonly eosTokenId: number | undefined;
  /** One more than the largest id. */
  readonly vocabSize: number;
}

/** What a `DataLoader` reads: rows of token ids, all of `sequenceLength`. `TextDataset` is one, and so is any object like it. */
export interface RowDataset {
  /** Number of rows. */
  readonly length: number;
  /** Tokens of a row. */
  readonly sequenceLength: number;
  /** Token ids of one row; a view, not to be changed. */
  row(index: number): Int32Array;
}

/** Options of `TextDataset`. */
export interface TextDatasetOptions {
  /** Encodes the documents, and names the token that ends each of them. */
  readonly tokenizer: DocumentEncoder;
  /** Tokens per row, T. */
  readonly sequenceLength: number;
  /** What stands between two documents of a file and belongs to neither. Default: one or more blank lines. */
  readonly separator?: RegExp | string;
}

/** The end of a line and the blank lines after it; the next line keeps its indentation. */
const BLANK_LINES = /\r?\n(?:[ \t]*\r?\n)+/;
/** Documents that are encoded together: enough for all cores, few enough that a generator is not read to its end. */
const BATCH_CHARACTERS = 4_000_000;
const aTokenizer: Check<DocumentEncoder> = kind(
  "a tokenizer, as await AutoTokenizer.fromPretrained(folder)",
  (value) => typeof (value as DocumentEncoder | null)?.encode === "function",
);
const someTexts: Check<Iterable<string>> = kind(
  "a list of texts",
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Symbol.iterator in value &&
    !ArrayBuffer.isView(value),
);
const OPTIONS: OptionTable<TextDatasetOptions> = {
  tokenizer: aTokenizer,
  sequenceLength: integer(),
  separator: anyOf(
    text,
    kind("a regular expression", (value) => value instanceof RegExp),
  ),
};

/** Packed text in memory, 4 bytes a token. */
export class TextDataset implements RowDataset {
  /** Tokens of a row. */
  readonly sequenceLength: number;
  /** Number of rows. */
  readonly length: number;
  readonly #tokens: Int32Array;

  private constructor(tokens: Int32Array, sequenceLength: number) {
    if (!(tokens instanceof Int32Array)) {
      throw new TypeError(
        `a TextDataset is made by TextDataset.fromDocuments([text], options) or TextDataset.fromFile(path, options), not by new; got ${describeValue(tokens)}`,
      );
    }
    this.#tokens = tokens;
    this.sequenceLength = sequenceLength;
    this.length = Math.floor(tokens.length / sequenceLength);
  }

  /**
   * Packs the documents of one or several UTF-8 files, plain or gzip. Throws a DataError for a file that is missing,
   * empty or no text, and for a text shorter than one row.
   */
  static fromFile(files: string | readonly string[], options: TextDatasetOptions): TextDataset {
    requireValue("TextDataset.fromFile: files", files, anyOf(aPath, listOf(aPath)));
    checkOptions("TextDataset.fromFile", options, OPTIONS);
    const separator = options.separator ?? BLANK_LINES;
    const list = typeof files === "string" ? [files] : files;
    if (list.length === 0)
      throw new DataError("no text file given; give a path or a list of paths");
    const documents = list.flatMap((file) => documentsIn(readText(file), separator));
    return TextDataset.fromDocuments(documents, options);
  }

  /**
   * Packs documents already in memory, every character of them; empty ones are skipped. A document ends with one eos
   * token, be it added here or by the tokenizer's template.
   */
  static fromDocuments(documents: Iterable<string>, options: TextDatasetOptions): TextDataset {
    requireValue("TextDataset.fromDocuments: documents", documents, someTexts);
    checkOptions("TextDataset.fromDocuments", options, OPTIONS);
    requireValue("TextDataset: tokenizer", options.tokenizer, aTokenizer);
    const { tokenizer, sequenceLength } = options;
    const { eosTokenId } = tokenizer;
    if (eosTokenId === undefined) {
      throw new DataError(
        "the tokenizer has no eos token to end a document with; set eos_token in its tokenizer_config.json",
      );
    }
    const end = Int32Array.of(eosTokenId);
    const pieces: Int32Array[] = [];
    for (const texts of batches(documents)) {
      for (const ids of encodeAll(tokenizer, texts))
        pieces.push(ids, ids.at(-1) === eosTokenId ? NO_IDS : end);
    }
    return TextDataset.fromTokens(concatenate(pieces), sequenceLength);
  }

  /** Cuts token ids into rows. */
  static fromTokens(tokens: Int32Array, sequenceLength: number): TextDataset {
    if (!Number.isInteger(sequenceLength) || sequenceLength < 2) {
      throw new DataError(
        `sequenceLength ${sequenceLength} given; it must be a whole number of tokens, at least 2`,
      );
    }
    if (tokens.length >= sequenceLength) return new TextDataset(tokens, sequenceLength);
    const problem =
      tokens.length === 0 ? "holds no document" : `has ${tokens.length} tokens, fewer than one row`;
    throw new DataError(
      `the text ${problem} of sequenceLength ${sequenceLength}; give more text or a shorter sequenceLength`,
    );
  }

  /** Tokens in all rows together. */
  get numTokens(): number {
    return this.length * this.sequenceLength;
  }

  row(index: number): Int32Array {
    if (!Number.isInteger(index) || index < 0 || index >= this.length) {
      throw new RangeError(`row ${index} asked of a dataset of ${this.length} rows`);
    }
    return this.#tokens.subarray(index * this.sequenceLength, (index + 1) * this.sequenceLength);
  }

  /**
   * Splits off the last rows, `heldOutFraction` of all and at least one, to measure on text that was not trained on.
   * The tail is taken whole, since neighbouring rows come from one document.
   */
  split(heldOutFraction: number): { readonly train: TextDataset; readonly heldOut: TextDataset } {
    if (!(heldOutFraction > 0 && heldOutFraction < 1)) {
      throw new DataError(
        `heldOutFraction ${heldOutFraction} given; it must lie between 0 and 1, such as 0.05`,
      );
    }
    const numHeldOut = Math.max(1, Math.round(this.length * heldOutFraction));
    const numTrain = this.length - numHeldOut;
    if (numTrain < 1) {
      throw new DataError(
        `${this.length} rows cannot be split with ${heldOutFraction} held out: no row is left to train on`,
      );
    }
    const cut = numTrain * this.sequenceLength;
    return {
      train: new TextDataset(this.#tokens.subarray(0, cut), this.sequenceLength),
      heldOut: new TextDataset(this.#tokens.subarray(cut, this.numTokens), this.sequenceLength),
    };
  }

  /** Refuses a model whose vocabulary lacks an id of this text, before an embedding reads out of bounds. */
  assertFits(modelVocabSize: number): void {
    let largest = 0;
    let smallest = 0;
    for (const id of this.#tokens) {
      if (id > largest) largest = id;
      if (id < smallest) smallest = id;
    }
    if (largest < modelVocabSize && smallest >= 0) return;
    const id = smallest < 0 ? smallest : largest;
    throw new DataError(
      `the text holds token id ${id}, the model's vocabulary ids 0 to ${modelVocabSize - 1}; use the model's own tokenizer`,
    );
  }
}

const NO_IDS = new Int32Array(0);

function encodeAll(tokenizer: DocumentEncoder, texts: readonly string[]): Int32Array[] {
  return tokenizer.encodeBatch?.(texts) ?? texts.map((text) => tokenizer.encode(text));
}

/** What is between separators, without what groups of a regular expression captured of them. */
function documentsIn(text: string, separator: RegExp | string): string[] {
  const parts = text.split(separator);
  if (typeof separator === "string") return parts;
  const groups = (new RegExp(`${separator.source}|`, separator.flags).exec("")?.length ?? 1) - 1;
  return parts.filter((_, index) => index % (groups + 1) === 0);
}

/** Documents in their order, so many together as are encoded at once. */
function* batches(documents: Iterable<string>): Iterable<string[]> {
  let batch: string[] = [];
  let characters = 0;
  let index = 0;
  for (const document of documents) {
    requireValue(`TextDataset.fromDocuments: document ${index++}`, document, text);
    if (document !== "") batch.push(document);
    characters += document.length;
    if (characters < BATCH_CHARACTERS) continue;
    yield batch;
    [batch, characters] = [[], 0];
  }
  yield batch;
}

function concatenate(pieces: readonly Int32Array[]): Int32Array {
  const tokens = new Int32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    tokens.set(piece, position);
    position += piece.length;
  }
  return tokens;
}
