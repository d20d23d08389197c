// A run as a Plotly figure: subplots in a grid, transparent, in colours that read on light and dark.
// The JupyterLab extension draws the same figure with the colours of its theme.

import { integer, kind, number } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { requireRun } from "./arguments.js";
import { type Corner, freeCorner } from "./free-corner.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";
import { bandsOf } from "./not-finite.js";
import { type Panel, type PanelSeries, panelsOf } from "./panels.js";
import { extentOf, isFlat, widened } from "./ticks.js";

/** Colours a figure is drawn in; CSS colour strings. */
export interface FigureTheme {
  /** Of titles and tick labels. */
  readonly text: string;
  /** Of grid lines. */
  readonly grid: string;
  /** Of axes. */
  readonly line: string;
  /** CSS font family. */
  readonly font: string;
  /** One colour per rank, reused in order. */
  readonly series: readonly string[];
}

/** Reads on white and on black. */
export const NEUTRAL_THEME: FigureTheme = {
  text: "#808890",
  grid: "rgba(128,136,144,0.25)",
  line: "rgba(128,136,144,0.6)",
  font: "system-ui, sans-serif",
  series: ["#3b82f6", "#e8862e", "#2fa66b", "#e5534b", "#9a6bd6", "#1fa3b3", "#d9609e", "#8a8f98"],
};

/** How a figure is drawn. */
export interface FigureOptions {
  /** Default: `NEUTRAL_THEME`. */
  readonly theme?: FigureTheme;
  /** Panels side by side. */
  readonly numColumns?: number;
  /** Height of one row of panels in pixels. */
  readonly rowHeight?: number;
}

const OPTIONS: OptionTable<FigureOptions> = {
  theme: kind("colours, as NEUTRAL_THEME", (value) => typeof value === "object" && value !== null),
  numColumns: integer({ min: 1 }),
  rowHeight: number({ above: 0 }),
};

/** `data` and `layout` as plotly.js and `application/vnd.plotly.v1+json` take them. */
export interface PlotlyFigure {
  /** Traces. */
  readonly data: readonly Record<string, unknown>[];
  /** Axes, titles and size. */
  readonly layout: Record<string, unknown>;
}

/** The figure of a run; rows of several ranks are merged. Give decimated rows: every row becomes a point. */
export function plotlyFigure(
  rows: readonly MetricsRow[],
  metadata: MetricsMetadata,
  options: FigureOptions = {},
): PlotlyFigure {
  requireRun("plotlyFigure", rows, metadata);
  checkOptions("plotlyFigure", options, OPTIONS);
  return figureOf(panelsOf(rows, metadata), options);
}

/** The figure of any panels. */
export function figureOf(
  panels: readonly Panel[],
  { theme = NEUTRAL_THEME, numColumns = 3, rowHeight = 210 }: FigureOptions = {},
): PlotlyFigure {
  const grid = { numColumns, numRows: Math.ceil(panels.length / numColumns), rowHeight };
  const axes = panels.map((panel, index) => axesOf(panel, index, { theme, grid }));
  const marks = panels.map((panel, index) => marksOf(panel, index));
  const layout = {
    ...baseLayout(theme, grid.numRows * rowHeight + MODE_BAR_HEIGHT),
    ...Object.assign({}, ...axes.map((entry) => entry.axes)),
    annotations: [...axes, ...marks].flatMap((entry) => entry.annotations),
    shapes: marks.flatMap((entry) => entry.shapes),
  };
  return { data: panels.flatMap((panel, index) => tracesOf(panel, index, theme)), layout };
}

interface Grid {
  readonly numColumns: number;
  readonly numRows: number;
  readonly rowHeight: number;
}

/** The mode bar has a strip of its own above the titles. */
const MODE_BAR_HEIGHT = 24;

function baseLayout(theme: FigureTheme, height: number): Record<string, unknown> {
  return {
    height,
    autosize: true,
    margin: { l: 58, r: 16, t: 8 + MODE_BAR_HEIGHT, b: 42 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: 11, color: theme.text },
    showlegend: false,
    hovermode: "x",
    dragmode: "zoom",
    uirevision: "run",
  };
}

function axesOf(panel: Panel, index: number, { theme, grid }: { theme: FigureTheme; grid: Grid }) {
  const suffix = suffixOf(index);
  const [left, right] = span(index % grid.numColumns, grid.numColumns, 68 / 900);
  const row = Math.floor(index / grid.numColumns);
  const [top, bottom] = span(row, grid.numRows, 70 / (grid.rowHeight * grid.numRows));
  const ceiling = 1 - top - 20 / (grid.rowHeight * grid.numRows);
  const common = {
    gridcolor: theme.grid,
    linecolor: theme.line,
    zeroline: false,
    automargin: false,
  };
  const x = {
    ...common,
    uirevision: panel.title,
    domain: [left, right],
    anchor: `y${suffix}`,
    showgrid: false,
    showline: true,
  };
  const y = {
    ...common,
    domain: [1 - bottom, ceiling],
    anchor: `x${suffix}`,
    nticks: 5,
    rangemode: panel.fromZero ? "tozero" : "normal",
    ...rangeOf(panel),
    exponentformat: panel.fromZero ? "SI" : "e",
    minexponent: 2,
  };
  return {
    axes: {
      [`xaxis${suffix}`]: {
        ...x,
        title: { ...titled(panel.across ?? "step"), standoff: 4 },
        ...ticksOf(panel),
      },
      [`yaxis${suffix}`]: { ...y, title: { ...titled(panel.unit), standoff: 6 } },
    },
    annotations: [
      titleOf(panel, left, ceiling),
      ...legendOf(panel, theme, { left, right, bottom: 1 - bottom, top: ceiling }),
    ],
  };
}

