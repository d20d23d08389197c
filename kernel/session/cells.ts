// What is known about every cell that ran: which request it answers, and so where its output belongs,
// also when that output comes long after the cell ended.

import type { MimeBundle } from "notebooster/report";
import type { Rendered, StreamName } from "../link/messages.js";
import type { Content, Draft, Header } from "../wire/message.js";
import { RankFold } from "./rank-fold.js";

export type Publish = (draft: Draft) => void;

const MAX_CELLS = 10_000;

/** The output side of one cell. */
export class CellOutput {
  readonly #publish: Publish;
  readonly parent: Header;
  /** A silent cell shows nothing. */
  readonly #isSilent: boolean;
  #fold: RankFold | undefined;
  #shownRank = 0;

  constructor(publish: Publish, parent: Header, isSilent: boolean) {
    this.#publish = publish;
    this.parent = parent;
    this.#isSilent = isSilent;
  }

  /** From now on only the output of `shownRank` is shown plainly, that of other ranks folded. */
  foldOthers(shownRank: number): void {
    this.#shownRank = shownRank;
    const displayId = `${this.parent.msg_id}-ranks`;
    let isShown = false;
    this.#fold = new RankFold(shownRank, (bundle) => {
      this.#display({ bundle, metadata: {} }, displayId, isShown);
      isShown = true;
    });
  }

  stream(rank: number, name: StreamName, text: string): void {
    this.#fold?.addText(rank, text);
    if (this.#isShown(rank)) this.publish("stream", { name, text });
  }

  display(rank: number, rendered: Rendered, displayId: string | undefined, update: boolean): void {
    this.#fold?.addDisplay(rank, displayId, rendered);
    if (this.#isShown(rank)) this.#display(rendered, displayId, update);
  }

  clear(rank: number, wait: boolean): void {
    if (this.#isShown(rank)) this.publish("clear_output", { wait });
  }

  /** Sends what is still gathered. */
  flush(): void {
    this.#fold?.flush();
  }

  publish(type: string, content: Content, buffers: readonly Uint8Array[] = []): void {
    if (!this.#isSilent) this.#publish({ type, content, parent: this.parent, buffers });
  }

  #isShown(rank: number): boolean {
    return this.#fold === undefined || rank === this.#shownRank;
  }

  #display({ bundle, metadata }: Rendered, displayId: string | undefined, update: boolean): void {
    const type = update ? "update_display_data" : "display_data";
    const transient = displayId === undefined ? {} : { display_id: displayId };
    this.publish(type, { data: textBundle(bundle), metadata, transient });
  }
}

/** Cells by id, the oldest forgotten. */
export class Cells {
  readonly #cells = new Map<string, CellOutput>();

  add(cell: string, output: CellOutput): void {
    this.#cells.set(cell, output);
    if (this.#cells.size <= MAX_CELLS) return;
    for (const oldest of this.#cells.keys()) {
      this.#cells.delete(oldest);
      return;
    }
  }

  get(cell: string): CellOutput | undefined {
    return this.#cells.get(cell);
  }
}

/** Text types as strings: a front end shows nothing for a text/plain that is not one. */
function textBundle(bundle: MimeBundle): MimeBundle {
  const entries = Object.entries(bundle).map(([type, data]) => [
    type,
    type.startsWith("text/") && typeof data !== "string" ? String(data) : data,
  ]);
  return Object.fromEntries(entries) as MimeBundle;
}
