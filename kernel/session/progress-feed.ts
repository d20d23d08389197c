// Progress bars for pages that were reloaded: such a page no longer knows which output the updates of a running cell
// belong to, so a bar of the page asks here, over a comm, how its own goes on.

import type { MimeBundle } from "notebooster/host";
import { PROGRESS_MIME, type ProgressModel } from "notebooster/report";
import type { CommEvent } from "../link/messages.js";
import type { Publish } from "./cells.js";
import type { CommOwner } from "./comm-router.js";

export const PROGRESS_TARGET = "notebooster.progress";
/** Bars that are remembered. */
const MAX_BARS = 200;

export class ProgressFeed implements CommOwner {
  readonly #publish: Publish;
  /** The newest state of each bar, those that changed last at the end. */
  readonly #bars = new Map<string, ProgressModel>();
  /** Which bar each comm follows. */
  readonly #followed = new Map<string, string>();

  constructor(publish: Publish) {
    this.#publish = publish;
  }

  /** Notes the bar in a bundle that a cell shows, if it is one, and tells the pages that follow it. */
  note(bundle: MimeBundle): void {
    const model = bundle[PROGRESS_MIME] as ProgressModel | undefined;
    if (model === undefined) return;
    this.#bars.delete(model.id);
    this.#bars.set(model.id, model);
    for (const [commId, id] of this.#followed) if (id === model.id) this.#send(commId, model);
    const [oldest] = this.#bars.keys();
    if (this.#bars.size > MAX_BARS && oldest !== undefined) this.#bars.delete(oldest);
  }

  /** A page follows a bar, or leaves it; one that is not known here is answered with null. */
  receive({ event, commId, data }: CommEvent): void {
    if (event === "close") this.#followed.delete(commId);
    if (event !== "open") return;
    const id = String(Object(data)["id"]);
    this.#followed.set(commId, id);
    this.#send(commId, this.#bars.get(id) ?? null);
  }

  /** The workers are gone, and with them whoever moved the bars; returns those that had not ended. */
  stop(outcome: "interrupted" | "failed"): ProgressModel[] {
    const open = [...this.#bars.values()].filter((model) => model.outcome === undefined);
    const stopped = open.map((model) => ({ ...model, outcome }));
    for (const model of stopped) this.note({ [PROGRESS_MIME]: model });
    return stopped;
  }

  #send(commId: string, model: ProgressModel | null): void {
    this.#publish({ type: "comm_msg", content: { comm_id: commId, data: { model } } });
  }
}
