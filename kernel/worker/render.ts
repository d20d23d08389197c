// Values to MIME bundles. An object may say itself how it looks: Symbol.for("Jupyter.display") as in Deno,
// or toMimeBundle(); both may be asynchronous. Tables, pictures and figures are shown as such; everything else is bounded text.

import { types } from "node:util";
import type { MimeBundle } from "notebooster/host";
import type { Rendered } from "../link/messages.js";
import { wrongForm } from "./display-arguments.js";
import { DisplayHandle } from "./display-handle.js";
import { renderFigure } from "./render-figure.js";
import { withFallbacks } from "./render-forms.js";
import { isJsx, jsxHtml } from "./render-jsx.js";
import { renderPlain } from "./render-plain.js";
import { isArrowTable, renderTable } from "./render-table.js";

export const DISPLAY = Symbol.for("Jupyter.display");
const METHODS = [DISPLAY, "toMimeBundle"] as const;

/**
 * How `value` looks in a notebook, at once unless its own display method takes its time. One that throws is reported in its
 * text.
 */
export function renderSoon(value: unknown): Rendered | Promise<Rendered> {
  const custom = displayMethod(value);
  if (custom === undefined) return renderNow(value);
  const refuse = (failure: unknown) =>
    note(value, `its display method threw ${renderPlain(failure)}`);
  try {
    const bundle = custom();
    if (!types.isPromise(bundle)) return accept(value, bundle);
    return bundle.then((later: unknown) => accept(value, later)).catch(refuse);
  } catch (failure) {
    return refuse(failure);
  }
}

/** As `renderSoon`, without asking the value's own display method. */
export function renderNow(value: unknown): Rendered {
  const bundle = recognise(value) ?? { "text/plain": renderPlain(value) };
  return { bundle, metadata: {} };
}

/** Whether a cell that ends in `value` has something to show: an output that is there already is not shown again. */
export function isShown(value: unknown): boolean {
  return value !== undefined && (types.isProxy(value) || !(value instanceof DisplayHandle));
}

/** Whether `value` has a display method, so that only `renderSoon` does it justice. */
export function displayMethod(value: unknown): (() => unknown) | undefined {
  if (!isObject(value) || types.isProxy(value)) return undefined;
  for (const name of METHODS) {
    const method = readMethod(value, name);
    if (method !== undefined) return () => method.call(value);
  }
  return undefined;
}

/** A plain object whose keys are all MIME types, at least one. */
export function isMimeBundle(value: unknown): value is MimeBundle {
  return isBundle(value) && Object.keys(value).length > 0;
}

/** Binary data as base64, which is how Jupyter carries pictures. */
export function encodeBinary(bundle: MimeBundle): MimeBundle {
  const entries = Object.entries(bundle).map(([type, data]) => [
    type,
    data instanceof Uint8Array ? Buffer.from(data).toString("base64") : data,
  ]);
  return Object.fromEntries(entries) as MimeBundle;
}

function isBundle(value: unknown): value is MimeBundle {
  if (!isObject(value) || types.isProxy(value)) return false;
  return Object.keys(value).every((key) => /^[\w.+-]+\/[\w.+-]+(;.*)?$/.test(key));
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function readMethod(value: object, name: string | symbol): (() => unknown) | undefined {
  try {
    const method = (value as Record<string | symbol, unknown>)[name];
    return typeof method === "function" ? (method as () => unknown) : undefined;
  } catch {
    return undefined; // a getter that throws says nothing about how the value looks
  }
}

/** An empty bundle is a value that shows nothing. */
function accept(value: unknown, bundle: unknown): Rendered {
  const wrong = isBundle(bundle) ? wrongForm(bundle) : undefined;
  if (wrong !== undefined) return note(value, `of what its display method returned, ${wrong}`);
  if (isBundle(bundle)) return { bundle: withFallbacks(encodeBinary(bundle)), metadata: {} };
  const expected = "its display method must return { 'type/subtype': data }";
  return note(value, `${expected}, not ${renderPlain(bundle)}`);
}

/** Tables, pictures, figures and JSX; undefined for a value that is text. */
function recognise(value: unknown): MimeBundle | undefined {
  if (!isObject(value) || types.isProxy(value)) return undefined;
  try {
    const figure = renderFigure(value);
    if (figure !== undefined) return withFallbacks(encodeBinary(figure));
    if (isJsx(value)) return withFallbacks({ "text/html": jsxHtml(value) });
    return isArrowTable(value) ? renderTable(value) : undefined;
  } catch {
    return undefined; // only looks like one: shown as any other object
  }
}

function note(value: unknown, problem: string): Rendered {
  return { bundle: { "text/plain": `${renderPlain(value)}\n(${problem})` }, metadata: {} };
}
