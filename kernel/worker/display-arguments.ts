// What display() and its helpers take, and what may stand in a MIME bundle: front ends show nothing for a value of another kind.

import type { DisplayOptions, MimeBundle } from "notebooster/host";
import { boolean, type Check, kind, text } from "../../src/arguments/checks.js";
import { describeValue } from "../../src/arguments/describe-value.js";
import type { OptionTable } from "../../src/arguments/options.js";

const anObject: Check<object> = kind("an object { }", isObject);

export const DISPLAY_OPTIONS: OptionTable<DisplayOptions> = {
  displayId: text,
  update: boolean,
  metadata: anObject as Check<Record<string, unknown>>,
};

/** What each helper takes, by its name. */
export const CONTENTS = {
  html: text,
  markdown: text,
  latex: text,
  svg: kind("the text of an SVG, <svg ...>", (value) => isText(value) && /<svg[\s/>]/.test(value)),
  png: kind("bytes (a Uint8Array) or base64", isBytesOrText),
  jpeg: kind("bytes (a Uint8Array) or base64", isBytesOrText),
  json: kind("what JSON can hold", isJson),
  plotly: kind(
    "a Plotly figure, { data: [...], layout: { } }",
    (value) => isObject(value) && "data" in value && Array.isArray(value.data),
  ),
  vega: kind(
    "a specification of Vega or Vega-Lite, an object with $schema or marks",
    (value) => isObject(value) && VEGA_FIELDS.some((name) => name in value),
  ),
} as const satisfies Record<string, Check>;

const VEGA_FIELDS = [
  ...[
    "$schema",
    "mark",
    "marks",
    "layer",
    "concat",
    "hconcat",
    "vconcat",
    "facet",
    "repeat",
    "spec",
  ],
];

/** Says which form of a bundle no front end could show, as "text/html must be text, got 5". */
export function wrongForm(bundle: MimeBundle): string | undefined {
  for (const [type, data] of Object.entries(bundle)) {
    const isWritten = /^(?:text|image)\/|\+xml$/.test(type);
    if (isWritten ? isBytesOrText(data) : isBytesOrText(data) || isJson(data)) continue;
    const wanted = type.startsWith("text/")
      ? "text"
      : isWritten
        ? "bytes or text"
        : "text, bytes or JSON";
    return `${type} must be ${wanted}, got ${describeValue(data)}`;
  }
  return undefined;
}

function isJson(value: unknown): boolean {
  try {
    const json: unknown = JSON.stringify(value);
    return json !== undefined;
  } catch {
    return false; // a circle, a bigint
  }
}

function isBytesOrText(value: unknown): boolean {
  return isText(value) || value instanceof Uint8Array;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
