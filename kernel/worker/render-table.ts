// Tables as HTML and as aligned text: Apache Arrow's, recognised by their shape, so that any version of the library works and
// none has to be loaded here, and what a cell calls a table, rows or columns of plain values.

import { inspect } from "node:util";
import type { MimeBundle } from "notebooster/host";

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;
const MAX_CELL_CHARS = 80;
/** Rows in which columns are looked for. */
const MAX_SCANNED = 1000;

export interface ArrowTable {
  readonly numRows: number;
  readonly schema: {
    readonly fields: readonly { readonly name: string; readonly type: unknown }[];
  };
  readonly batches: readonly unknown[];
  get(index: number): Record<string, unknown> | null;
}

export function isArrowTable(value: object): value is ArrowTable {
  const { numRows, schema, batches, get } = value as Partial<ArrowTable>;
  const isShaped =
    typeof numRows === "number" && Array.isArray(batches) && typeof get === "function";
  return isShaped && Array.isArray(schema?.fields);
}

export function renderTable(table: ArrowTable): MimeBundle {
  const fields = table.schema.fields.slice(0, MAX_COLUMNS);
  const names = fields.map((field) => field.name);
  const numShown = Math.min(table.numRows, MAX_ROWS);
  const rows = Array.from({ length: numShown }, (_, index) => {
    const row = table.get(index);
    return names.map((name) => formatCell(row?.[name]));
  });
  const hidden = table.schema.fields.length - fields.length;
  const more = hidden > 0 ? `, ${hidden} columns not shown` : "";
  const caption = `${table.numRows} rows x ${table.schema.fields.length} columns${more}`;
  const typesOf = fields.map((field) => String(field.type));
  return {
    "text/plain": plainTable([names, typesOf, ...rows], caption),
    "text/html": htmlTable({ names, types: typesOf, rows, caption }),
  };
}

/**
 * Rows (objects or arrays) or an object of columns as a table; a tensor's rows are arrays.
 * @throws TypeError for anything else
 */
export function renderRows(value: unknown): MimeBundle {
  const rows = rowsOf(value);
  const all = [...new Set(rows.slice(0, MAX_SCANNED).flatMap((row) => Object.keys(row)))];
  const names = all.slice(0, MAX_COLUMNS);
  const shown = rows.slice(0, MAX_ROWS).map((row) => names.map((name) => formatCell(row[name])));
  const more = all.length > names.length ? `, ${all.length - names.length} columns not shown` : "";
  const first = rows.length > MAX_ROWS ? `, the first ${MAX_ROWS} shown` : "";
  const caption = `${rows.length} rows x ${all.length} columns${first}${more}`;
  return {
    "text/plain": plainTable([names, ...shown], caption),
    "text/html": htmlTable({ names, types: [], rows: shown, caption }),
  };
}

function rowsOf(value: unknown): Record<string, unknown>[] {
  const { tolist } = Object(value) as { tolist?: unknown };
  const given: unknown =
    typeof tolist === "function" ? (tolist as () => unknown).call(value) : value;
  if (Array.isArray(given) && given.every(isRecord)) return given;
  if (isRecord(given)) {
    const columns = Object.entries(given).map(([name, column]) => [name, listOf(column)] as const);
    const length = Math.max(0, ...columns.map(([, column]) => column?.length ?? 0));
    if (columns.every(([, column]) => column !== undefined)) {
      return Array.from({ length }, (_, i) =>
        Object.fromEntries(columns.map(([name, column]) => [name, column?.[i]])),
      );
    }
  }
  throw new TypeError(
    `display.table() takes an array of rows (objects or arrays) or an object of columns, got ${inspect(value, { depth: 0 })}`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function listOf(column: unknown): readonly unknown[] | undefined {
  if (Array.isArray(column)) return column;
  return ArrayBuffer.isView(column) ? Array.from(column as Float64Array) : undefined;
}

function formatCell(value: unknown): string {
  const isObject = typeof value === "object" && value !== null;
  const text = isObject ? inspect(value, { depth: 1, breakLength: 1000 }) : String(value ?? "null");
  return text.length > MAX_CELL_CHARS ? `${text.slice(0, MAX_CELL_CHARS)}...` : text;
}

function plainTable(rows: readonly (readonly string[])[], caption: string): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lines = rows.map((row) => row.map((cell, i) => cell.padStart(widths[i] ?? 0)).join("  "));
  return [...lines, caption].join("\n");
}

interface HtmlParts {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly caption: string;
}

function htmlTable({ names, types, rows, caption }: HtmlParts): string {
  const head = names
    .map((name, i) => `<th title="${escapeHtml(types[i] ?? "")}">${escapeHtml(name)}</th>`)
    .join("");
  const body = rows
    .map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join("")}</tr>`)
    .join("");
  const table = `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
  return `${table}<p>${escapeHtml(caption)}</p>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
