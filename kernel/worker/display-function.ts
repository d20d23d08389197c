// The globals `display`, callable, with a helper for each common type of output, and `plot`. Helpers for text are template
// tags too: display.html`<b>${name}</b>`.

import {
  type DisplayOptions,
  type MimeBundle,
  type PlotOptions,
  plotBundle,
} from "notebooster/report";
import { DisplayHandle } from "./display-handle.js";
import type { Displayer } from "./displayer.js";
import { readImage } from "./read-image.js";
import { vegaType } from "./render-figure.js";
import { renderRows } from "./render-table.js";

type Helper = (data: unknown, ...rest: unknown[]) => DisplayHandle;

/** The functions that cells call. */
export function displayFunctions({ display }: Displayer): { display: object; plot: object } {
  const show = (type: string, data: unknown, options?: unknown): DisplayHandle =>
    display({ [type]: data }, options as DisplayOptions | undefined);
  const text =
    (type: string): Helper =>
    (data, ...rest) =>
      isTemplate(data) ? show(type, fill(data, rest)) : show(type, data, rest[0]);
  const data =
    (type: string): Helper =>
    (value, options) =>
      show(type, value, options);
  const call = (value: unknown, options?: DisplayOptions): DisplayHandle => display(value, options);
  const shownAs = (
    bundleOf: (value: unknown) => MimeBundle,
    value: unknown,
    options: DisplayOptions = {},
  ): DisplayHandle => {
    const handle = new DisplayHandle(
      (next, rest) => void display(bundleOf(next), rest),
      options.displayId,
    );
    display(bundleOf(value), { ...options, displayId: handle.displayId });
    return handle;
  };
  const plot = (values: unknown, options?: PlotOptions): DisplayHandle =>
    shownAs((next) => plotBundle(next, options), values);
  const shows = Object.assign(call, {
    html: text("text/html"),
    markdown: text("text/markdown"),
    latex: text("text/latex"),
    svg: text("image/svg+xml"),
    png: data("image/png"),
    jpeg: data("image/jpeg"),
    json: data("application/json"),
    image: (picture: unknown, options?: unknown) => {
      const { type, data: bytes } = readImage(picture);
      return show(type, bytes, options);
    },
    table: (rows: unknown, options?: DisplayOptions) => shownAs(renderRows, rows, options),
    plotly: data("application/vnd.plotly.v1+json"),
    vega: (specification: object, options?: unknown) =>
      show(vegaType(specification), specification, options),
  });
  return { display: shows, plot };
}

function isTemplate(data: unknown): data is TemplateStringsArray {
  return Array.isArray(data) && "raw" in data;
}

function fill(parts: TemplateStringsArray, values: readonly unknown[]): string {
  return parts.map((part, index) => (index === 0 ? part : `${values[index - 1]}${part}`)).join("");
}
