// display() and clearOutput() of a cell. Outputs keep their order: text gathered before goes out first.

import type { DisplayOptions, MimeBundle } from "notebooster/report";
import { currentCell } from "./cell-context.js";
import type { Send } from "./kernel-link.js";
import type { Output } from "./output.js";
import { displayMethod, encodeBinary, isMimeBundle, render, renderNow } from "./render.js";

export class Displayer {
  readonly #send: Send;
  readonly #output: Output;
  #pending = new Set<Promise<void>>();

  constructor(send: Send, output: Output) {
    this.#send = send;
    this.#output = output;
  }

  /** Shows a MIME bundle, or any value as it would look as a result. */
  display(value: unknown, options: DisplayOptions = {}): void {
    const cell = currentCell();
    if (isMimeBundle(value)) {
      this.#show(cell, encodeBinary(value), options);
    } else if (displayMethod(value) === undefined) {
      this.#show(cell, renderNow(value).bundle, options);
    } else {
      const shown = render(value).then(({ bundle }) => this.#show(cell, bundle, options));
      this.#pending.add(shown);
      void shown.finally(() => this.#pending.delete(shown));
    }
  }

  /** Removes the cell's outputs; with `wait` only once the next one comes. */
  clearOutput(options: { readonly wait?: boolean } = {}): void {
    this.#output.flush();
    this.#send({ kind: "clear", cell: currentCell(), wait: options.wait ?? false });
  }

  /** Resolves when values with asynchronous display methods are shown. */
  async settle(): Promise<void> {
    if (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  #show(cell: string, bundle: MimeBundle, options: DisplayOptions): void {
    const { displayId, update = false, metadata = {} } = options;
    if (update && displayId === undefined) {
      throw new TypeError(
        "display() with update: true needs the displayId of the output to replace",
      );
    }
    this.#output.flush();
    const target = displayId === undefined ? {} : { displayId };
    this.#send({ kind: "display", cell, bundle, metadata, update, ...target });
  }
}

/** The global `display`: callable, with one helper per common MIME type. */
export function displayFunction(displayer: Displayer): object {
  const show = (type: string) => (data: unknown, options?: DisplayOptions) =>
    displayer.display({ [type]: data }, options);
  const display = (value: unknown, options?: DisplayOptions): void =>
    displayer.display(value, options);
  return Object.assign(display, {
    html: show("text/html"),
    markdown: show("text/markdown"),
    latex: show("text/latex"),
    png: show("image/png"),
    jpeg: show("image/jpeg"),
    svg: show("image/svg+xml"),
    json: show("application/json"),
    plotly: show("application/vnd.plotly.v1+json"),
    vega: show("application/vnd.vegalite.v5+json"),
  });
}
