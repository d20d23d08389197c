// display() and clearOutput() of a cell. Outputs keep their order: text gathered before goes out first.

import type { DisplayOptions, MimeBundle } from "notebooster/report";
import { currentCell } from "./cell-context.js";
import { DisplayHandle } from "./display-handle.js";
import type { Send } from "./kernel-link.js";
import type { Output } from "./output.js";
import { encodeBinary, isMimeBundle, renderSoon } from "./render.js";
import { outputsOf, withFallbacks } from "./render-forms.js";

export class Displayer {
  readonly #send: Send;
  readonly #output: Output;
  #pending = new Set<Promise<void>>();

  constructor(send: Send, output: Output) {
    this.#send = send;
    this.#output = output;
  }

  /** Shows a MIME bundle, or any value as it would look as a result. */
  readonly display = (value: unknown, options: DisplayOptions = {}): DisplayHandle => {
    if (options.update && options.displayId === undefined) {
      const remedy = "keep what display() returns and call its update()";
      throw new TypeError(
        `display() with update: true needs the displayId of the output to replace; or ${remedy}`,
      );
    }
    const handle = new DisplayHandle(this.display, options.displayId);
    this.#render(value, { ...options, displayId: handle.displayId });
    return handle;
  };

  /** Removes the cell's outputs; with `wait` only once the next one comes. */
  clearOutput(options: { readonly wait?: boolean } = {}): void {
    this.#output.flush();
    this.#send({ kind: "clear", cell: currentCell(), wait: options.wait ?? false });
  }

  /** Resolves when values with asynchronous display methods are shown. */
  async settle(): Promise<void> {
    if (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  #render(value: unknown, options: DisplayOptions): void {
    const cell = currentCell();
    if (isMimeBundle(value)) {
      for (const [index, bundle] of outputsOf(encodeBinary(value)).entries()) {
        const { displayId } = options;
        const part =
          index === 0 || displayId === undefined ? {} : { displayId: `${displayId}-${index}` };
        this.#show(cell, withFallbacks(bundle), { ...options, ...part });
      }
      return;
    }
    const rendered = renderSoon(value);
    if (!(rendered instanceof Promise)) {
      this.#show(cell, rendered.bundle, options);
      return;
    }
    const shown = rendered.then(({ bundle }) => this.#show(cell, bundle, options));
    this.#pending.add(shown);
    void shown.finally(() => this.#pending.delete(shown));
  }

  #show(cell: string, bundle: MimeBundle, options: DisplayOptions): void {
    const { displayId, update = false, metadata = {} } = options;
    if (Object.keys(bundle).length === 0) return;
    this.#output.flush();
    const target = displayId === undefined ? {} : { displayId };
    this.#send({ kind: "display", cell, bundle, metadata, update, ...target });
  }
}
