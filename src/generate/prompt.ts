// What text is generated from: rows of token ids, shorter ones padded on the left.
import { describeValue } from "../arguments/describe-value.js";
import { tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";

/** Token ids: (B, T) or (T) int64, the ids of one row, or a list of rows, which may differ in length. */
export type Prompt = Tensor | ArrayLike<number> | readonly ArrayLike<number>[];

/** Rows of one length. */
export interface PromptRows {
  /** (B, T) int64 */
  readonly ids: Tensor;
  /** (B, T) of 0 and 1: 0 is padding. Undefined where there is none. */
  readonly mask?: Tensor;
}

/**
 * The ids as a tensor.
 * @param padTokenId fills up shorter rows; which one it is changes nothing
 * @throws TypeError for text and other things that are no ids
 * @throws RangeError for no ids at all, or numbers that are no ids
 */
export function promptRows(prompt: Prompt, padTokenId: number): PromptRows {
  if (prompt instanceof Tensor) return { ids: fromTensor(prompt) };
  if (!isList(prompt)) throw notIds(prompt);
  const isRows = prompt.length > 0 && isList(prompt[0]);
  const rows = (isRows ? prompt : [prompt]) as readonly ArrayLike<number>[];
  if (!rows.every(isList)) throw notIds(prompt);
  const wrong = rows.flatMap((row) => Array.from(row)).find((id) => !isId(id));
  if (wrong !== undefined)
    throw new RangeError(`generate: inputIds must be whole numbers of at least 0, got ${wrong}`);
  const lengths = rows.map(({ length }) => length);
  requireTokens(lengths);
  const longest = Math.max(...lengths);
  const inRows = (fill: number, each: (id: number) => number): Tensor =>
    tensor(rows.map((row) => [...fillers(longest - row.length, fill), ...Array.from(row, each)]));
  const ids = inRows(padTokenId, (id) => id);
  return lengths.every((length) => length === longest)
    ? { ids }
    : { ids, mask: inRows(0, () => 1) };
}

function fillers(length: number, value: number): number[] {
  return Array.from({ length }, () => value);
}

function isId(id: unknown): boolean {
  return Number.isSafeInteger(id) && (id as number) >= 0;
}

function fromTensor(prompt: Tensor): Tensor {
  const { dtype, ndim } = prompt;
  if (dtype !== "int64" || ndim < 1 || ndim > 2) throw notIds(prompt);
  const rows = ndim === 1 ? prompt.unsqueeze(0) : prompt;
  requireTokens([rows.size(1)]);
  return rows;
}

function requireTokens(lengths: readonly number[]): void {
  const empty = lengths.indexOf(0);
  if (empty === -1) return;
  const which = lengths.length === 1 ? "the prompt" : `row ${empty} of the prompt`;
  throw new RangeError(`${which} is empty; give at least one token, such as bosTokenId`);
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value);
}

function notIds(value: unknown): TypeError {
  const remedy =
    typeof value === "string" || (Array.isArray(value) && typeof value[0] === "string")
      ? "; encode the text first: model.generate(tokenizer.encode(text))"
      : "";
  return new TypeError(
    `generate: inputIds must be token ids: an int64 tensor (batch, tokens), or a list of whole numbers, got ${describeValue(value)}${remedy}`,
  );
}
