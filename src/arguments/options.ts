// The one check of options that the public functions share: a name that does not exist is refused with the nearest one,
// a value with what is allowed.
import { type Check, requireValue } from "./checks.js";
import { describeValue } from "./describe-value.js";
import { nearest } from "./nearest.js";

/** What each option of a function may be. */
export type OptionTable<T = Record<string, unknown>> = { readonly [name in keyof T]-?: Check };

/**
 * Refuses options that do not exist or have a value that is not allowed; an option that is undefined counts as left out.
 * @param of the function as the user calls it: "generate", "new AdamW"
 * @throws TypeError for an unknown name or a value of another kind, RangeError for a value out of range
 */
export function checkOptions<T extends object>(
  of: string,
  options: T,
  table: OptionTable<T>,
): void {
  if (!isOptions(options)) {
    throw new TypeError(
      `${of} takes an object of options, got ${describeValue(options)}; its options: ${Object.keys(table).join(", ")}`,
    );
  }
  for (const [name, value] of Object.entries(options)) {
    const check = Object.hasOwn(table, name) ? (table as OptionTable)[name] : undefined;
    if (check === undefined) throw new TypeError(unknownOption(of, name, Object.keys(table)));
    if (value !== undefined) requireValue(`${of}: ${name}`, value, check);
  }
}

function isOptions(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unknownOption(of: string, name: string, known: readonly string[]): string {
  const [near] = nearest(name, known);
  const hint = near === undefined ? "." : `; did you mean ${near}?`;
  return `${of} has no option ${name}${hint} Its options: ${known.join(", ")}`;
}
