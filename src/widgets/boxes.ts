// Controls beside, below and behind one another.

import { kind, listOf, requireValue } from "../arguments/checks.js";
import { type Common, common, controlModel } from "./models.js";
import { Widget } from "./widget.js";
import { type WidgetClass, widgetClass } from "./widget-class.js";

type AnyWidget = Pick<Widget<object>, "modelId" | "open" | "close">;

export interface BoxProperties extends Common {
  children: readonly AnyWidget[];
}

export interface PagesProperties extends BoxProperties {
  titles: readonly string[];
  selectedIndex: number | null;
}

const SOME_WIDGETS = listOf({
  ...kind("a control", (value) => value instanceof Widget),
  each: "controls",
});

const box = (): BoxProperties => ({ ...common(), children: [] });
const pages = (): PagesProperties => ({ ...box(), titles: [], selectedIndex: 0 });
const folded = (): PagesProperties => ({ ...pages(), selectedIndex: null });

type BoxClass<P extends BoxProperties> = new (
  children?: readonly AnyWidget[],
  options?: Partial<Omit<P, "children">>,
) => Widget<P> & P;

/** Takes the children first, as they are what a box is about. */
function boxClass<P extends BoxProperties>(name: string, defaults: () => P): BoxClass<P> {
  const Base: WidgetClass<P> = widgetClass(name, { model: controlModel(name), defaults });
  const Box = class extends (Base as unknown as WidgetClass<object>) {
    constructor(children: readonly AnyWidget[] = [], options: object = {}) {
      requireValue(`new ${name}: children`, children, SOME_WIDGETS);
      super({ ...options, children });
    }
  };
  Object.defineProperty(Box, "name", { value: name });
  return Box as unknown as BoxClass<P>;
}

/** Controls side by side. */
export const HBox: BoxClass<BoxProperties> = boxClass("HBox", box);
export type HBox = Widget<BoxProperties> & BoxProperties;
/** Controls one below the other. */
export const VBox: BoxClass<BoxProperties> = boxClass("VBox", box);
export type VBox = Widget<BoxProperties> & BoxProperties;
/** Controls behind one another, each under its title. */
export const Tab: BoxClass<PagesProperties> = boxClass("Tab", pages);
export type Tab = Widget<PagesProperties> & PagesProperties;
/** Controls that unfold under their titles; at first none has, unless `selectedIndex` says which. */
export const Accordion: BoxClass<PagesProperties> = boxClass("Accordion", folded);
export type Accordion = Widget<PagesProperties> & PagesProperties;
