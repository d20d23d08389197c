// Puts the end of a run into the notebook from the page. Usually the kernel does that, by replacing the output; but a page
// that was reloaded meanwhile no longer knows which output to replace.

import type { RunOutcome } from "notebooster/host";
import {
  type MetricsMetadata,
  type MetricsRow,
  NEUTRAL_THEME,
  plotlyFigure,
  snapshotOf,
  summaryLine,
} from "notebooster/report";
import type { MimeModel } from "./jupyterlab-types.js";
import { loadPlotly } from "./plotly.js";
import { outcomeOf, RUN_MIME, type RunModel } from "./run-model.js";

/** The kernel's own replacement, if it comes at all, comes within this time of the end. */
const KERNEL_MS = 3000;
const ON_WHITE = { ...NEUTRAL_THEME, text: "#1f2328", grid: "#e4e7eb", line: "#9aa3ad" };
const SIZE = { width: 1140, height: 420, scale: 1.5 };

interface Ended {
  readonly rows: readonly MetricsRow[];
  readonly metadata: MetricsMetadata;
  readonly outcome: RunOutcome;
}

/** Writes rows, picture and text of a run that has ended into `model`, unless the kernel has. */
export async function writeBack(
  model: MimeModel,
  { rows, metadata, outcome }: Ended,
): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, KERNEL_MS));
  const run = model.data[RUN_MIME] as RunModel;
  if (outcomeOf(run) === outcome) return;
  const { data, layout } = plotlyFigure(rows, metadata, { theme: ON_WHITE });
  const plotly = await loadPlotly();
  const white = { ...layout, paper_bgcolor: "#ffffff" };
  const url = await plotly.toImage({ data, layout: white }, { format: "png", ...SIZE });
  model.setData({
    data: {
      ...model.data,
      [RUN_MIME]: { ...run, metadata, finished: true, outcome, snapshot: snapshotOf(rows) },
      "image/png": url.slice(url.indexOf(",") + 1),
      "text/plain": `${metadata.title}: ${summaryLine(rows, metadata, outcome)}`,
    },
  });
}
