// display() and clearOutput() of a cell. An output has its place from the moment of the call, however long it is in the making.

import type { DisplayOptions, MimeBundle } from "notebooster/host";
import { checkOptions } from "../../src/arguments/options.js";
import type { Rendered } from "../link/messages.js";
import { currentCell } from "./cell-context.js";
import { DISPLAY_OPTIONS, wrongForm } from "./display-arguments.js";
import { DisplayHandle } from "./display-handle.js";
import type { Send } from "./kernel-link.js";
import { encodeBinary, isMimeBundle, renderSoon } from "./render.js";
import { outputsOf, withFallbacks } from "./render-forms.js";

/** Where and how an output is shown. */
type Place = DisplayOptions & { readonly displayId: string };

export class Displayer {
  readonly #send: Send;
  /** What is in the making, by the output it will stand in. */
  readonly #pending = new Map<string, Promise<void>>();

  constructor(send: Send) {
    this.#send = send;
  }

  /** Shows a MIME bundle, or any value as it would look as a result. */
  readonly display = (value: unknown, options: DisplayOptions = {}): DisplayHandle => {
    checkOptions("display", options, DISPLAY_OPTIONS);
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
    this.#send({ kind: "clear", cell: currentCell(), wait: options.wait ?? false });
  }

  /** Resolves when values with asynchronous display methods are shown; undefined when all are. */
  settle(): Promise<unknown> | undefined {
    return this.#pending.size > 0 ? Promise.all(this.#pending.values()) : undefined;
  }

  #render(value: unknown, place: Place): void {
    const cell = currentCell();
    const { displayId } = place;
    this.#pending.delete(displayId); // what was to stand there is older than this
    if (isMimeBundle(value)) {
      const wrong = wrongForm(value);
      if (wrong !== undefined) throw new TypeError(`display: ${wrong}`);
      for (const [index, bundle] of outputsOf(encodeBinary(value)).entries()) {
        const part = index === 0 ? {} : { displayId: `${displayId}-${index}` };
        this.#show(cell, withFallbacks(bundle), { ...place, ...part });
      }
      return;
    }
    const rendered = renderSoon(value);
    if (rendered instanceof Promise) this.#showLater(cell, rendered, place);
    else this.#show(cell, rendered.bundle, place);
  }

  /** Holds the place with an empty output until the value is there, unless another comes to stand there before. */
  #showLater(cell: string, rendered: Promise<Rendered>, place: Place): void {
    const { displayId, update = false } = place;
    if (!update) this.#sendDisplay(cell, {}, place);
    const shown = rendered.then(({ bundle }) => {
      if (this.#pending.get(displayId) !== shown) return;
      this.#pending.delete(displayId);
      this.#show(cell, bundle, { ...place, update: true });
    });
    this.#pending.set(displayId, shown);
  }

  #show(cell: string, bundle: MimeBundle, place: Place): void {
    if (Object.keys(bundle).length > 0) this.#sendDisplay(cell, bundle, place);
  }

  #sendDisplay(cell: string, bundle: MimeBundle, place: Place): void {
    const { displayId, update = false, metadata = {} } = place;
    this.#send({ kind: "display", cell, bundle, metadata, update, displayId });
  }
}
