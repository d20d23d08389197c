// What display() returns: the output, to be replaced later. As the last value of a cell it shows nothing, because what
// it stands for is shown already.

import { randomUUID } from "node:crypto";
import type { DisplayOptions } from "notebooster/host";

export type Show = (value: unknown, options: DisplayOptions) => void;

export class DisplayHandle {
  /** Names the output; `display(value, { displayId, update: true })` replaces it too. */
  readonly displayId: string;
  readonly #show: Show;

  constructor(show: Show, displayId: string = randomUUID()) {
    this.#show = show;
    this.displayId = displayId;
  }

  /** Replaces the output, wherever in the notebook it is. */
  update(value: unknown, options: DisplayOptions = {}): void {
    this.#show(value, { ...options, displayId: this.displayId, update: true });
  }
}
