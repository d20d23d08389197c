// Examples as the arrays of one batch, padded on the right to the longest.
import { type Example, type ExampleDataset, IGNORED } from "./example.js";

/** What a batch is made of, in (B, T) each, row after row. */
export interface CollatedBatch {
  readonly shape: readonly [rows: number, tokens: number];
  readonly inputIds: BigInt64Array;
  readonly labels: BigInt64Array;
  /** 1 for tokens, 0 for padding. */
  readonly attentionMask: BigInt64Array;
  /** From 0 in each document. */
  readonly positionIds: BigInt64Array;
  /** There when a row holds several documents. */
  readonly documentIds?: BigInt64Array;
  /** There when a row holds several documents: how many tokens each has, row after row. */
  readonly documentLengths?: readonly (readonly number[])[];
}

export function collate(
  examples: readonly Example[],
  { padTokenId, padToMultipleOf = 1 }: Pick<ExampleDataset, "padTokenId" | "padToMultipleOf">,
): CollatedBatch {
  const longest = examples.reduce((most, { inputIds }) => Math.max(most, inputIds.length), 1);
  const width = Math.ceil(longest / padToMultipleOf) * padToMultipleOf;
  const size = examples.length * width;
  const isPacked = examples.some(({ documents }) => documents !== undefined);
  const batch = {
    shape: [examples.length, width] as const,
    inputIds: new BigInt64Array(size).fill(BigInt(padTokenId)),
    labels: new BigInt64Array(size).fill(BigInt(IGNORED)),
    attentionMask: new BigInt64Array(size),
    positionIds: new BigInt64Array(size),
    ...(isPacked && {
      documentIds: new BigInt64Array(size).fill(-1n),
      documentLengths: examples.map(documentLengths),
    }),
  };
  for (const [row, example] of examples.entries()) fillRow(batch, row * width, example);
  return batch;
}

function documentLengths({ inputIds, documents = [0] }: Example): number[] {
  return documents.map((begin, index) => (documents[index + 1] ?? inputIds.length) - begin);
}

function fillRow(batch: CollatedBatch, begin: number, example: Example): void {
  const { inputIds, labels, documents = [0] } = example;
  let document = -1;
  for (let token = 0; token < inputIds.length; token++) {
    const place = begin + token;
    if (documents[document + 1] === token) document++;
    batch.inputIds[place] = BigInt(inputIds[token] as number);
    batch.labels[place] = BigInt(labels[token] as number);
    batch.attentionMask[place] = 1n;
    batch.positionIds[place] = BigInt(token - (documents[document] as number));
    if (batch.documentIds !== undefined) batch.documentIds[place] = BigInt(document);
  }
}
