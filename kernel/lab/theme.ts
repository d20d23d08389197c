// JupyterLab's theme as figure colours, read from its CSS variables, and news of its change.

import { type FigureTheme, NEUTRAL_THEME } from "notebooster/report";

const SERIES = ["brand", "warn", "success", "error", "info"];

/** Colours of the theme that `node` is shown in. */
export function themeOf(node: Element): FigureTheme {
  const style = getComputedStyle(node);
  const variable = (name: string, otherwise: string) =>
    style.getPropertyValue(name).trim() || otherwise;
  const named = SERIES.map((name) => variable(`--jp-${name}-color1`, "")).filter(Boolean);
  return {
    text: variable("--jp-ui-font-color1", NEUTRAL_THEME.text),
    grid: variable("--jp-border-color2", NEUTRAL_THEME.grid),
    line: variable("--jp-border-color1", NEUTRAL_THEME.line),
    font: variable("--jp-ui-font-family", NEUTRAL_THEME.font),
    series: [...new Set(named), ...NEUTRAL_THEME.series.slice(4)],
  };
}

/** Calls back after each change of theme; returns how to stop. JupyterLab notes its theme on the body. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  const attributeFilter = ["data-jp-theme-name", "data-jp-theme-light"];
  observer.observe(document.body, { attributes: true, attributeFilter });
  return () => observer.disconnect();
}
