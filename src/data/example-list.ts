// Examples by their number, wherever they are: in memory, in a file, or made of others when they are asked for.
import { type Example, numSupervised } from "./example.js";
import { fitRows, joinExamples } from "./pack.js";

export interface ExampleList {
  readonly length: number;
  at(index: number): Example;
  /** Number of its tokens, without a look at them. */
  sizeOf(index: number): number;
  /** The same of each document in it. */
  documentSizes(index: number): readonly number[];
  /** How many of its tokens are learnt. */
  numLearnt(index: number): number;
}

export class ExamplesInMemory implements ExampleList {
  readonly #examples: Example[] = [];

  get length(): number {
    return this.#examples.length;
  }

  add(example: Example): void {
    this.#examples.push(example);
  }

  at(index: number): Example {
    return this.#examples[index] as Example;
  }

  sizeOf(index: number): number {
    return this.at(index).inputIds.length;
  }

  documentSizes(index: number): readonly number[] {
    return [this.sizeOf(index)];
  }

  numLearnt(index: number): number {
    return numSupervised(this.at(index));
  }
}

/** Some of others, in the order given. */
export function pickedExamples(list: ExampleList, indices: Uint32Array): ExampleList {
  const place = (index: number): number => indices[index] as number;
  return {
    length: indices.length,
    at: (index) => list.at(place(index)),
    sizeOf: (index) => list.sizeOf(place(index)),
    documentSizes: (index) => list.documentSizes(place(index)),
    numLearnt: (index) => list.numLearnt(place(index)),
  };
}

/** Several of others in each. */
export function packedExamples(list: ExampleList, sequenceLength: number): ExampleList {
  const lengths = Array.from({ length: list.length }, (_, index) => list.sizeOf(index));
  const rows = fitRows(lengths, sequenceLength);
  const sum = (index: number, of: (document: number) => number): number =>
    (rows[index] as number[]).reduce((total, document) => total + of(document), 0);
  return {
    length: rows.length,
    at: (index) => joinExamples((rows[index] as number[]).map((document) => list.at(document))),
    sizeOf: (index) => sum(index, (document) => list.sizeOf(document)),
    documentSizes: (index) => (rows[index] as number[]).map((document) => list.sizeOf(document)),
    numLearnt: (index) => sum(index, (document) => list.numLearnt(document)),
  };
}
