// Examples of different lengths, each with the tokens that a model learns to say.

/** One row of a dataset for supervised fine-tuning. */
export interface Example {
  /** Its token ids. */
  readonly inputIds: Int32Array;
  /** As long as `inputIds`: the same ids where the model is to learn them, else -100. Models shift them by one. */
  readonly labels: Int32Array;
  /** Where each document begins, in rows that hold several. */
  readonly documents?: readonly number[];
}

/** What a `DataLoader` reads beside rows of equal length: rows that are padded to the longest of their batch. */
export interface ExampleDataset {
  /** Number of rows. */
  readonly length: number;
  /** Most tokens of a row. */
  readonly sequenceLength: number;
  /** Fills up rows; its label is -100 also where it is eos. */
  readonly padTokenId: number;
  /** Batches are as long as a multiple of this. Default 1. */
  readonly padToMultipleOf?: number;
  /** One row; not to be changed. */
  example(index: number): Example;
}

/** The label of what is not learnt. */
export const IGNORED = -100;

/** How many tokens of an example a model learns: the first has nothing before it that could foretell it. */
export function numSupervised({ labels }: Pick<Example, "labels">): number {
  let count = 0;
  for (let index = 1; index < labels.length; index++) if (labels[index] !== IGNORED) count++;
  return count;
}
