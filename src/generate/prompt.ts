// What text is generated from: rows of token ids, all of one length until rows can be padded.
import { describeValue } from "../arguments/describe-value.js";
import { tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";

/** Token ids: (B, T) or (T) int64, the ids of one row, or a list of rows. */
export type Prompt = Tensor | ArrayLike<number> | readonly ArrayLike<number>[];

/**
 * The ids as a tensor (B, T) int64.
 * @throws TypeError for text and other things that are no ids
 * @throws RangeError for rows of different lengths, no ids at all, or numbers that are no ids
 */
export function promptTensor(prompt: Prompt): Tensor {
  if (prompt instanceof Tensor) return fromTensor(prompt);
  if (!isList(prompt)) throw notIds(prompt);
  const isRows = prompt.length > 0 && isList(prompt[0]);
  const rows = (isRows ? prompt : [prompt]) as readonly ArrayLike<number>[];
  if (!rows.every(isList)) throw notIds(prompt);
  const lengths = rows.map(({ length }) => length);
  requireOneLength(lengths);
  const ids = rows.flatMap((row) => Array.from(row));
  const wrong = ids.find((id) => !(Number.isSafeInteger(id) && id >= 0));
  if (wrong !== undefined)
    throw new RangeError(`generate: inputIds must be whole numbers of at least 0, got ${wrong}`);
  return tensor(BigInt64Array.from(ids, BigInt), { shape: [rows.length, lengths[0] as number] });
}

function fromTensor(prompt: Tensor): Tensor {
  const { dtype, ndim } = prompt;
  if (dtype !== "int64" || ndim < 1 || ndim > 2) throw notIds(prompt);
  const rows = ndim === 1 ? prompt.unsqueeze(0) : prompt;
  requireOneLength([rows.size(1)]);
  return rows;
}

function requireOneLength(lengths: readonly number[]): void {
  if (new Set(lengths).size > 1) {
    throw new RangeError(
      `generate: all rows must have the same number of ids, got rows of ${lengths.join(", ")}; generate them one by one, as there is no padding yet`,
    );
  }
  if (lengths[0] === 0)
    throw new RangeError("the prompt is empty; give at least one token, such as bosTokenId");
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
