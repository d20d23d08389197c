// What datasets of supervised examples are made with.
import { aPath, boolean, type Check, integer, kind, requireValue } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { DataError } from "./data-error.js";
import type { BadRowsOptions } from "./rows/bad-rows.js";
import { COLUMNS, type Columns } from "./rows/formats.js";
import type { ChatEncoder } from "./tokenize-content.js";

/** Options of `SupervisedDataset`. */
export interface SupervisedOptions extends BadRowsOptions {
  /** Makes tokens of rows, with its chat template. */
  readonly tokenizer: ChatEncoder;
  /** Most tokens of an example; the end of longer ones is cut off, and told in `report`. */
  readonly maxLength: number;
  /** Which column holds what, where their names do not tell: `{ prompt: "question", completion: "answer" }`. */
  readonly columns?: Columns;
  /** Trains on what the assistant says alone. Default true; false: on whole conversations. */
  readonly assistantOnlyLoss?: boolean;
  /** Trains on completions alone. Default true; false: on prompts too. */
  readonly completionOnlyLoss?: boolean;
  /** Batches are padded to a multiple of so many tokens. Default 1. */
  readonly padToMultipleOf?: number;
  /**
   * Where the tokens of files are kept in files of their own, from which rows are read when they are needed: so the dataset takes little
   * memory, and the next run with the same files, tokenizer and options begins at once.
   */
  readonly cacheFolder?: string;
}

/** Options of `split`. */
export interface SplitOptions {
  /** Of the draw. Default 0. */
  readonly seed?: number;
}

export const SPLIT_OPTIONS: OptionTable<SplitOptions> = { seed: integer({ min: 0 }) };

export const aTokenizer: Check<ChatEncoder> = kind(
  "a tokenizer, as await AutoTokenizer.fromPretrained(folder)",
  (value) => typeof (value as ChatEncoder | null)?.applyChatTemplate === "function",
);
const someColumns: Check<Columns> = kind(
  `an object from ${COLUMNS.join(", ")} to names of columns`,
  (value) =>
    Object(value) === value &&
    Object.entries(value as object).every(
      ([name, column]) =>
        (COLUMNS as readonly string[]).includes(name) && typeof column === "string",
    ),
);
export const SUPERVISED_OPTIONS: OptionTable<SupervisedOptions> = {
  tokenizer: aTokenizer,
  maxLength: integer({ min: 2 }),
  columns: someColumns,
  assistantOnlyLoss: boolean,
  completionOnlyLoss: boolean,
  padToMultipleOf: integer({ min: 1 }),
  cacheFolder: aPath,
  badRowsFile: aPath,
  maxBadRows: integer({ min: 0 }),
};

/** What options say of rows. */
export interface RowShape {
  readonly sequenceLength: number;
  readonly padTokenId: number;
  readonly padToMultipleOf: number;
}

/**
 * What must be there is.
 * @param of the class that is made
 */
export function rowShapeOf(of: string, options: SupervisedOptions): RowShape {
  requireValue(`${of}: tokenizer`, options.tokenizer, aTokenizer);
  const { tokenizer, maxLength, padToMultipleOf = 1 } = options;
  requireValue(`${of}: maxLength`, maxLength, integer({ min: 2 }));
  const padTokenId = tokenizer.padTokenId ?? tokenizer.eosTokenId;
  if (padTokenId !== undefined) return { sequenceLength: maxLength, padTokenId, padToMultipleOf };
  throw new DataError(
    "the tokenizer has neither a pad nor an eos token to fill up rows with; set pad_token in its tokenizer_config.json",
  );
}
