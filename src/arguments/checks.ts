// What a value may be, as data: an options table of a function and a schema of a file are written with the same checks.
import { describeValue } from "./describe-value.js";

/** What one value may be. `T` is the type of what is accepted. */
export interface Check<T = unknown> {
  /** What is allowed, to follow "must be": "a whole number of at least 1". */
  readonly expects: string;
  /** The same of several: "whole numbers of at least 1". */
  readonly each?: string;
  /** Whether the value is of the right kind, so that a wrong one is only out of range. */
  isKind(value: unknown): boolean;
  accepts(value: unknown): value is T;
}

export interface Bounds {
  /** Smallest value allowed. */
  readonly min?: number;
  /** Values must be larger. */
  readonly above?: number;
  /** Largest value allowed. */
  readonly max?: number;
  /** Values must be smaller. */
  readonly below?: number;
}

/** A finite number within bounds; NaN and infinity are refused. */
export function number(bounds: Bounds = {}): Check<number> {
  return {
    expects: `a number${boundsText(bounds)}`,
    each: `numbers${boundsText(bounds)}`,
    isKind: isNumber,
    accepts: (value): value is number =>
      isNumber(value) && Number.isFinite(value) && isWithin(value, bounds),
  };
}

/** A whole number within bounds, at most 2^53 - 1. */
export function integer(bounds: Bounds = {}): Check<number> {
  return {
    expects: `a whole number${boundsText(bounds)}`,
    each: `whole numbers${boundsText(bounds)}`,
    isKind: isNumber,
    accepts: (value): value is number =>
      Number.isSafeInteger(value) && isWithin(value as number, bounds),
  };
}

/** Of dropping an element: at 1 nothing would be left. */
export const dropoutRate: Check<number> = number({ min: 0, below: 1 });

export const boolean: Check<boolean> = kind("true or false", (value) => typeof value === "boolean");

export const text: Check<string> = kind("text", (value) => typeof value === "string");

/** Of a file or a folder; what is empty would be the working directory. */
export const aPath: Check<string> = {
  expects: "a path",
  each: "paths",
  isKind: (value) => typeof value === "string",
  accepts: (value): value is string => typeof value === "string" && value !== "",
};

export const callback: Check<(...args: never[]) => unknown> = kind(
  "a function",
  (value) => typeof value === "function",
);

/** One of a few values, as `oneOf("sum", "mean")`. */
export function oneOf<const T extends string | number | boolean | null>(
  ...values: readonly T[]
): Check<T> {
  return {
    expects: values.map((value) => JSON.stringify(value)).join(" or "),
    isKind: (value) => values.some((allowed) => typeof allowed === typeof value),
    accepts: (value): value is T => values.includes(value as T),
  };
}

/** A list of what `element` accepts. */
export function listOf<T>(
  element: Check<T>,
  { length }: { length?: number } = {},
): Check<readonly T[]> {
  const count = length === undefined ? "" : `${length} `;
  return {
    expects: `a list of ${count}${element.each ?? `values, each ${element.expects}`}`,
    isKind: (value) => Array.isArray(value) && value.every((one) => element.isKind(one)),
    accepts: (value): value is readonly T[] =>
      Array.isArray(value) &&
      (length === undefined || value.length === length) &&
      value.every((one) => element.accepts(one)),
  };
}

/** What any of the checks accepts. */
export function anyOf<T extends readonly Check[]>(...checks: T): Check<Accepted<T[number]>> {
  return {
    expects: checks.map(({ expects }) => expects).join(", or "),
    isKind: (value) => checks.some((check) => check.isKind(value)),
    accepts: (value): value is Accepted<T[number]> => checks.some((check) => check.accepts(value)),
  };
}

/** Also null. */
export function nullable<T>(check: Check<T>): Check<T | null> {
  return anyOf(check, oneOf(null)) as Check<T | null>;
}

/** Anything `test` is true for; `expects` says what that is. */
export function kind<T>(expects: string, test: (value: unknown) => boolean): Check<T> {
  return { expects, isKind: test, accepts: (value): value is T => test(value) };
}

/**
 * Refuses a promise where a result is needed: what surrounds `body` would be over before it.
 * @param of the function as the user calls it: "noGrad"
 */
export function refusePromise(of: string, result: unknown): void {
  if (!(result instanceof Promise)) return;
  result.catch(() => undefined); // this error is the one to be told
  throw new TypeError(
    `${of}: body must not be async, got one that returns a promise; await before or after ${of}`,
  );
}

/** What a check accepts. */
export type Accepted<C> = C extends Check<infer T> ? T : never;

/**
 * Refuses a value that is not what `check` allows.
 * @param what names it as the user knows it: "generate: maxNewTokens"
 * @throws TypeError for a value of another kind, RangeError for one out of range
 */
export function requireValue<T>(what: string, value: unknown, check: Check<T>): asserts value is T {
  if (check.accepts(value)) return;
  const infinite = isNumber(value) && !Number.isFinite(value) ? "; it must be finite" : "";
  const message = `${what} must be ${check.expects}, got ${describeValue(value)}${infinite}`;
  throw check.isKind(value) ? new RangeError(message) : new TypeError(message);
}

function isNumber(value: unknown): value is number {
  return typeof value === "number";
}

function isWithin(value: number, { min, above, max, below }: Bounds): boolean {
  return (
    (min === undefined || value >= min) &&
    (above === undefined || value > above) &&
    (max === undefined || value <= max) &&
    (below === undefined || value < below)
  );
}

function boundsText({ min, above, max, below }: Bounds): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`;
  const parts = [
    min === undefined ? "" : `of at least ${min}`,
    above === undefined ? "" : `above ${above}`,
    max === undefined ? "" : `of at most ${max}`,
    below === undefined ? "" : `below ${below}`,
  ].filter(Boolean);
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
