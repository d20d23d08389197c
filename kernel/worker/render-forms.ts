// One thing in several forms, of which each viewer shows the one it likes best: what only JupyterLab draws gets a picture,
// everything a line of text. A drawing and a text beside it are no forms of one thing, and become two outputs.

import type { MimeBundle } from "notebooster/host";
import { figureSvg } from "notebooster/report";

const PLOTLY = "application/vnd.plotly.v1+json";
const DRAWING = /^image\/|^application\/vnd\.(?:plotly|vega|vegalite)\b/;
const PROSE = /^text\/(?:markdown|latex)$/;
const MAX_CHARS = 10_000;

/** The bundle with the forms that viewers without our renderers need. */
export function withFallbacks(bundle: MimeBundle): MimeBundle {
  const types = Object.keys(bundle);
  if (types.length === 0) return bundle;
  const hasPicture = types.some((type) => type.startsWith("image/") || type === "text/html");
  const svg = hasPicture || !(PLOTLY in bundle) ? undefined : figureSvg(bundle[PLOTLY]);
  const plain = "text/plain" in bundle ? undefined : plainOf(bundle);
  return {
    ...bundle,
    ...(svg === undefined ? {} : { "image/svg+xml": svg }),
    ...(plain === undefined ? {} : { "text/plain": plain }),
  };
}

/**
 * The outputs that a bundle stands for. Viewers show one form of an output, JupyterLab a figure rather than a text, nbconvert
 * the text: so a text beside a figure would be missed here and the figure there.
 */
export function outputsOf(bundle: MimeBundle): MimeBundle[] {
  const types = Object.keys(bundle);
  const isMixed =
    types.some((type) => DRAWING.test(type)) && types.some((type) => PROSE.test(type));
  if (!isMixed) return [bundle];
  const pick = (isWanted: (type: string) => boolean): MimeBundle =>
    Object.fromEntries(Object.entries(bundle).filter(([type]) => isWanted(type)));
  const parts = [pick((type) => !PROSE.test(type)), pick((type) => PROSE.test(type))];
  return PROSE.test(types[0] ?? "") ? parts.reverse() : parts;
}

/** Text for viewers that show only text. */
function plainOf(bundle: MimeBundle): string | undefined {
  const of = (type: string): string | undefined =>
    typeof bundle[type] === "string" ? (bundle[type] as string).slice(0, MAX_CHARS) : undefined;
  const html = of("text/html");
  if (html !== undefined) return textOfHtml(html);
  const prose = of("text/markdown") ?? of("text/latex");
  if (prose !== undefined) return prose;
  if ("application/json" in bundle)
    return String(JSON.stringify(bundle["application/json"])).slice(0, MAX_CHARS);
  const [type = ""] = Object.keys(bundle).filter((name) => DRAWING.test(name));
  return type === "" ? undefined : `[${type}]`;
}

/** What an HTML fragment says. */
function textOfHtml(html: string): string {
  const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
  return html
    .replace(/<(script|style)\b.*?<\/\1>/gis, "")
    .replace(/<(?:br|\/p|\/div|\/tr|\/h\d|\/li)\b[^>]*>/gi, "\n")
    .replace(/<\/t[dh]>/gi, "\t")
    .replace(/<[^>]*>/g, "")
    .replace(/&(\w+);/g, (entity, name: string) => entities[name] ?? entity)
    .trim();
}
