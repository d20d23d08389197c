// What the functions of reports take.
import { type Check, kind, requireValue } from "../arguments/checks.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";

/** Rows of metrics may be 100,000: the first one stands for all. */
const someRows: Check<readonly MetricsRow[]> = kind(
  "a list of rows of metrics, as run.rows gives them",
  (value) => Array.isArray(value) && (value.length === 0 || isObjectWith("step", value[0])),
);

const aMetadata: Check<MetricsMetadata> = kind("the run's description, as run.metadata", (value) =>
  isObjectWith("runId", value),
);

export const someBytes: Check<Uint8Array> = kind(
  "bytes (a Uint8Array)",
  (value) => value instanceof Uint8Array,
);

/** @param of the function as the user calls it */
export function requireRows(of: string, rows: readonly MetricsRow[]): void {
  requireValue(`${of}: rows`, rows, someRows);
}

/** @param of the function as the user calls it */
export function requireRun(
  of: string,
  rows: readonly MetricsRow[],
  metadata: MetricsMetadata,
): void {
  requireRows(of, rows);
  requireValue(`${of}: metadata`, metadata, aMetadata);
}

function isObjectWith(name: string, value: unknown): boolean {
  return typeof value === "object" && value !== null && name in value;
}
