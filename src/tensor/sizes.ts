// `zeros([2, 3], options)` and `zeros(2, 3, options)`: sizes as PyTorch takes them, in a list or one after the other.
import { requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { aShape } from "./arguments.js";

/** Sizes one after the other, perhaps followed by options. */
export type Sizes<O> = number[] | [...sizes: number[], options: O];

/**
 * The list of sizes and the options among the arguments.
 * @throws TypeError, RangeError naming the sizes that are not allowed
 */
export function sizesIn<O extends object>(
  name: string,
  given: readonly unknown[],
): readonly [sizes: readonly number[], options: O | undefined] {
  const [first, second] = given;
  if (Array.isArray(first) && given.length <= 2) return [first, second as O | undefined];
  const last = given.at(-1);
  const options = isObject(last) ? (last as O) : undefined;
  const sizes = options === undefined ? given : given.slice(0, -1);
  if (given.length === 0 || Array.isArray(first)) throw wrongSizes(name, given);
  requireValue(`${name}: shape`, sizes, aShape);
  return [sizes, options];
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrongSizes(name: string, given: readonly unknown[]): TypeError {
  return new TypeError(
    `${name} takes a shape and options, as in ${name}([2, 3], { dtype: "float32" }) or ${name}(2, 3), got ${name}(${given.map(describeValue).join(", ")})`,
  );
}
