// Token ids as people give them to decode().
import { describeValue } from "../arguments/describe-value.js";

/** What decode() needs of a tensor. */
export interface IdTensor {
  readonly shape: readonly number[];
  toArray(): unknown;
}

/** The ids as a list. */
export function idList(ids: Iterable<number | bigint> | IdTensor): number[] {
  const isObject = Object(ids) === ids;
  if (isObject && "toArray" in ids && "shape" in ids) return idsOfTensor(ids);
  if (isObject && Symbol.iterator in ids) return Array.from(ids, Number);
  throw new TypeError(`decode takes a list of token ids, got ${describeValue(ids)}`);
}

function idsOfTensor(ids: IdTensor): number[] {
  if (ids.shape.length === 1 || (ids.shape.length === 2 && ids.shape[0] === 1))
    return [ids.toArray()].flat(2).map(Number);
  throw new TypeError(
    `decode takes the ids of one text, [N] or [1, N], got ${describeValue(ids)}; decode row by row`,
  );
}
