// One panel as SVG: title, axis with unit, grid, lines; on a light opaque card, so it reads on any page.

import { freeCorner } from "./free-corner.js";
import { type Band, bandsOf } from "./not-finite.js";
import type { Panel, PanelSeries } from "./panels.js";
import { type Scale, scaleOf, shortNumber } from "./ticks.js";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const INK = {
  text: "#1f2328",
  muted: "#59636e",
  grid: "#e4e7eb",
  axis: "#9aa3ad",
  alarm: "#cf3b33",
};
const COLORS = [
  "#2563d9",
  "#d9730d",
  "#1d8a54",
  "#cf3b33",
  "#7d4ec2",
  "#12818f",
  "#b93d80",
  "#5d6570",
];
const MARGIN = { left: 64, right: 14, top: 30, bottom: 42 };

/** SVG elements of the panel inside `box`. */
export function panelSvg(panel: Panel, box: Box): string {
  const plot = {
    x: box.x + MARGIN.left,
    y: box.y + MARGIN.top,
    width: box.width - MARGIN.left - MARGIN.right,
    height: box.height - MARGIN.top - MARGIN.bottom,
  };
  const steps = panel.series.flatMap((series) => [...series.steps]);
  const x = scaleOf(steps, 5);
  const isWhole = steps.every(Number.isInteger); // then a fraction of a step is no place to name
  const ticks = x.ticks.filter((tick) => !isWhole || Number.isInteger(tick));
  const values = panel.series.flatMap((series) => [...series.values]);
  const y = scaleOf(panel.fromZero ? [0, ...values] : values, 4);
  const frame = { plot, x: { ...x, ticks, ...tightOf(panel) }, y };
  const lines = panel.series.map((series, index) => lineSvg(series, colorOf(index), frame));
  const bands = bandsOf(panel).map((band) => bandSvg(band, frame));
  const titles = titlesSvg(panel, box, plot);
  return [titles, gridSvg(frame), ...bands, ...lines, legendSvg(panel, plot)].join("\n");
}

/** Text with the characters of XML escaped. */
export function text(x: number, y: number, content: string, attributes = ""): string {
  const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
  const safe = content.replaceAll(/[&<>]/g, (character) => entities[character] ?? character);
  return `<text x="${round(x)}" y="${round(y)}" ${attributes}>${safe}</text>`;
}

interface Frame {
  readonly plot: Box;
  readonly x: Scale;
  readonly y: Scale;
}

/** Steps run from edge to edge of the panel instead of to the next round tick. */
function tightOf(panel: Panel): { min: number; max: number } | undefined {
  const steps = panel.series.flatMap(({ steps }) => [...steps.slice(0, 1), ...steps.slice(-1)]);
  const [min, max] = [Math.min(...steps), Math.max(...steps)];
  return max > min ? { min, max } : undefined;
}

function titlesSvg(panel: Panel, box: Box, plot: Box): string {
  const middle = plot.y + plot.height / 2;
  const turned = `text-anchor="middle" transform="rotate(-90 ${box.x + 12} ${middle})"`;
  return [
    text(plot.x, box.y + 18, panel.title, `font-weight="bold" fill="${INK.text}"`),
    text(box.x + 12, middle, panel.unit, `${turned} font-size="11" fill="${INK.muted}"`),
    text(
      plot.x + plot.width / 2,
      box.y + box.height - 8,
      panel.across ?? "step",
      `text-anchor="middle" font-size="11" fill="${INK.muted}"`,
    ),
  ].join("\n");
}

