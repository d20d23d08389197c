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
  requireOptions(of, options, table);
  for (const name in options) {
    const check = Object.hasOwn(table, name) ? (table as OptionTable)[name] : undefined;
    if (check === undefined) throw new TypeError(unknownOption(of, name, Object.keys(table)));
    const value: unknown = options[name];
    if (value !== undefined && !check.accepts(value)) requireValue(`${of}: ${name}`, value, check);
  }
}

/**
 * Refuses what is no object of options.
 * @param known names of the options, or the table of them
 */
export function requireOptions(of: string, options: unknown, known: object): void {
  if (isOptions(options)) return;
  const names = (Array.isArray(known) ? known : Object.keys(known)).join(", ");
  throw new TypeError(
    `${of} takes an object of options, got ${describeValue(options)}; its options: ${names}`,
  );
}

/**
 * Refuses what is no object of options, and names that do not exist.
 * @throws TypeError with the nearest name
 */
export function requireNames(of: string, options: unknown, known: readonly string[]): void {
  requireOptions(of, options, known);
  const unknown = Object.keys(options as object).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new TypeError(unknownOption(of, unknown, known));
}

/** A plain object: an instance of a class was meant for another argument. */
function isOptions(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What to say of an option that does not exist. */
export function unknownOption(of: string, name: string, known: readonly string[]): string {
  const [near] = nearest(name, known);
  const hint = near === undefined ? "." : `; did you mean ${near}?`;
  return `${of} has no option ${name}${hint} Its options: ${known.join(", ")}`;
}
