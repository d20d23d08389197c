// The globals `display`, callable, with a helper for each common type of output, and `plot`. Helpers for text are template
// tags too: display.html`<b>${name}</b>`.

import type { DisplayOptions, MimeBundle } from "notebooster/host";
import { type PlotOptions, plotBundle } from "notebooster/report";
import { requireValue } from "../../src/arguments/checks.js";
import { CONTENTS } from "./display-arguments.js";
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
  const data =
    (name: keyof typeof CONTENTS, type: string): Helper =>
    (value, options) => {
      requireValue(`display.${name}: content`, value, CONTENTS[name]);
      return show(type, value, options);
    };
  const text = (name: keyof typeof CONTENTS, type: string): Helper => {
    const plain = data(name, type);
    return (value, ...rest) =>
      isTemplate(value) ? plain(fill(value, rest)) : plain(value, rest[0]);
  };
  const call = (value: unknown, options?: DisplayOptions, ...more: unknown[]): DisplayHandle => {
    if (more.length > 0)
      throw new TypeError(
        `display takes a value and options, got ${more.length + 2} values; call it for each`,
      );
    return display(value, options);
  };
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
    html: text("html", "text/html"),
    markdown: text("markdown", "text/markdown"),
    latex: text("latex", "text/latex"),
    svg: text("svg", "image/svg+xml"),
    png: data("png", "image/png"),
    jpeg: data("jpeg", "image/jpeg"),
    json: data("json", "application/json"),
    image: (picture: unknown, options?: unknown) => {
      const { type, data: bytes } = readImage(picture);
      return show(type, bytes, options);
    },
    table: (rows: unknown, options?: DisplayOptions) => shownAs(renderRows, rows, options),
    plotly: data("plotly", "application/vnd.plotly.v1+json"),
    vega: (specification: unknown, options?: unknown) => {
      requireValue("display.vega: specification", specification, CONTENTS.vega);
      return show(vegaType(specification as object), specification, options);
    },
  });
  return { display: shows, plot };
}

function isTemplate(data: unknown): data is TemplateStringsArray {
  return Array.isArray(data) && "raw" in data;
}

function fill(parts: TemplateStringsArray, values: readonly unknown[]): string {
  return parts.map((part, index) => (index === 0 ? part : `${values[index - 1]}${part}`)).join("");
}
