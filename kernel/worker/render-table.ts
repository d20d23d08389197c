// An Apache Arrow table as an HTML table and as aligned text. Tables are recognised by their shape, so
// that any version of the library works and none has to be loaded here.

import type { MimeBundle } from "notebooster/report";

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;
const MAX_CELL_CHARS = 80;

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

function formatCell(value: unknown): string {
  const text = typeof value === "string" ? value : String(value ?? "null");
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
