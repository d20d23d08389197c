// Several documents in one row, so that little is padding: best fit, longest first (as bin packing). Each document begins at position 0
// and sees itself alone, and the label of its first token, which nothing foretells, does not count: so losses and gradients are
// those of the documents one by one.
import { type Example, IGNORED } from "./example.js";

/** The rows, each the indices of the documents in it, none longer than `sequenceLength` together. */
export function fitRows(lengths: readonly number[], sequenceLength: number): number[][] {
  const order = lengths.map((_, index) => index);
  order.sort((a, b) => (lengths[b] as number) - (lengths[a] as number) || a - b);
  const rows: number[][] = [];
  const withRoom: number[][] = Array.from({ length: sequenceLength + 1 }, () => []);
  for (const index of order) {
    const length = lengths[index] as number;
    const room = tightest(withRoom, length);
    const row = room === undefined ? rows.length : (withRoom[room]?.pop() as number);
    if (room === undefined) rows.push([]);
    (rows[row] as number[]).push(index);
    withRoom[(room ?? sequenceLength) - length]?.push(row);
  }
  return rows;
}

/** The smallest room in which so many tokens fit, if there is one. */
function tightest(withRoom: readonly (readonly number[])[], length: number): number | undefined {
  for (let room = length; room < withRoom.length; room++)
    if ((withRoom[room] as readonly number[]).length > 0) return room;
  return undefined;
}

/** One example of several. */
export function joinExamples(examples: readonly Example[]): Example {
  const size = examples.reduce((sum, { inputIds }) => sum + inputIds.length, 0);
  const [inputIds, labels] = [new Int32Array(size), new Int32Array(size)];
  const documents: number[] = [];
  let place = 0;
  for (const example of examples) {
    documents.push(place);
    inputIds.set(example.inputIds, place);
    labels.set(example.labels, place);
    labels[place] = IGNORED;
    place += example.inputIds.length;
  }
  return { inputIds, labels, documents };
}

/** Of documents of such lengths, the length of each token's, in the mean over tokens. */
export function attendedLength(lengths: Iterable<number>): number {
  let [tokens, pairs] = [0, 0];
  for (const length of lengths) {
    tokens += length;
    pairs += length ** 2;
  }
  return tokens === 0 ? 0 : pairs / tokens;
}
