// The global `display`: callable, with a helper for each common type of output. Helpers for text are template tags too:
// display.html`<b>${name}</b>`.

import type { DisplayOptions } from "notebooster/report";
import type { DisplayHandle } from "./display-handle.js";
import type { Displayer } from "./displayer.js";
import { imageType, vegaType } from "./render-figure.js";

type Helper = (data: unknown, ...rest: unknown[]) => DisplayHandle;

/** The function that cells call. */
export function displayFunction({ display }: Displayer): object {
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
  return Object.assign(call, {
    html: text("text/html"),
    markdown: text("text/markdown"),
    latex: text("text/latex"),
    svg: text("image/svg+xml"),
    png: data("image/png"),
    jpeg: data("image/jpeg"),
    json: data("application/json"),
    image: (bytes: unknown, options?: unknown) => show(typeOfImage(bytes), bytes, options),
    plotly: data("application/vnd.plotly.v1+json"),
    vega: (specification: object, options?: unknown) =>
      show(vegaType(specification), specification, options),
  });
}

function isTemplate(data: unknown): data is TemplateStringsArray {
  return Array.isArray(data) && "raw" in data;
}

function fill(parts: TemplateStringsArray, values: readonly unknown[]): string {
  return parts.map((part, index) => (index === 0 ? part : `${values[index - 1]}${part}`)).join("");
}

function typeOfImage(bytes: unknown): string {
  const type = bytes instanceof Uint8Array ? imageType(bytes) : undefined;
  if (type !== undefined) return type;
  const given = bytes instanceof Uint8Array ? `${bytes.length} other bytes` : typeof bytes;
  throw new TypeError(`display.image() takes the bytes of a PNG, JPEG, GIF or WebP, got ${given}`);
}
