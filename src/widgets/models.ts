// The parts all controls share: where the front end finds their classes, how they are laid out and styled.

import type { Model, Widget } from "./widget.js";
import { type WidgetClass, widgetClass } from "./widget-class.js";

const BASE = { module: "@jupyter-widgets/base", version: "2.0.0" } as const;
const CONTROLS = { module: "@jupyter-widgets/controls", version: "2.0.0" } as const;

/** A control of @jupyter-widgets/controls 2.0; `view` where it is not called like the model. */
export function controlModel(name: string, view: string = name): Model {
  return { ...CONTROLS, model: `${name}Model`, view: `${view}View` };
}

/** CSS lengths, flex and grid, by their CSS names. */
export type LayoutProperties = Record<(typeof LAYOUT_NAMES)[number], string | null>;

const LAYOUT_NAMES = [
  "width",
  "height",
  "minWidth",
  "minHeight",
  "maxWidth",
  "maxHeight",
  "margin",
  "padding",
  "overflow",
  "display",
  "visibility",
  "order",
  "top",
  "right",
  "bottom",
  "left",
  "borderTop",
  "borderRight",
  "borderBottom",
  "borderLeft",
  "flex",
  "flexFlow",
  "alignContent",
  "alignItems",
  "alignSelf",
  "justifyContent",
  "justifyItems",
  "gridArea",
  "gridColumn",
  "gridRow",
  "gridGap",
  "gridTemplateColumns",
  "gridTemplateRows",
  "gridTemplateAreas",
  "gridAutoColumns",
  "gridAutoRows",
  "gridAutoFlow",
  "objectFit",
  "objectPosition",
] as const;

/** Where and how large a control is. */
export const Layout: WidgetClass<LayoutProperties> = widgetClass("Layout", {
  model: { ...BASE, model: "LayoutModel", view: "LayoutView" },
  defaults: () => Object.fromEntries(LAYOUT_NAMES.map((name) => [name, null])) as LayoutProperties,
});
export type Layout = Widget<LayoutProperties> & LayoutProperties;

/** Properties of every control. */
export interface Common {
  /** CSS of its box: `{ width: "50%" }`, or a `Layout`. */
  layout: Partial<LayoutProperties> & object;
  /** Shown when the mouse rests on it; null is none. */
  tooltip: string | null;
}

/** Properties of every control with a label. */
export interface Labelled extends Common {
  /** Text beside it. */
  description: string;
  /** Whether the person can change it or not. */
  disabled: boolean;
}

export function common(): Common {
  return { layout: new Layout(), tooltip: null };
}

export function labelled(): Labelled {
  return { ...common(), description: "", disabled: false };
}

/** A class of styles of a kind of control. */
export function styleClass<P extends object>(name: string, defaults: P): WidgetClass<P> {
  const model = { ...CONTROLS, model: `${name}Model`, view: "StyleView", viewModule: BASE.module };
  return widgetClass(name, { model, defaults: () => ({ ...defaults }) });
}