function gridSvg({ plot, x, y }: Frame): string {
  const style = `font-size="11" fill="${INK.muted}"`;
  const rows = y.ticks.map((tick) => {
    const height = yOf({ plot, x, y }, tick);
    const label = text(plot.x - 7, height + 4, shortNumber(tick), `text-anchor="end" ${style}`);
    return `${segment([plot.x, height], [plot.x + plot.width, height], INK.grid)}${label}`;
  });
  const bottom = plot.y + plot.height;
  const inside = x.ticks.filter((tick) => tick >= x.min && tick <= x.max);
  const columns = inside.map((tick) => {
    const left = xOf({ plot, x, y }, tick);
    const label = text(left, bottom + 16, shortNumber(tick), `text-anchor="middle" ${style}`);
    return `${segment([left, bottom], [left, bottom + 4], INK.axis)}${label}`;
  });
  const axis = segment([plot.x, bottom], [plot.x + plot.width, bottom], INK.axis);
  return [...rows, ...columns, axis].join("\n");
}

function lineSvg(series: PanelSeries, color: string, frame: Frame): string {
  const pieces: string[] = [];
  let pen = "M";
  for (const [index, step] of series.steps.entries()) {
    const value = series.values[index];
    if (value === null || value === undefined || !Number.isFinite(value)) pen = "M";
    else {
      pieces.push(`${pen}${round(xOf(frame, step))} ${round(yOf(frame, value))}`);
      pen = "L";
    }
  }
  if (pieces.length === 0) return "";
  const isAlone = pieces.every((piece) => piece.startsWith("M")); // a line of no length shows as a dot where it is wide
  const width = isAlone ? 5 : 1.8;
  const stroke = `stroke="${color}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"`;
  const path = isAlone ? pieces.map((piece) => `${piece}h0.01`) : pieces;
  return `<path d="${path.join("")}" fill="none" ${stroke}/>`;
}

/** Steps at which there is no finite value, and what there is instead. */
function bandSvg(band: Band, frame: Frame): string {
  const { plot } = frame;
  const [from, to] = [xOf(frame, band.from), xOf(frame, band.to)];
  const width = Math.max(2, to - from);
  const place = `x="${round(from)}" y="${plot.y}" width="${round(width)}" height="${plot.height}"`;
  const isRight = from > plot.x + plot.width / 2;
  const style = `text-anchor="${isRight ? "end" : "start"}" font-size="11" fill="${INK.alarm}"`;
  const label = text(from + (isRight ? -4 : 4), plot.y + 12, band.text, style);
  return `<rect ${place} fill="${INK.alarm}" fill-opacity="0.16"/>${label}`;
}

/** Names of the series in the corner that is most free; numbers alone where there are many ranks. */
function legendSvg(panel: Panel, plot: Box): string {
  if (panel.series.length < 2) return "";
  const full = panel.series.slice(0, COLORS.length).map((series) => series.name);
  const names = full.join("").length > 24 ? full.map((name) => name.replace("rank ", "")) : full;
  const widths = names.map((name) => 24 + name.length * 5.8);
  const corner = freeCorner(panel);
  const bottom = corner.y === "bottom" ? plot.y + plot.height - 8 : plot.y + 12;
  let left = plot.x + (corner.x === "right" ? plot.width : widths.reduce((a, b) => a + b, 0));
  const entries = names.map((_, index) => {
    const order = names.length - 1 - index;
    const name = names[order] ?? "";
    left -= widths[order] ?? 0;
    const swatch = `<rect x="${round(left + 6)}" y="${round(bottom - 4)}" width="10" height="3"`;
    const label = text(left + 19, bottom, name, `font-size="10" fill="${INK.muted}"`);
    return `${swatch} fill="${colorOf(order)}"/>${label}`;
  });
  return entries.join("\n");
}

function segment(
  from: readonly [number, number],
  to: readonly [number, number],
  color: string,
): string {
  const [x1, y1, x2, y2] = [...from, ...to].map(round);
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${color}"/>`;
}

function xOf({ plot, x }: Frame, step: number): number {
  return plot.x + ((step - x.min) / (x.max - x.min)) * plot.width;
}

function yOf({ plot, y }: Frame, value: number): number {
  return plot.y + (1 - (value - y.min) / (y.max - y.min)) * plot.height;
}

function colorOf(index: number): string {
  return COLORS[index % COLORS.length] ?? INK.text;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
