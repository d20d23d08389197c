// Rows as JSON columns, for a notebook file: six significant digits, columns that are unknown throughout left out. JSON has no
// NaN and no infinity: they are their names in quotes.

import { kind, requireValue } from "../arguments/checks.js";
import { requireRows } from "./arguments.js";
import {
  METRICS_COLUMNS,
  MetricsFormatError,
  type MetricsName,
  type MetricsRow,
  namesOfOthers,
} from "./metrics.js";

type Cell = number | "NaN" | "Infinity" | "-Infinity" | null;

/** Rows as columns, without those that are unknown throughout. */
export type Snapshot = { readonly [name in MetricsName]?: readonly Cell[] } & {
  /** The run's own metrics, by name. */
  readonly others?: { readonly [name: string]: readonly Cell[] };
};

const aSnapshot = kind<Snapshot>(
  "an object of columns, as snapshotOf gives it",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
);

/** Rows as JSON columns for a notebook file, numbers with six significant digits. */
export function snapshotOf(rows: readonly MetricsRow[]): Snapshot {
  requireRows("snapshotOf", rows);
  const columns = METRICS_COLUMNS.map(({ name }) => [
    name,
    rows.map((row) => written(row[name])),
  ]) satisfies [MetricsName, Cell[]][];
  const own = namesOfOthers(rows).map((name) => [
    name,
    rows.map(({ others }) => written(others?.[name] ?? null)),
  ]);
  return {
    ...Object.fromEntries(columns.filter(([, values]) => values.some((value) => value !== null))),
    ...(own.length > 0 ? { others: Object.fromEntries(own) } : {}),
  };
}

/** The rows of a snapshot; throws `MetricsFormatError` when it is not one. */
export function rowsOfSnapshot(snapshot: Snapshot): MetricsRow[] {
  requireValue("rowsOfSnapshot: snapshot", snapshot, aSnapshot);
  const numRows = snapshot.step?.length ?? 0;
  const others = Object.entries(snapshot.others ?? {});
  for (const { name, nullable } of METRICS_COLUMNS) {
    checkLength(name, snapshot[name]?.length ?? (nullable ? numRows : 0), numRows);
  }
  for (const [name, values] of others) checkLength(name, values.length, numRows);
  return Array.from({ length: numRows }, (_, index) => {
    const entries = METRICS_COLUMNS.map(({ name }) => [name, read(snapshot[name]?.[index])]);
    const own = others.map(([name, values]) => [name, read(values[index])]);
    const known = own.filter(([, value]) => value !== null);
    if (known.length > 0) entries.push(["others", Object.fromEntries(known)]);
    return Object.fromEntries(entries) as MetricsRow;
  });
}

function checkLength(name: string, length: number, numRows: number): void {
  if (length === numRows) return;
  throw new MetricsFormatError(`snapshot column \`${name}\` has ${length} of ${numRows} rows`);
}

function written(value: number | null): Cell {
  if (value === null || Number.isFinite(value)) return value && Number(value.toPrecision(6));
  return String(value) as Cell;
}

function read(cell: Cell | undefined): number | null {
  return cell === null || cell === undefined ? null : Number(cell);
}
