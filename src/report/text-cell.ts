// Cells of tables whose content is text of many lines, as a model writes it.
import { escapeHtml } from "./escape-html.js";

const STYLE = "text-align:left;vertical-align:top;white-space:pre-wrap";

/** A cell of an HTML table. */
export function textCell(tag: "td" | "th", content: string): string {
  return `<${tag} style="${STYLE}">${escapeHtml(content)}</${tag}>`;
}

/** A row of them. */
export function textRow(tag: "td" | "th", contents: readonly string[]): string {
  return `<tr>${contents.map((content) => textCell(tag, content)).join("")}</tr>`;
}
