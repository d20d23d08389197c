// The plot of a run: redrawn in animation frames, at most as often as leaves the page four fifths of its time, in the
// colours of the theme and in as many columns as fit.

import { type MetricsMetadata, type MetricsRow, plotlyFigure } from "notebooster/report";
import { loadPlotly, PLOT_CONFIG, type Plotly } from "./plotly.js";
import { onThemeChange, themeOf } from "./theme.js";

const MIN_INTERVAL_MS = 100;
const IDLE_SHARE = 5;

export interface PlotContents {
  readonly rows: readonly MetricsRow[];
  readonly metadata: MetricsMetadata;
}

export class RunPlot {
  readonly #contents: () => PlotContents | undefined;
  readonly #node = document.createElement("div");
  readonly #stops: (() => void)[];
  readonly #disposal = new AbortController();
  #plotly: Plotly | undefined;
  /** Counts reasons to draw; the plot shows the run as it was at `#drawn`. */
  #wanted = 0;
  #drawn = 0;
  #isDrawing: boolean = false;

  constructor(parent: HTMLElement, contents: () => PlotContents | undefined) {
    this.#contents = contents;
    this.#node.style.width = "100%";
    parent.append(this.#node);
    const resizes = new ResizeObserver(() => this.draw());
    resizes.observe(parent);
    this.#stops = [onThemeChange(() => this.draw()), () => resizes.disconnect()];
  }

  /** Draws in a coming frame; until then the plot is busy. */
  draw(): void {
    this.#wanted++;
    this.#node.ariaBusy = "true";
    if (!this.#isDrawing) void this.#drawUntilCurrent();
  }

  dispose(): void {
    this.#disposal.abort();
    for (const stop of this.#stops) stop();
    this.#plotly?.purge(this.#node);
  }

  async #drawUntilCurrent(): Promise<void> {
    this.#isDrawing = true;
    while (this.#drawn < this.#wanted && !this.#disposal.signal.aborted) {
      this.#plotly ??= await loadPlotly();
      await new Promise(requestAnimationFrame);
      this.#drawn = this.#wanted;
      const startMs = performance.now();
      await this.#react(this.#plotly);
      this.#node.ariaBusy = String(this.#drawn < this.#wanted);
      const restMs = Math.max(MIN_INTERVAL_MS, (performance.now() - startMs) * IDLE_SHARE);
      await new Promise((resolve) => setTimeout(resolve, restMs));
    }
    this.#isDrawing = false;
  }

  /** Plotly changes what differs. A node without width is hidden; its observer calls when it is shown. */
  async #react(plotly: Plotly): Promise<void> {
    const contents = this.#contents();
    const width = this.#node.clientWidth;
    if (!contents || width === 0 || this.#disposal.signal.aborted) return;
    const { rows, metadata } = contents;
    const numColumns = width >= 760 ? 3 : width >= 480 ? 2 : 1;
    const { data, layout } = plotlyFigure(rows, metadata, {
      theme: themeOf(this.#node),
      numColumns,
    });
    await plotly.react(this.#node, data, { ...layout, width }, PLOT_CONFIG);
    this.#node.dataset["points"] = String(rows.length);
  }
}
