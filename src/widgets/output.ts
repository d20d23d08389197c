// A place for outputs among controls: what a callback has to show goes there instead of below its cell.

import { inspect } from "node:util";
import type { MimeBundle } from "../host/index.js";
import { type Common, common } from "./models.js";
import { type WidgetClass, widgetClass } from "./widget-class.js";

interface OutputProperties extends Common {
  /** Outputs in the notebook format, at most 200: older ones make room. */
  outputs: readonly object[];
}

const DISPLAY = Symbol.for("Jupyter.display");
/** Older outputs make room: all of them travel with every change. */
const MAX_OUTPUTS = 200;

const Base: WidgetClass<OutputProperties> = widgetClass<OutputProperties>("Output", {
  model: {
    ...{ module: "@jupyter-widgets/output", version: "1.0.0" },
    ...{ model: "OutputModel", view: "OutputView" },
  },
  defaults: () => ({ ...common(), outputs: [] }),
});

/** Shows text and values, the latest 200. */
export class Output extends Base {
  /** Adds a line of text. */
  print(...values: unknown[]): void {
    const words = values.map((value) => (typeof value === "string" ? value : inspect(value)));
    this.#add({ output_type: "stream", name: "stdout", text: `${words.join(" ")}\n` });
  }

  /** Adds a value as it would look as a result; a MIME bundle is shown as such. */
  show(value: unknown): void {
    this.#add({ output_type: "display_data", data: bundleOf(value), metadata: {} });
  }

  /** Removes everything. */
  clear(): void {
    this.outputs = [];
  }

  #add(output: object): void {
    this.outputs = [...this.outputs, output].slice(-MAX_OUTPUTS);
  }
}

function bundleOf(value: unknown): MimeBundle {
  if (typeof value !== "object" || value === null) return { "text/plain": inspect(value) };
  const method = (value as Record<symbol, unknown>)[DISPLAY];
  if (typeof method === "function") return method.call(value) as MimeBundle;
  const keys = Object.keys(value);
  const isBundle = keys.length > 0 && keys.every((key) => /^[\w.+-]+\/[\w.+-]+$/.test(key));
  return isBundle ? (value as MimeBundle) : { "text/plain": inspect(value) };
}
