// Any thrown value as an error report, whatever its getters do.

import { inspect, types } from "node:util";
import { IMPORT, RESUME } from "../link/cell-globals.js";
import type { ErrorReport } from "../link/messages.js";

const NOT_ITERABLE = `${RESUME} is not a function or its return value is not iterable`;
const MAX_CAUSES = 5;
const MAX_ERRORS = 5;
const MAX_DETAILS_CHARS = 1000;
/** Told otherwise, or of use to programs only. */
const KNOWN = new Set(["name", "message", "stack", "cause", "errors", "errno", "syscall"]);
const MAX_MESSAGE_CHARS = 20_000;

/** Report of a thrown value; never throws itself. */
export function describeError(thrown: unknown, depth = 0): ErrorReport {
  try {
    if (isError(thrown)) return describeReal(thrown, depth);
    return { name: "Uncaught", message: cut(inspect(thrown, { depth: 2 })), stack: "" };
  } catch (hostile) {
    const why = hostile instanceof Error ? hostile.name : typeof hostile;
    return { name: "Error", message: `a thrown value that cannot be read (${why})`, stack: "" };
  }
}

/** Also those of other realms, as of a vm context. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

/** The class tells more where the name was left as it is. */
function nameOf(error: Error): string {
  return String(
    error.name && error.name !== "Error" ? error.name : error.constructor.name || "Error",
  );
}

function describeReal(error: Error, depth: number): ErrorReport {
  const message = cut(inOwnWords(String(error.message)));
  const details = detailsOf(error, message);
  return {
    name: nameOf(error),
    message,
    stack: typeof error.stack === "string" ? error.stack : "",
    ...(details === "" ? {} : { details }),
    ...(depth < MAX_CAUSES ? partsOf(error, depth + 1) : {}),
  };
}

/** V8 quotes the code that it runs, where awaits and imports go through functions of ours. */
function inOwnWords(message: string): string {
  return message
    .replace(
      NOT_ITERABLE,
      "what await gave is not iterable; if it is an object: const { a, b } = await ...",
    )
    .replaceAll(`${RESUME}(...)`, "(await ...)")
    .replaceAll(`${IMPORT}(...)`, "import(...)");
}

/** The errors inside an error. */
function partsOf(error: Error, depth: number): Partial<ErrorReport> {
  const { cause, errors } = error as AggregateError;
  return {
    ...(cause === undefined ? {} : { cause: describeError(cause, depth) }),
    ...(Array.isArray(errors)
      ? { errors: errors.slice(0, MAX_ERRORS).map((each) => describeError(each, depth)) }
      : {}),
  };
}

/** What else it says, such as `{ status: 404 }`; no getter is run. */
function detailsOf(error: Error, message: string): string {
  const entries = Object.entries(Object.getOwnPropertyDescriptors(error)).filter(
    ([key, { enumerable, value }]) =>
      enumerable && !KNOWN.has(key) && !(isWord(value) && message.includes(String(value))),
  );
  if (entries.length === 0) return "";
  const options = { depth: 1, maxArrayLength: 10, breakLength: 100 };
  return cut(inspect(Object.defineProperties({}, Object.fromEntries(entries)), options), {
    maxChars: MAX_DETAILS_CHARS,
  });
}

function isWord(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function cut(text: string, { maxChars } = { maxChars: MAX_MESSAGE_CHARS }): string {
  if (text.length <= maxChars) return text;
  return `${text.slice(0, maxChars)} ... (${text.length} characters)`;
}
