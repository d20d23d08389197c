// What is known about every cell that ran: which request it answers, and so where its output belongs,
// also when that output comes long after the cell ended.

import type { MimeBundle } from "notebooster/host";
import type { Rendered, StreamName } from "../link/messages.js";
import type { Content, Draft, Header } from "../wire/message.js";
import { OutputSpool } from "./output-spool.js";
import { RankFold } from "./rank-fold.js";

export type Publish = (draft: Draft) => void;

const MAX_CELLS = 10_000;
const NOTE_MS = 500;

interface CellOutputOptions {
  readonly publish: Publish;
  /** Header of the request that runs the cell. */
  readonly parent: Header;
  /** A silent cell shows nothing. */
  readonly isSilent: boolean;
  /** The notebook's folder: output too long for a notebook goes to a file in it. */
  readonly folder: string;
  readonly executionCount: number;
}

/** The output side of one cell. */
export class CellOutput {
  readonly #options: CellOutputOptions;
  readonly parent: Header;
  readonly #spools = new Map<number, OutputSpool>();
  #fold: RankFold | undefined;
  #shownRank = 0;
  #note = "";
  #noteTimer: NodeJS.Timeout | undefined;

  constructor(options: CellOutputOptions) {
    this.#options = options;
    this.parent = options.parent;
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

  /** Whether the output of a rank is shown plainly. */
  isShown(rank: number): boolean {
    return this.#fold === undefined || rank === this.#shownRank;
  }

  stream(rank: number, name: StreamName, text: string): void {
    if (this.#options.isSilent) return;
    const spool = this.#spool(rank);
    const shown = this.#take(spool, text);
    this.#fold?.addText(rank, shown, spool.note);
    if (!this.isShown(rank)) return;
    if (shown !== "") this.publish("stream", { name, text: shown });
    if (spool.note !== undefined) this.#noteTimer ??= setTimeout(() => this.#showNote(), NOTE_MS);
  }

  display(rank: number, rendered: Rendered, displayId: string, update: boolean): void {
    this.#fold?.addDisplay(rank, displayId, rendered);
    if (this.isShown(rank)) this.#display(rendered, displayId, update);
  }

  /** Tells of what the cell asked the kernel to do. */
  say(text: string): void {
    this.publish("stream", { name: "stdout", text });
  }

  /** Says something of the kernel's own. */
  warn(text: string): void {
    this.publish("stream", { name: "stderr", text: `${text}\n` });
  }

  clear(rank: number, wait: boolean): void {
    this.#spools.get(rank)?.clear();
    if (this.isShown(rank)) this.publish("clear_output", { wait });
  }

  /** The cell has ended: sends what is still gathered. */
  end(): void {
    this.#fold?.flush();
    this.#showNote();
    for (const [rank, spool] of this.#spools) if (!spool.isLong) this.#spools.delete(rank);
  }

  publish(type: string, content: Content, buffers: readonly Uint8Array[] = []): void {
    const { isSilent, publish, parent } = this.#options;
    if (!isSilent) publish({ type, content, parent, buffers });
  }

  #spool(rank: number): OutputSpool {
    const { folder, executionCount } = this.#options;
    const spool =
      this.#spools.get(rank) ?? new OutputSpool(folder, `cell-${executionCount}-rank-${rank}`);
    this.#spools.set(rank, spool);
    return spool;
  }

  #take(spool: OutputSpool, text: string): string {
    try {
      return spool.take(text);
    } catch (failure) {
      spool.clear(); // nowhere to put it: then the notebook has to take all of it
      return `${text}\n[long output cannot be moved to a file: ${(failure as Error).message}]\n`;
    }
  }

  /** Says below the output of the shown rank where the rest of it is. */
  #showNote(): void {
    clearTimeout(this.#noteTimer);
    this.#noteTimer = undefined;
    const note = this.#spools.get(this.#shownRank)?.note;
    if (note === undefined || note === this.#note) return;
    const isShown = this.#note !== "";
    this.#note = note;
    const bundle = { "text/plain": note };
    this.#display({ bundle, metadata: {} }, `${this.parent.msg_id}-rest`, isShown);
  }

  #display({ bundle, metadata }: Rendered, displayId: string, update: boolean): void {
    const type = update ? "update_display_data" : "display_data";
    const transient = { display_id: displayId };
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
