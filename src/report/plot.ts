// Arrays as curves, and figures of points and lines as pictures for viewers that draw no Plotly (nbconvert, GitHub).

import { listOf, text } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions } from "../arguments/options.js";
import type { MimeBundle } from "../host/index.js";
import type { Panel, PanelSeries } from "./panels.js";
import { panelCardSvg } from "./picture.js";
import { figureOf } from "./plotly-figure.js";

export const PLOTLY_MIME = "application/vnd.plotly.v1+json";
const SIZE = { width: 640, height: 320 };

/** What stands around the curves. */
export interface PlotOptions {
  /** Above the curves. */
  readonly title?: string | undefined;
  /** Names of the series, where `values` does not name them. */
  readonly labels?: readonly string[] | undefined;
  /** What the horizontal axis counts. */
  readonly x?: string | undefined;
  /** What the vertical axis shows. */
  readonly y?: string | undefined;
}

const OPTIONS = { title: text, labels: listOf(text), x: text, y: text };

/**
 * What `plot(values, options)` shows: one curve for numbers, one each for arrays of numbers, named ones for an object of
 * arrays; points, `[{ x: 1, y: 2 }]` or `{ x: [1], y: [2] }`, lie where they say. Typed arrays and tensors are arrays of numbers.
 */
export function plotBundle(values: unknown, options: PlotOptions = {}): MimeBundle {
  if (numbersIn(options) !== undefined) throw twoLists();
  checkOptions("plot", options, OPTIONS);
  const { title = "", x = "index", y = "" } = options;
  const series = seriesOf(values, options.labels);
  const panel: Panel = { title, unit: y, across: x, fromZero: false, series };
  const figure = figureOf([panel], { numColumns: 1, rowHeight: SIZE.height });
  const ends = series.map((each) => `${each.name}: ${rangeText(each)}`);
  return {
    [PLOTLY_MIME]: { ...figure, layout: { ...figure.layout, height: SIZE.height + 30 } },
    "image/svg+xml": panelCardSvg(panel, SIZE),
    "text/plain": [title, ...ends].filter((line) => line !== "").join("\n"),
  };
}

/** A Plotly figure of lines and points as a picture; undefined for a figure of other kinds. */
export function figureSvg(figure: unknown): string | undefined {
  const { data, layout = {} } = Object(figure) as { data?: unknown; layout?: Layout };
  if (!Array.isArray(data) || data.length === 0) return undefined;
  const series = data.map(seriesOfTrace);
  if (!series.every((each) => each !== undefined)) return undefined;
  const panel = {
    title: titleOf(layout),
    unit: titleOf(layout.yaxis),
    across: titleOf(layout.xaxis),
  };
  return panelCardSvg({ ...panel, fromZero: false, series }, SIZE);
}

interface Titled {
  readonly title?: string | { readonly text?: string };
}
interface Layout extends Titled {
  readonly xaxis?: Titled;
  readonly yaxis?: Titled;
}

function titleOf({ title = "" }: Titled = {}): string {
  return typeof title === "string" ? title : (title.text ?? "");
}

function seriesOfTrace(trace: unknown, index: number): PanelSeries | undefined {
  const { type = "scatter", name = String(index + 1), x, y } = Object(trace) as Trace;
  const values = numbersIn(y);
  const steps = x === undefined ? values?.map((_, i) => i) : numbersIn(x);
  if (type !== "scatter" || !values || !steps?.every((step) => step !== null)) return undefined;
  return { name: String(name), steps: steps as number[], values };
}

interface Trace {
  readonly type?: string;
  readonly name?: unknown;
  readonly x?: unknown;
  readonly y?: unknown;
}

function seriesOf(values: unknown, labels: readonly string[] | undefined): PanelSeries[] {
  const named = namedArrays(listed(pointsOf(values) ?? values), labels);
  if (labels !== undefined && labels.length !== named.length) {
    throw new RangeError(
      `plot: labels names ${labels.length} series, and there are ${named.length} to plot`,
    );
  }
  return named.map(([name, array]) => curve(name, listed(array)));
}

/** The points of `{ x: [...], y: [...] }`; undefined for anything else. */
function pointsOf(values: unknown): { x: number; y: number | null }[] | undefined {
  if (!(values instanceof Object && Object.keys(values).sort().join() === "x,y")) return undefined;
  const { x, y } = values as { x: unknown; y: unknown };
  const [across, up] = [numbersIn(x), numbersIn(y)];
  if (across === undefined || up === undefined) return undefined;
  if (across.length === up.length)
    return across.map((x, i) => ({ x: x ?? Number.NaN, y: up[i] ?? null }));
  throw new RangeError(
    `plot: x has ${across.length} numbers and y ${up.length}; each point takes one of both`,
  );
}

function namedArrays(values: unknown, labels: readonly string[] | undefined): [string, unknown][] {
  if (Array.isArray(values)) {
    const rows = values.map(listed);
    const several = rows.length > 0 && rows.every((row) => Array.isArray(row));
    if (!several) return [[labels?.[0] ?? "values", values]];
    const names: readonly string[] = labels ?? [];
    return rows.map((row, i) => [names[i] ?? String(i + 1), row]);
  }
  if (values !== null && typeof values === "object") {
    return Object.entries(values).map(([name, row], i) => [labels?.[i] ?? name, row]);
  }
  throw refusal(values);
}

function curve(name: string, values: unknown): PanelSeries {
  const numbers = numbersIn(values);
  if (numbers) return { name, steps: numbers.map((_, i) => i), values: numbers };
  const points = Array.isArray(values) ? values.map(pointOf) : [];
  if (points.length === 0 || !points.every((point) => point !== undefined)) throw refusal(values);
  return { name, steps: points.map(({ x }) => x), values: points.map(({ y }) => y) };
}

function pointOf(value: unknown): { x: number; y: number | null } | undefined {
  const { x, y } = Object(value) as { x?: unknown; y?: unknown };
  return typeof x === "number" && (typeof y === "number" || y === null) ? { x, y } : undefined;
}

/** Numbers, null for what is missing; undefined for anything else. */
function numbersIn(values: unknown): (number | null)[] | undefined {
  const list = listed(values);
  if (!Array.isArray(list)) return undefined;
  const isNumber = (value: unknown) =>
    value === null || typeof value === "number" || typeof value === "bigint";
  return list.every(isNumber)
    ? list.map((value) => (value === null ? null : Number(value)))
    : undefined;
}

/** Typed arrays and tensors as arrays. */
function listed(values: unknown): unknown {
  if (ArrayBuffer.isView(values) && !(values instanceof DataView))
    return Array.from(values as Float64Array);
  const { tolist } = Object(values) as { tolist?: unknown };
  return typeof tolist === "function" ? (tolist as () => unknown).call(values) : values;
}

function rangeText({ values }: PanelSeries): string {
  const known = values.filter((value) => value !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return "nothing";
  const short = (value: number) => String(Number(value.toPrecision(4)));
  return `${known.length} values from ${short(first)} to ${short(last)}`;
}

/** `plot(xs, ys)`, as elsewhere. */
function twoLists(): TypeError {
  return new TypeError(
    "plot(values, options) takes one list, whose places are the horizontal axis; give both by name: plot({ x: xs, y: ys })",
  );
}

function refusal(values: unknown): TypeError {
  return new TypeError(
    `plot() takes numbers, as plot(losses), plot({ train, heldOut }), plot([a, b], { labels }) or plot([{ x: 1, y: 2 }]), got ${describeValue(values)}`,
  );
}
