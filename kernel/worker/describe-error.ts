// Any thrown value as an error report, whatever its getters do.

import { inspect } from "node:util";
import type { ErrorReport } from "../link/messages.js";

const MAX_CAUSES = 5;
const MAX_MESSAGE_CHARS = 20_000;

/** Report of a thrown value; never throws itself. */
export function describeError(thrown: unknown, depth = 0): ErrorReport {
  try {
    if (thrown instanceof Error) return describeReal(thrown, depth);
    return { name: "Uncaught", message: cut(inspect(thrown, { depth: 2 })), stack: "" };
  } catch (hostile) {
    const why = hostile instanceof Error ? hostile.name : typeof hostile;
    return { name: "Error", message: `a thrown value that cannot be read (${why})`, stack: "" };
  }
}

function describeReal(error: Error, depth: number): ErrorReport {
  const report = {
    name: String(error.name || error.constructor.name),
    message: cut(String(error.message)),
    stack: typeof error.stack === "string" ? error.stack : "",
  };
  if (error.cause === undefined || depth >= MAX_CAUSES) return report;
  return { ...report, cause: describeError(error.cause, depth + 1) };
}

function cut(text: string): string {
  if (text.length <= MAX_MESSAGE_CHARS) return text;
  return `${text.slice(0, MAX_MESSAGE_CHARS)} ... (${text.length} characters)`;
}
