// What a progress bar says, as one line of text and as HTML. The remaining time assumes the mean rate so far.

import { number, requireValue } from "../arguments/checks.js";
import type { MimeBundle } from "./host.js";

export interface ProgressState {
  readonly count: number;
  readonly total: number | undefined;
  readonly label: string;
  readonly note: string;
  readonly elapsedMs: number;
}

const BAR_WIDTH = 24;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** `fine-tune  45% ██████████▊ 90/200 · 12.3/s · 0:07 elapsed, 0:09 left · loss 3.21` */
export function progressLine(state: ProgressState): string {
  const { label, total, count } = state;
  const fraction = fractionOf(state);
  const head =
    fraction === undefined
      ? `${count}`
      : `${percent(fraction)} ${blocks(fraction)} ${count}/${total}`;
  return [label, head, detailsOf(state)].filter(Boolean).join(" ");
}

/** The same as a MIME bundle: an HTML bar in the colours of JupyterLab's theme, and plain text. */
export function progressBundle(state: ProgressState, final: boolean): MimeBundle {
  const fraction = fractionOf(state);
  const done = fraction === undefined || fraction >= 1;
  const color = final && !done ? "warn" : "brand";
  const width = fraction === undefined ? (final ? 1 : 0) : fraction;
  const counted = state.total === undefined ? `${state.count}` : `${state.count}/${state.total}`;
  const html = [
    `<div style="display:flex;align-items:center;gap:10px;font-size:13px;font-variant-numeric:tabular-nums">`,
    `<span>${escapeHtml(state.label)}</span>`,
    `<div style="flex:0 1 260px;height:8px;border-radius:4px;overflow:hidden;background:rgba(128,128,128,.25)">`,
    `<div style="width:${(width * 100).toFixed(1)}%;height:100%;border-radius:4px;`,
    `background:var(--jp-${color}-color1,#2a78d6)"></div></div>`,
    `<span>${fraction === undefined ? "" : percent(fraction)} ${counted}${escapeHtml(detailsOf(state))}</span></div>`,
  ].join("");
  return { "text/html": html, "text/plain": progressLine(state) };
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

function fractionOf({ count, total }: ProgressState): number | undefined {
  if (total === undefined) return undefined;
  return total === 0 ? 1 : Math.min(1, count / total);
}

function detailsOf({ count, total, elapsedMs, note }: ProgressState): string {
  const parts = [];
  if (count > 0 && elapsedMs > 0) parts.push(rateOf(count / (elapsedMs / 1000)));
  const left =
    total !== undefined && count > 0 && count < total ? (elapsedMs / count) * (total - count) : 0;
  parts.push(`${clock(elapsedMs)} elapsed${left > 0 ? `, ${clock(left)} left` : ""}`);
  if (note) parts.push(note);
  return parts.map((part) => ` · ${part}`).join("");
}

function rateOf(perSecond: number): string {
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