/**
 * Plotly would show a constant curve from 1 below it to 1 above, where 3e-4 looks like 0. What a person zooms to stays while
 * the axis is of one panel and has one range to begin with; with any other the axis begins anew.
 */
function rangeOf({ title, series, fromZero }: Panel): Record<string, unknown> {
  const extent = extentOf(series.flatMap(({ values }) => values));
  if (fromZero || !isFlat(extent)) return { uirevision: title };
  const range = widened(extent);
  return { range, uirevision: `${title} ${range}` };
}

const MAX_TICKS = 6;

/** A fraction of a step is no place to name. */
function ticksOf({ series }: Panel): Record<string, unknown> {
  const ends = series.flatMap(({ steps }) => [...steps.slice(0, 1), ...steps.slice(-1)]);
  const isShort = Math.max(...ends) - Math.min(...ends) <= MAX_TICKS;
  return isShort && ends.every(Number.isInteger) ? { dtick: 1 } : { nticks: MAX_TICKS };
}

const ALARM = "#d64545";

/** Steps at which a curve has no finite value: a band over the panel's height, and what there is instead. */
function marksOf(panel: Panel, index: number) {
  const refs = { xref: `x${suffixOf(index)}`, yref: `y${suffixOf(index)} domain` };
  const bands = bandsOf(panel);
  return {
    shapes: bands.map(({ from, to }) => ({
      ...{ type: "rect", layer: "below", ...refs, x0: from, x1: to, y0: 0, y1: 1 },
      ...{ fillcolor: ALARM, opacity: 0.25, line: { color: ALARM, width: 2 } },
    })),
    annotations: bands.map(({ from, text }) => ({
      ...{ ...refs, x: from, y: 1, text, showarrow: false, xanchor: "auto", yanchor: "top" },
      font: { size: 11, color: ALARM },
    })),
  };
}

function titled(text: string): Record<string, unknown> {
  return { text, font: { size: 11 } };
}

/** Names of the series in their colours, in the corner of the panel that is most free. */
function legendOf(panel: Panel, theme: FigureTheme, edges: Record<Corner["x" | "y"], number>) {
  if (panel.series.length < 2) return [];
  const names = panel.series.map(({ name }, order) => {
    const short = panel.series.length > 4 ? name.replace("rank ", "") : name;
    return `<span style="color:${colorOf(theme, order)}">■ ${short}</span>`;
  });
  const { x, y } = freeCorner(panel);
  const place = { x: edges[x], y: edges[y], xref: "paper", yref: "paper", xanchor: x, yanchor: y };
  return [{ ...place, text: names.join("  "), showarrow: false, font: { size: 10 } }];
}

function titleOf(panel: Panel, x: number, y: number): Record<string, unknown> {
  return {
    text: `<b>${panel.title}</b>`,
    x,
    y,
    xref: "paper",
    yref: "paper",
    xanchor: "left",
    yanchor: "bottom",
    yshift: 3,
    showarrow: false,
    font: { size: 12 },
    ...(panel.note ? { hovertext: lines(panel.note), captureevents: true } : {}),
  };
}

/** Points that are few are marked each. */
const MAX_MARKED = 24;

function tracesOf(panel: Panel, index: number, theme: FigureTheme): Record<string, unknown>[] {
  return panel.series.map((series, order) => ({
    type: "scatter",
    mode: series.steps.length <= MAX_MARKED ? "lines+markers" : "lines",
    name: series.name,
    x: series.steps,
    y: series.values.map((value) => (Number.isFinite(value) ? value : null)),
    xaxis: `x${suffixOf(index)}`,
    yaxis: `y${suffixOf(index)}`,
    line: { color: colorOf(theme, order), width: 1.8 },
    marker: { color: colorOf(theme, order), size: 5 },
    hovertemplate: hoverOf(panel, series),
  }));
}

function hoverOf(panel: Panel, series: PanelSeries): string {
  const name = panel.series.length > 1 ? `${series.name}: ` : "";
  const note = panel.note ? `<br>${lines(panel.note)}` : "";
  const across = panel.across ?? "step";
  return `${across} %{x}<br>${name}%{y:.5~g} ${panel.unit}${note}<extra></extra>`;
}

function colorOf(theme: FigureTheme, order: number): string {
  return theme.series[order % theme.series.length] ?? theme.text;
}

function lines(text: string): string {
  return text.replaceAll("; ", "<br>").replaceAll(" = ", "<br>= ");
}

function suffixOf(index: number): string {
  return index === 0 ? "" : String(index + 1);
}

/** Interval of cell `index` of `count` equal cells in [0, 1] with `gap` between them. */
function span(index: number, count: number, gap: number): [number, number] {
  const size = (1 - gap * (count - 1)) / count;
  return [index * (size + gap), index * (size + gap) + size];
}
