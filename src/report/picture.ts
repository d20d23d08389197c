// Panels as a static picture: small multiples on an opaque card, drawn as SVG and rasterised with resvg and the DejaVu fonts
// of npm, so that it looks the same on every machine.

import { createRequire } from "node:module";
import type { RunOutcome } from "../host/index.js";
import { requireRun } from "./arguments.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";
import { INK, panelSvg, text } from "./panel-svg.js";
import { type Panel, panelsOf } from "./panels.js";
import { summaryLine } from "./summary.js";

const require = createRequire(import.meta.url);
const WIDTH = 1140;
const HEADER = 54;
const PANEL = { width: 374, height: 222 };
const PADDING = 9;
const NUM_COLUMNS = 3;
/** Pixels per SVG unit: sharp on screens of twice the density. */
const ZOOM = 1.5;

/** The picture as SVG text. Give decimated rows: every row becomes a point. */
export function runSvg(
  rows: readonly MetricsRow[],
  metadata: MetricsMetadata,
  outcome?: RunOutcome,
): string {
  requireRun("runSvg", rows, metadata);
  return cardSvg(panelsOf(rows, metadata), metadata.title, summaryLine(rows, metadata, outcome));
}

/** Panels on a card, in rows of three, under a title and a line of text. */
export function cardSvg(panels: readonly Panel[], title: string, line: string): string {
  const drawn = panels.map((panel, index) =>
    panelSvg(panel, {
      x: PADDING + (index % NUM_COLUMNS) * PANEL.width,
      y: HEADER + Math.floor(index / NUM_COLUMNS) * PANEL.height,
      ...PANEL,
    }),
  );
  const height = HEADER + Math.ceil(panels.length / NUM_COLUMNS) * PANEL.height + PADDING;
  return svgOf({ width: WIDTH, height }, [
    text(20, 25, title, `font-size="15" font-weight="bold" fill="${INK.text}"`),
    text(20, 44, line, `font-size="12" fill="${INK.muted}"`),
    ...drawn,
  ]);
}

/** One panel alone on a card. */
export function panelCardSvg(panel: Panel, size: { width: number; height: number }): string {
  const box = {
    x: PADDING,
    y: PADDING,
    width: size.width - 2 * PADDING,
    height: size.height - 2 * PADDING,
  };
  return svgOf(size, [panelSvg(panel, box)]);
}

function svgOf({ width, height }: { width: number; height: number }, elements: readonly string[]) {
  const card = `x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` font-family="DejaVu Sans" font-size="12.5">`,
    `<rect ${card} fill="#ffffff" stroke="${INK.grid}"/>`,
    ...elements,
    "</svg>",
  ].join("\n");
}

/** The picture of a run as PNG bytes, 1710 pixels wide. Rasterised off the JavaScript thread. */
export async function runPicture(
  rows: readonly MetricsRow[],
  metadata: MetricsMetadata,
  outcome?: RunOutcome,
): Promise<Uint8Array> {
  requireRun("runPicture", rows, metadata);
  const { renderAsync } = await import("@resvg/resvg-js");
  return (await renderAsync(runSvg(rows, metadata, outcome), rasterOptions())).asPng();
}

/** An SVG of this module as PNG bytes, at once; it blocks for some 50 ms. */
export function pngOf(svg: string): Uint8Array {
  const { Resvg } = require("@resvg/resvg-js") as typeof import("@resvg/resvg-js");
  return new Resvg(svg, rasterOptions()).render().asPng();
}

function rasterOptions() {
  const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) =>
    require.resolve(`dejavu-fonts-ttf/ttf/${file}`),
  );
  return {
    fitTo: { mode: "zoom", value: ZOOM },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
  } as const;
}
