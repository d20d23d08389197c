// What collectives take. A wrong call is refused before it is begun: it would leave the other ranks waiting.
import {
  boolean,
  type Check,
  integer,
  listOf,
  oneOf,
  requireValue,
  text,
} from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aTensor } from "../tensor/arguments.js";

interface Given {
  /** By the names of the arguments. */
  readonly tensors: Readonly<Record<string, unknown>>;
  /** Lists of tensors, one a rank. */
  readonly lists?: Readonly<Record<string, unknown>>;
  readonly op?: unknown;
  /** Ranks within the group, by the names of the arguments. */
  readonly ranks?: Readonly<Record<string, unknown>>;
  readonly options?: object;
  /** Whether it may be said what the call is about. */
  readonly hasSubject?: boolean;
}

const REDUCE_OPS = oneOf("sum", "avg", "max", "min", "product");
const TENSORS: Check<unknown> = listOf(aTensor);
const ASYNC_OPTION: OptionTable<{ readonly async?: boolean }> = { async: boolean };
const SUBJECT_OPTION = { ...ASYNC_OPTION, of: text };

/**
 * @param of the method as the user calls it: "allReduce"
 * @param size ranks of the group
 * @throws TypeError, RangeError naming the argument that is not allowed
 */
export function checkCollective(of: string, size: number, given: Given): void {
  const { tensors, lists = {}, op = "sum", ranks = {}, options, hasSubject = false } = given;
  for (const [name, value] of Object.entries(tensors))
    requireValue(`${of}: ${name}`, value, aTensor);
  for (const [name, value] of Object.entries(lists)) requireValue(`${of}: ${name}`, value, TENSORS);
  requireValue(`${of}: op`, op, REDUCE_OPS);
  for (const [name, value] of Object.entries(ranks))
    requireValue(`${of}: ${name}`, value, integer({ min: 0, max: size - 1 }));
  if (options !== undefined) checkOptions(of, options, hasSubject ? SUBJECT_OPTION : ASYNC_OPTION);
}
