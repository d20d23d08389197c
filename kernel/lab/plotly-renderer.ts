// Renders `application/vnd.plotly.v1+json`, which JupyterLab itself does not: lines, points, bars and pies (the basic
// bundle of plotly.js). Colours the figure leaves open are the theme's.

import type { MimeModel, Renderer, SharedModules } from "./jupyterlab-types.js";
import { loadPlotly, PLOT_CONFIG } from "./plotly.js";
import { onThemeChange, themeOf } from "./theme.js";

export const PLOTLY_MIME = "application/vnd.plotly.v1+json";

interface Figure {
  readonly data?: readonly { readonly type?: string }[];
  readonly layout?: Record<string, unknown>;
}

const TRACE_TYPES = ["scatter", "bar", "pie"];

export function createPlotlyRenderer(Widget: SharedModules["widgets"]["Widget"]): Renderer {
  const node = document.createElement("div");
  const widget = new Widget({ node });
  let figure: Figure = {};
  const draw = () => void drawFigure(node, figure);
  const resizes = new ResizeObserver(draw);
  resizes.observe(node);
  const stopTheme = onThemeChange(draw);
  widget.disposed.connect(() => {
    stopTheme();
    resizes.disconnect();
  });
  const renderModel = (model: MimeModel) => {
    figure = model.data[PLOTLY_MIME] as Figure;
    return drawFigure(node, figure);
  };
  return Object.assign(widget, { renderModel });
}

async function drawFigure(node: HTMLElement, figure: Figure): Promise<void> {
  const unknown = figure.data?.find(({ type = "scatter" }) => !TRACE_TYPES.includes(type));
  if (unknown) {
    node.textContent = `Plotly trace of type "${unknown.type}" cannot be drawn here; these can: ${TRACE_TYPES.join(", ")}.`;
    return;
  }
  const plotly = await loadPlotly();
  if (!node.isConnected || node.clientWidth === 0) return;
  await plotly.react(node, figure.data ?? [], layoutOf(node, figure.layout), PLOT_CONFIG);
}

function layoutOf(
  node: HTMLElement,
  layout: Record<string, unknown> = {},
): Record<string, unknown> {
  const theme = themeOf(node);
  const axis = { gridcolor: theme.grid, zerolinecolor: theme.line, linecolor: theme.line };
  return {
    height: 400,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    colorway: theme.series,
    ...layout,
    font: { family: theme.font, color: theme.text, ...Object(layout["font"]) },
    xaxis: { ...axis, ...Object(layout["xaxis"]) },
    yaxis: { ...axis, ...Object(layout["yaxis"]) },
    width: node.clientWidth,
  };
}
