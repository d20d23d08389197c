// plotly.js, loaded when the first plot is drawn: it is a megabyte.

/** The functions of plotly.js that we call. */
export interface Plotly {
  react(
    node: HTMLElement,
    data: readonly unknown[],
    layout: Record<string, unknown>,
    config: Record<string, unknown>,
  ): Promise<unknown>;
  /** A data URL of the figure. */
  toImage(
    figure: { data: readonly unknown[]; layout: Record<string, unknown> },
    options: Record<string, unknown>,
  ): Promise<string>;
  purge(node: HTMLElement): void;
}

export const PLOT_CONFIG = {
  displaylogo: false,
  responsive: false,
  modeBarButtonsToRemove: ["select2d", "lasso2d", "autoScale2d"],
};

export async function loadPlotly(): Promise<Plotly> {
  const module: { default: unknown } = await import("plotly.js-basic-dist-min");
  return module.default as Plotly;
}
