// A run as a static picture: the six panels as small multiples on an opaque card, drawn as SVG and rasterised
// with resvg and the DejaVu fonts of npm, so that it looks the same on every machine.

import { createRequire } from "node:module";
import { requireRun } from "./arguments.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";
import { INK, panelSvg, text } from "./panel-svg.js";
import { panelsOf } from "./panels.js";
import { summaryLine } from "./summary.js";

const WIDTH = 1140;
const HEADER = 54;
const PANEL = { width: 374, height: 222 };
const PADDING = 9;
const HEIGHT = HEADER + 2 * PANEL.height + PADDING;
/** Pixels per SVG unit: sharp on screens of twice the density. */
const ZOOM = 1.5;

/** The picture as SVG text. Give decimated rows: every row becomes a point. */
export function runSvg(rows: readonly MetricsRow[], metadata: MetricsMetadata): string {
  requireRun("runSvg", rows, metadata);
  const panels = panelsOf(rows, metadata).map((panel, index) =>
    panelSvg(panel, {
      x: PADDING + (index % 3) * PANEL.width,
      y: HEADER + Math.floor(index / 3) * PANEL.height,
      ...PANEL,
    }),
  );
  const card = `x="0.5" y="0.5" width="${WIDTH - 1}" height="${HEIGHT - 1}" rx="10"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"`,
    ` font-family="DejaVu Sans" font-size="12.5">`,
    `<rect ${card} fill="#ffffff" stroke="${INK.grid}"/>`,
    text(20, 25, metadata.title, `font-size="15" font-weight="bold" fill="${INK.text}"`),
    text(20, 44, summaryLine(rows, metadata), `font-size="12" fill="${INK.muted}"`),
    ...panels,
    "</svg>",
  ].join("\n");
}

/** The picture as PNG bytes, 1710 pixels wide. Rasterised off the JavaScript thread. */
export async function runPicture(
  rows: readonly MetricsRow[],
  metadata: MetricsMetadata,
): Promise<Uint8Array> {
  requireRun("runPicture", rows, metadata);
  const { renderAsync } = await import("@resvg/resvg-js");
  const { resolve } = createRequire(import.meta.url);
  const fontFiles = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((file) =>
    resolve(`dejavu-fonts-ttf/ttf/${file}`),
  );
  const image = await renderAsync(runSvg(rows, metadata), {
    fitTo: { mode: "zoom", value: ZOOM },
    font: { fontFiles, loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
  });
  return image.asPng();
}
