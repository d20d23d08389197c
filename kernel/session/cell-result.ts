// How a cell ended, in the person's own lines.

import type { Traceback } from "../language/stack.js";
import type { ErrorReport, Outcome, Rendered } from "../link/messages.js";

export type CellResult =
  | {
      readonly status: "ok";
      readonly result?: Rendered;
      readonly expressions: Record<string, Rendered | Traceback>;
      /** What the front end is asked to do besides, such as to show a page. */
      readonly payload?: readonly object[];
    }
  | ({ readonly status: "error" } & Traceback);

/** The workers' outcome with their errors as `format` shows them. */
export function describeOutcome(
  outcome: Outcome,
  format: (error: ErrorReport) => Traceback,
): CellResult {
  if (outcome.status === "error") return { status: "error", ...format(outcome.error) };
  const expressions = Object.entries(outcome.expressions).map(([name, value]) => [
    name,
    "bundle" in value ? value : format(value),
  ]);
  return {
    ...outcome,
    expressions: Object.fromEntries(expressions) as Record<string, Rendered | Traceback>,
  };
}
