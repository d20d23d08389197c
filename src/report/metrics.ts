// The one schema of training metrics: every step, every rank appends one row. Units are in the names;
// null means "not known here" (MFU without a known peak, memory the device does not report).
// Bytes are float64 because JavaScript numbers hold them exactly up to 8 PiB.
import { kind, requireValue } from "../arguments/checks.js";
import { requireRows } from "./arguments.js";

/** One row: one rank's view of one optimizer step. */
export interface MetricsRow {
  /** Optimizer steps done, counting this one. */
  readonly step: number;
  /** Milliseconds since this rank's run began. */
  readonly wall_ms: number;
  /** What the loop gave as its loss, on this rank. */
  readonly loss: number | null;
  /** Of the first parameter group. */
  readonly learning_rate: number | null;
  /** What the loop gave as the norm of its gradients. */
  readonly grad_norm: number | null;
  /** Tokens this rank accounts for, per second; ranks add up to the throughput of the run. */
  readonly tokens_per_s: number | null;
  /** Fraction of the device's peak that useful model FLOPs reach, 0 to 1. */
  readonly mfu: number | null;
  /** Milliseconds since this rank's previous step. */
  readonly step_ms: number;
  /** Bytes in tensors on the rank's device. */
  readonly memory_allocated_bytes: number | null;
  /** Bytes that the allocator has taken from the rank's device. */
  readonly memory_reserved_bytes: number | null;
  /** Resident set size of the process. */
  readonly host_memory_bytes: number | null;
  /** Rank that the row is from. */
  readonly rank: number;
  /** Metrics of the loop's own, by the names it gave them; absent without any. Each is a column too. */
  readonly others?: Readonly<Record<string, number>>;
}

/** A column that every run has. */
export type MetricsName = Exclude<keyof MetricsRow, "others">;

/** A column of the schema. */
export interface MetricsColumn {
  /** Key in `MetricsRow`. */
  readonly name: MetricsName;
  /** Arrow type. */
  readonly type: "int16" | "int32" | "float64";
  /** Whether "not known here" is allowed. */
  readonly nullable: boolean;
}

/** The columns that every `metrics.arrow` and every batch on the wire has, in order; a run's own metrics follow. */
export const METRICS_COLUMNS: readonly MetricsColumn[] = [
  { name: "step", type: "int32", nullable: false },
  { name: "wall_ms", type: "float64", nullable: false },
  { name: "loss", type: "float64", nullable: true },
  { name: "learning_rate", type: "float64", nullable: true },
  { name: "grad_norm", type: "float64", nullable: true },
  { name: "tokens_per_s", type: "float64", nullable: true },
  { name: "mfu", type: "float64", nullable: true },
  { name: "step_ms", type: "float64", nullable: false },
  { name: "memory_allocated_bytes", type: "float64", nullable: true },
  { name: "memory_reserved_bytes", type: "float64", nullable: true },
  { name: "host_memory_bytes", type: "float64", nullable: true },
  { name: "rank", type: "int16", nullable: false },
];

/** Schema-level metadata of a run's stream. */
export interface MetricsMetadata {
  /** Names the folder `runs/<id>/`. */
  readonly runId: string;
  /** Shown above the plot. */
  readonly title: string;
  /** Epoch milliseconds at which `wall_ms` is 0 on the rank that wrote the stream. */
  readonly startedAtMs: number;
  /** Planned number of optimizer steps, when known. */
  readonly totalSteps?: number;
  /** How MFU was computed, in words, when it was. */
  readonly mfuFormula?: string;
}

/** The bytes were not an Arrow stream of this schema. */
export class MetricsFormatError extends Error {
  override readonly name = "MetricsFormatError";
}

/** Names of the run's own metrics in the rows, in order of appearance. */
export function namesOfOthers(rows: readonly MetricsRow[]): string[] {
  requireRows("namesOfOthers", rows);
  return [...new Set(rows.flatMap(({ others = {} }) => Object.keys(others)))];
}

/** The few members of an Arrow table that reading rows needs; apache-arrow's `Table` has them. */
export interface ColumnarTable {
  /** Number of rows. */
  readonly numRows: number;
  /** Its columns. */
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  /** The column of this name, or null. */
  getChild(name: string): { get(index: number): unknown } | null;
}

const aTable = kind<ColumnarTable>(
  "a Table of apache-arrow",
  (value) => typeof (value as ColumnarTable | null)?.getChild === "function",
);

/** Reads the rows of an Arrow table of this schema; throws `MetricsFormatError` when a column is missing. */
export function rowsOfTable(table: ColumnarTable): MetricsRow[] {
  requireValue("rowsOfTable: table", table, aTable);
  const columns = METRICS_COLUMNS.map((column) => ({
    column,
    vector: vectorOf(table, column.name),
  }));
  const own = ownColumns(table);
  return Array.from({ length: table.numRows }, (_, index) => {
    const entries = columns.map(({ column, vector }) => [
      column.name,
      cellOf(column, vector.get(index)),
    ]);
    const others = own.flatMap(({ name, vector }) => {
      const value = vector.get(index);
      return typeof value === "number" ? [[name, value]] : [];
    });
    if (others.length > 0) entries.push(["others", Object.fromEntries(others)]);
    return Object.fromEntries(entries) as MetricsRow;
  });
}

function ownColumns(table: ColumnarTable) {
  const names = table.schema.fields.map(({ name }) => name);
  return names
    .filter((name) => !isFixedColumn(name))
    .map((name) => ({ name, vector: vectorOf(table, name) }));
}

/** Whether every run has a column of this name. */
export function isFixedColumn(name: string): boolean {
  return METRICS_COLUMNS.some((column) => column.name === name);
}

function vectorOf(table: ColumnarTable, name: string) {
  const vector = table.getChild(name);
  if (vector) return vector;
  const expected = METRICS_COLUMNS.map((column) => column.name).join(", ");
  throw new MetricsFormatError(`metrics lack the column \`${name}\`; expected ${expected}`);
}

function cellOf(column: MetricsColumn, value: unknown): number | null {
  if (typeof value === "number") return value;
  if (column.nullable && (value === null || value === undefined)) return null;
  throw new MetricsFormatError(
    `metrics column \`${column.name}\` holds ${String(value)} (${typeof value}); expected a number`,
  );
}
