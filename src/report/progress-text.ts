// What a progress bar says, as one line of text and as HTML. The remaining time assumes the mean rate so far.

import { kind, number, requireValue } from "../arguments/checks.js";
import type { MimeBundle, RunOutcome } from "../host/index.js";
import { byteText } from "./byte-text.js";

/** How far a bar is. */
export interface ProgressState {
  /** Items done so far. */
  readonly count: number;
  /** Number of items, where it is known. */
  readonly total?: number | undefined;
  /** Before the bar. */
  readonly label: string;
  /** What is counted, where that is bytes. */
  readonly unit?: "bytes" | undefined;
  /** After the bar, such as `loss 3.21`. */
  readonly note: string;
  /** Milliseconds since the bar began. */
  readonly elapsedMs: number;
  /** How it ended; absent while it goes on. */
  readonly outcome?: RunOutcome | undefined;
}

/** A bar as the extension follows it while its cell runs. */
export interface ProgressModel extends ProgressState {
  /** Display id of its output. */
  readonly id: string;
}

/** MIME type of a `ProgressModel`. */
export const PROGRESS_MIME = "application/vnd.notebooster.progress.v1+json";

const aState = kind<ProgressState>(
  "how far a bar is: { count, label, note, elapsedMs }",
  (value) => typeof value === "object" && value !== null && "count" in value,
);
const BAR_WIDTH = 24;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** `fine-tune  45% ██████████▊ 90/200 · 12.3/s · 0:07 elapsed, 0:09 left · loss 3.21` */
export function progressLine(state: ProgressState): string {
  const { label } = state;
  const fraction = fractionOf(state);
  const head =
    fraction === undefined
      ? countedOf(state)
      : `${percent(fraction)} ${blocks(fraction)} ${countedOf(state)}`;
  return [label, head, detailsOf(state)].filter(Boolean).join(" ");
}

/** The same as a MIME bundle: what the extension follows, an HTML bar in the colours of JupyterLab's theme, and plain text. */
export function progressBundle(model: ProgressModel): MimeBundle {
  requireValue("progressBundle: model", model, aState);
  return {
    [PROGRESS_MIME]: model,
    "text/html": progressHtml(model),
    "text/plain": progressLine(model),
  };
}

/** The bar as HTML. */
export function progressHtml(state: ProgressState): string {
  requireValue("progressHtml: state", state, aState);
  const fraction = fractionOf(state);
  const isFull = fraction === undefined || fraction >= 1;
  const width = fraction === undefined ? (state.outcome ? 1 : 0) : fraction;
  return [
    `<div style="display:flex;align-items:center;gap:10px;font-size:13px;font-variant-numeric:tabular-nums">`,
    `<span>${escapeHtml(state.label)}</span>`,
    `<div style="flex:0 1 260px;height:8px;border-radius:4px;overflow:hidden;background:rgba(128,128,128,.25)">`,
    `<div style="width:${(width * 100).toFixed(1)}%;height:100%;border-radius:4px;`,
    `background:${colorOf(state, isFull)}"></div></div>`,
    `<span>${fraction === undefined ? "" : percent(fraction)} ${escapeHtml(countedOf(state))}${escapeHtml(detailsOf(state))}</span></div>`,
  ].join("");
}

/** `75` seconds -> `1:15`, `3700` seconds -> `1:01:40`. */
export function clock(ms: number): string {
  requireValue("clock: ms", ms, number({ min: 0 }));
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((n) =>
    String(n).padStart(2, "0"),
  );
  const hours = Math.floor(seconds / 3600);
  const text = hours > 0 ? `${hours}:${parts.join(":")}` : parts.join(":").replace(/^0/, "");
  return text;
}

function colorOf({ outcome }: ProgressState, isFull: boolean): string {
  if (outcome === "failed") return "var(--jp-error-color1,#d64545)";
  const isStopped = outcome === "interrupted" || (outcome !== undefined && !isFull);
  return isStopped ? "var(--jp-warn-color1,#e8862e)" : "var(--jp-brand-color1,#2a78d6)";
}

function fractionOf({ count, total }: ProgressState): number | undefined {
  if (total === undefined) return undefined;
  return total === 0 ? 1 : Math.min(1, count / total);
}

function countedOf({ count, total, unit }: ProgressState): string {
  const [done, all] = [count, total].map((n) =>
    unit === "bytes" && n !== undefined ? byteText(n) : n,
  );
  return all === undefined ? `${done}` : `${done}/${all}`;
}

function detailsOf({ count, total, unit, elapsedMs, note, outcome }: ProgressState): string {
  const parts = [];
  if (outcome === "interrupted" || outcome === "failed") parts.push(outcome);
  if (count > 0 && elapsedMs > 0) parts.push(rateOf(count / (elapsedMs / 1000), unit));
  const left =
    outcome === undefined && total !== undefined && count > 0 && count < total
      ? (elapsedMs / count) * (total - count)
      : 0;
  parts.push(`${clock(elapsedMs)} elapsed${left > 0 ? `, ${clock(left)} left` : ""}`);
  if (note) parts.push(note);
  return parts.map((part) => ` · ${part}`).join("");
}

function rateOf(perSecond: number, unit: ProgressState["unit"]): string {
  if (unit === "bytes") return `${byteText(Math.round(perSecond))}/s`;
  return perSecond >= 1
    ? `${Number(perSecond.toPrecision(3))}/s`
    : `${Number((1 / perSecond).toPrecision(3))} s each`;
}

function percent(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`.padStart(4);
}

function blocks(fraction: number): string {
  const eighths = Math.round(fraction * BAR_WIDTH * 8);
  const full = Math.floor(eighths / 8);
  return `${"█".repeat(full)}${EIGHTHS[eighths % 8]}`.padEnd(BAR_WIDTH, "░");
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
}
