// Values that are pictures or figures, recognised by their shape so that no library has to be loaded: bytes of image
// files, DOM elements (Observable Plot in jsdom), canvases, Plotly figures, Vega and Vega-Lite specifications.

import type { MimeBundle } from "notebooster/host";

/** First bytes of files of each type, in hexadecimal. */
const SIGNATURES: readonly (readonly [type: string, beginning: RegExp])[] = [
  ["image/png", /^89504e470d0a1a0a/],
  ["image/jpeg", /^ffd8ff/],
  ["image/gif", /^47494638/],
  ["image/webp", /^52494646.{8}57454250/],
];
const LONGEST_SIGNATURE = 12;
const ELEMENT_NODE = 1;
const VEGA = "application/vnd.vega.v5+json";
/** The newest that JupyterLab draws; later versions read the same specifications. */
const VEGA_LITE = "application/vnd.vegalite.v5+json";

/** The MIME type of an image file's bytes, or undefined when they are no picture known here. */
export function imageType(bytes: Uint8Array): string | undefined {
  const { buffer, byteOffset, byteLength } = bytes;
  const length = Math.min(byteLength, LONGEST_SIGNATURE);
  const beginning = Buffer.from(buffer, byteOffset, length).toString("hex");
  return SIGNATURES.find(([, signature]) => signature.test(beginning))?.[0];
}

/** How a picture or figure is shown; undefined for every other value. */
export function renderFigure(value: object): MimeBundle | undefined {
  if (value instanceof Uint8Array) return imageBundle(value);
  return vegaBundle(value) ?? plotlyBundle(value) ?? elementBundle(value) ?? canvasBundle(value);
}

function imageBundle(bytes: Uint8Array): MimeBundle | undefined {
  const type = imageType(bytes);
  if (type === undefined) return undefined;
  return { [type]: bytes, "text/plain": `${type}, ${bytes.length} bytes` };
}

function vegaBundle(value: object): MimeBundle | undefined {
  const schema = own(value, "$schema");
  const [, kind] =
    typeof schema === "string"
      ? (/vega\.github\.io\/schema\/(vega|vega-lite)\//.exec(schema) ?? [])
      : [];
  if (kind === undefined) return undefined;
  return { [vegaType(value)]: value, "text/plain": `${kind} figure` };
}

/** MIME type of a specification: Vega-Lite unless its schema says Vega. */
export function vegaType(specification: object): string {
  return /\/schema\/vega\//.test(String(own(specification, "$schema"))) ? VEGA : VEGA_LITE;
}

function plotlyBundle(value: object): MimeBundle | undefined {
  const [data, layout] = [own(value, "data"), own(value, "layout")];
  if (!Array.isArray(data) || typeof layout !== "object" || layout === null) return undefined;
  if (!data.every((trace) => typeof trace === "object" && trace !== null)) return undefined;
  const text = `Plotly figure, ${data.length} ${data.length === 1 ? "trace" : "traces"}`;
  return { "application/vnd.plotly.v1+json": value, "text/plain": text };
}

function elementBundle(value: object): MimeBundle | undefined {
  const { nodeType, nodeName, outerHTML } = value as Partial<Element>;
  if (nodeType !== ELEMENT_NODE || typeof outerHTML !== "string") return undefined;
  const isSvg = String(nodeName).toLowerCase() === "svg";
  return { [isSvg ? "image/svg+xml" : "text/html"]: outerHTML, "text/plain": `<${nodeName}>` };
}

interface Element {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly outerHTML: string;
}

function canvasBundle(value: object): MimeBundle | undefined {
  const { toDataURL, width, height } = value as {
    toDataURL?: unknown;
    width?: unknown;
    height?: unknown;
  };
  if (typeof toDataURL !== "function" || typeof width !== "number" || typeof height !== "number") {
    return undefined;
  }
  const url = String(toDataURL.call(value, "image/png"));
  const png = url.replace(/^data:image\/png;base64,/, "");
  return { "image/png": png, "text/plain": `canvas, ${width} x ${height}` };
}

/** An own data property; getters are not run. */
function own(value: object, name: string): unknown {
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
