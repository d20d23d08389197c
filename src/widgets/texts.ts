// Text and truth: fields, labels, HTML, checkboxes.

import { callback, requireValue } from "../arguments/checks.js";
import { type Common, common, controlModel, type Labelled, labelled } from "./models.js";
import type { Widget } from "./widget.js";
import { type WidgetClass, widgetClass } from "./widget-class.js";

/** Properties of a field for text. */
export interface TextProperties extends Labelled {
  /** What is in the field. */
  value: string;
  /** Shown while the field is empty. */
  placeholder: string;
  /** Whether the value follows each key; else it changes when the field is left. */
  continuousUpdate: boolean;
}

const field = (): TextProperties => ({
  ...{ ...labelled(), value: "", placeholder: "\u200b", continuousUpdate: true },
});

const Line: WidgetClass<TextProperties> = widgetClass("Text", {
  model: controlModel("Text"),
  defaults: field,
});

/** A field for a line. */
export class Text extends Line {
  readonly #listeners = new Set<() => unknown>();

  /**
   * Calls `listener` when Enter is pressed in the field; returns what stops it. With `continuousUpdate: false` the value follows
   * just after.
   */
  onSubmit(listener: () => unknown): () => void {
    requireValue("onSubmit: listener", listener, callback);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected override receive(content: unknown): void {
    if ((content as { event?: unknown } | undefined)?.event !== "submit") return;
    for (const listener of this.#listeners) listener();
  }
}

/** A field for a secret: what is typed is not shown. */
export const Password: WidgetClass<TextProperties> = widgetClass("Password", {
  model: controlModel("Password"),
  defaults: field,
});
export type Password = Widget<TextProperties> & TextProperties;

/** Properties of a `Textarea`. */
export interface TextareaProperties extends TextProperties {
  /** Lines shown; null is the browser's number. */
  rows: number | null;
}

/** A field for several lines. */
export const Textarea: WidgetClass<TextareaProperties> = widgetClass<TextareaProperties>(
  "Textarea",
  {
    model: controlModel("Textarea"),
    defaults: () => ({ ...field(), rows: null }),
  },
);
export type Textarea = Widget<TextareaProperties> & TextareaProperties;

/** Properties of text that is only shown. */
export interface LabelProperties extends Common {
  /** The text. */
  value: string;
  /** Text beside it. */
  description: string;
}

const label = (): LabelProperties => ({ ...common(), value: "", description: "" });

/** Text that is only shown, formulas in dollars included. */
export const Label: WidgetClass<LabelProperties> = widgetClass("Label", {
  model: controlModel("Label"),
  defaults: label,
});
export type Label = Widget<LabelProperties> & LabelProperties;

/** HTML that is only shown. */
export const HTML: WidgetClass<LabelProperties> = widgetClass("HTML", {
  model: controlModel("HTML"),
  defaults: label,
});
export type HTML = Widget<LabelProperties> & LabelProperties;

/** Properties of a `Checkbox`. */
export interface CheckboxProperties extends Labelled {
  /** Whether it is ticked. */
  value: boolean;
  /** Whether it stands where other controls stand, behind the place of a description. */
  indent: boolean;
}

/** Yes or no. */
export const Checkbox: WidgetClass<CheckboxProperties> = widgetClass<CheckboxProperties>(
  "Checkbox",
  {
    model: controlModel("Checkbox"),
    defaults: () => ({ ...labelled(), value: false, indent: true }),
  },
);
export type Checkbox = Widget<CheckboxProperties> & CheckboxProperties;
