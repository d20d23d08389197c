// A button: it has no value, its clicks are messages.

import { callback, requireValue } from "../arguments/checks.js";
import { controlModel, type Labelled, labelled, styleClass } from "./models.js";
import { type WidgetClass, widgetClass } from "./widget-class.js";

/** Properties of a `Button`. */
export interface ButtonProperties extends Labelled {
  /** Its meaning, which the page's theme colours. */
  buttonStyle: "" | "primary" | "success" | "info" | "warning" | "danger";
  /** Name of a Font Awesome icon, such as "check". */
  icon: string;
  /** Its colours and font. */
  style: Partial<ButtonStyleProperties> & object;
}

interface ButtonStyleProperties {
  buttonColor: string | null;
  textColor: string | null;
  fontWeight: string | null;
}

const ButtonStyle = styleClass<ButtonStyleProperties>("ButtonStyle", {
  buttonColor: null,
  textColor: null,
  fontWeight: null,
});

const Base: WidgetClass<ButtonProperties> = widgetClass<ButtonProperties>("Button", {
  model: controlModel("Button"),
  defaults: () => ({ ...labelled(), buttonStyle: "", icon: "", style: new ButtonStyle() }),
});

/** Something to press. */
export class Button extends Base {
  readonly #listeners = new Set<() => unknown>();

  /** Calls `listener` at each click; returns what stops it. */
  onClick(listener: () => unknown): () => void {
    requireValue("onClick: listener", listener, callback);
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Does what a click in the page does. */
  click(): void {
    for (const listener of this.#listeners) listener();
  }

  protected override receive(content: unknown): void {
    if ((content as { event?: unknown } | undefined)?.event === "click") this.click();
  }
}
