// Numbers: sliders, ranges, progress bars and fields.

import {
  type Common,
  common,
  controlModel,
  type Labelled,
  labelled,
  styleClass,
} from "./models.js";
import type { Widget } from "./widget.js";
import { type Check, type WidgetClass, widgetClass } from "./widget-class.js";

interface Bounds {
  /** Least value. */
  min: number;
  /** Greatest value. */
  max: number;
}

/** Properties of a slider; `V` is a number, or a pair of them for a range. */
export interface SliderProperties<V> extends Labelled, Bounds {
  /** Chosen number, or lower and upper one. */
  value: V;
  /** Distance between numbers that can be chosen. */
  step: number;
  /** Direction of the track. */
  orientation: "horizontal" | "vertical";
  /** Whether the value is shown beside it. */
  readout: boolean;
  /** As in d3: "d", ".2f". */
  readoutFormat: string;
  /** Whether the value follows the mouse; else it changes when the mouse is released. */
  continuousUpdate: boolean;
  /** Its colours and widths. */
  style: Partial<SliderStyleProperties> & object;
}

interface SliderStyleProperties {
  descriptionWidth: string;
  handleColor: string | null;
}

const SliderStyle = styleClass<SliderStyleProperties>("SliderStyle", {
  descriptionWidth: "",
  handleColor: null,
});

function slider<V>(value: V, step: number, readoutFormat: string): SliderProperties<V> {
  const shown = { orientation: "horizontal", readout: true, continuousUpdate: true } as const;
  return {
    ...{ ...labelled(), ...shown, value, step, readoutFormat },
    ...{ min: 0, max: 100, style: new SliderStyle() },
  };
}

const inBounds: Check<Bounds & { value: number | readonly number[] }> = ({ value, min, max }) => {
  if (!(min <= max)) return `min is ${min} and max is ${max}: min must not be greater`;
  const numbers = [value].flat();
  const isInside = numbers.every((each) => each >= min && each <= max);
  return isInside
    ? undefined
    : `value is ${numbers.join(", ")}: it must be from ${min} to ${max} (min, max)`;
};

/** A whole number chosen by dragging. */
export const IntSlider: WidgetClass<SliderProperties<number>> = widgetClass("IntSlider", {
  model: controlModel("IntSlider"),
  defaults: () => slider<number>(0, 1, "d"),
  check: inBounds,
});
export type IntSlider = Widget<SliderProperties<number>> & SliderProperties<number>;

/** A number chosen by dragging. */
export const FloatSlider: WidgetClass<SliderProperties<number>> = widgetClass("FloatSlider", {
  model: controlModel("FloatSlider"),
  defaults: () => slider<number>(0, 0.1, ".2f"),
  check: inBounds,
});
export type FloatSlider = Widget<SliderProperties<number>> & SliderProperties<number>;

/** Two whole numbers, lower and upper, chosen by dragging. */
export const IntRangeSlider: WidgetClass<SliderProperties<[number, number]>> = widgetClass(
  "IntRangeSlider",
  {
    model: controlModel("IntRangeSlider"),
    defaults: () => slider<[number, number]>([25, 75], 1, "d"),
    check: inBounds,
  },
);
export type IntRangeSlider = Widget<SliderProperties<[number, number]>> &
  SliderProperties<[number, number]>;

/** Two numbers, lower and upper, chosen by dragging. */
export const FloatRangeSlider: WidgetClass<SliderProperties<[number, number]>> = widgetClass(
  "FloatRangeSlider",
  {
    model: controlModel("FloatRangeSlider"),
    defaults: () => slider<[number, number]>([25, 75], 0.1, ".2f"),
    check: inBounds,
  },
);
export type FloatRangeSlider = Widget<SliderProperties<[number, number]>> &
  SliderProperties<[number, number]>;

/** Properties of a progress bar. */
export interface ProgressProperties extends Common, Bounds {
  /** From `min`, empty, to `max`, full. */
  value: number;
  /** Text beside it. */
  description: string;
  /** Its meaning, which the page's theme colours. */
  barStyle: "" | "success" | "info" | "warning" | "danger";
  /** Direction in which it fills. */
  orientation: "horizontal" | "vertical";
  /** Its colours and widths. */
  style: Partial<ProgressStyleProperties> & object;
}

interface ProgressStyleProperties {
  descriptionWidth: string;
  barColor: string | null;
}

const ProgressStyle = styleClass<ProgressStyleProperties>("ProgressStyle", {
  descriptionWidth: "",
  barColor: null,
});

function progress(): ProgressProperties {
  const shown = { barStyle: "", orientation: "horizontal", description: "" } as const;
  return { ...common(), ...shown, value: 0, min: 0, max: 100, style: new ProgressStyle() };
}

/** A bar that fills in whole steps. */
export const IntProgress: WidgetClass<ProgressProperties> = widgetClass("IntProgress", {
  model: controlModel("IntProgress", "Progress"),
  defaults: progress,
});
export type IntProgress = Widget<ProgressProperties> & ProgressProperties;

/** A bar that fills. */
export const FloatProgress: WidgetClass<ProgressProperties> = widgetClass("FloatProgress", {
  model: controlModel("FloatProgress", "Progress"),
  defaults: progress,
});
export type FloatProgress = Widget<ProgressProperties> & ProgressProperties;

/** Properties of a field for a number. */
export interface NumberTextProperties extends Labelled {
  /** The number in the field. */
  value: number;
  /** Distance that the arrows go; null is the browser's. */
  step: number | null;
  /** Whether the value follows each key; else it changes when the field is left. */
  continuousUpdate: boolean;
}

const numberText = (): NumberTextProperties => ({
  ...{ ...labelled(), value: 0, step: null, continuousUpdate: false },
});

/** A field for a whole number. */
export const IntText: WidgetClass<NumberTextProperties> = widgetClass("IntText", {
  model: controlModel("IntText"),
  defaults: numberText,
});
export type IntText = Widget<NumberTextProperties> & NumberTextProperties;

/** A field for a number. */
export const FloatText: WidgetClass<NumberTextProperties> = widgetClass("FloatText", {
  model: controlModel("FloatText"),
  defaults: numberText,
});
export type FloatText = Widget<NumberTextProperties> & NumberTextProperties;
