// Rows as JSON columns, for a notebook file: six significant digits, columns that are unknown throughout left out.

import { kind, requireValue } from "../arguments/checks.js";
import { requireRows } from "./arguments.js";
import {
  METRICS_COLUMNS,
  MetricsFormatError,
  type MetricsName,
  type MetricsRow,
} from "./metrics.js";

/** Rows as columns, without those that are unknown throughout. */
export type Snapshot = { readonly [name in MetricsName]?: readonly (number | null)[] };

const aSnapshot = kind<Snapshot>(
  "an object of columns, as snapshotOf gives it",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

/** Rows as JSON columns for a notebook file, numbers with six significant digits. */
export function snapshotOf(rows: readonly MetricsRow[]): Snapshot {
  requireRows("snapshotOf", rows);
  const columns = METRICS_COLUMNS.map(({ name }) => [
    name,
    rows.map((row) => rounded(row[name])),
  ]) satisfies [MetricsName, (number | null)[]][];
  return Object.fromEntries(columns.filter(([, values]) => values.some((value) => value !== null)));
}

/** The rows of a snapshot; throws `MetricsFormatError` when it is not one. */
export function rowsOfSnapshot(snapshot: Snapshot): MetricsRow[] {
  requireValue("rowsOfSnapshot: snapshot", snapshot, aSnapshot);
  const numRows = snapshot.step?.length ?? 0;
  for (const { name, nullable } of METRICS_COLUMNS) {
    const length = snapshot[name]?.length ?? (nullable ? numRows : 0);
    if (length === numRows) continue;
    throw new MetricsFormatError(`snapshot column \`${name}\` has ${length} of ${numRows} rows`);
  }
  return Array.from({ length: numRows }, (_, index) => {
    const entries = METRICS_COLUMNS.map(({ name }) => [name, snapshot[name]?.[index] ?? null]);
    return Object.fromEntries(entries) as MetricsRow;
  });
}

/** JSON has no NaN or infinity: they become unknown. */
function rounded(value: number | null): number | null {
  return value === null || !Number.isFinite(value) ? null : Number(value.toPrecision(6));
}
