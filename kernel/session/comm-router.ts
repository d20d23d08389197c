// Comms between the front end and whoever owns their target: the run recorder in this process, or code
// of cells on rank 0.

import type { CommEvent } from "../link/messages.js";
import type { Header } from "../wire/message.js";
import type { Publish } from "./cells.js";

export interface CommOwner {
  receive(event: CommEvent, buffers: Uint8Array[]): void;
}

const WIDGET_TARGET = "jupyter.widget";

export class CommRouter {
  readonly #owners: ReadonlyMap<string, CommOwner>;
  readonly #fallback: CommOwner;
  readonly #publish: Publish;
  readonly #open = new Map<string, string>();

  /** `owners` by target; every other target belongs to `fallback`. */
  constructor(owners: Readonly<Record<string, CommOwner>>, fallback: CommOwner, publish: Publish) {
    this.#owners = new Map(Object.entries(owners));
    this.#fallback = fallback;
    this.#publish = publish;
  }

  /** Open comms as comm_info_reply lists them, of one target or of all. */
  list(target: string | undefined): Record<string, { target_name: string }> {
    const all = [...this.#open].filter(([, name]) => target === undefined || name === target);
    return Object.fromEntries(all.map(([id, name]) => [id, { target_name: name }]));
  }

  /** Whether a comm that is not open may belong to a target that code of a cell registers. */
  mayBeRegistered(commId: unknown, target: unknown): boolean {
    return !this.#open.has(String(commId)) && !this.#owners.has(String(target));
  }

  /** Whether a comm, perhaps about to be opened for `target`, belongs to this process and not to code of cells. */
  isOurs(commId: unknown, target: unknown): boolean {
    return this.#owners.has(String(target ?? this.#open.get(String(commId))));
  }

  /** Takes an event of the front end that came with `header`. */
  receive(
    event: Omit<CommEvent, "target"> & { readonly target: string | undefined },
    buffers: Uint8Array[],
    header: Header,
  ): void {
    const target = event.target ?? this.#open.get(event.commId);
    if (target === undefined) return; // a message for a comm that was closed meanwhile
    if (event.event === "open") this.#open.set(event.commId, target);
    if (event.event === "close") this.#open.delete(event.commId);
    if (target === WIDGET_TARGET) this.#echo(event, buffers, header);
    const owner = this.#owners.get(target) ?? this.#fallback;
    owner.receive({ ...event, target }, buffers);
  }

  /** Sends an event of this side on behalf of the request with the header `parent`. */
  emit(event: CommEvent, buffers: readonly Uint8Array[], parent: Header | undefined): void {
    if (event.event === "open") this.#open.set(event.commId, event.target);
    if (event.event === "close") this.#open.delete(event.commId);
    const { commId: comm_id, data, metadata, target: target_name } = event;
    const content = { comm_id, data, ...(event.event === "open" ? { target_name } : {}) };
    this.#publish({ type: `comm_${event.event}`, content, parent, metadata, buffers });
  }

  /** Tells every page what one of them changed in a widget, at once (widget protocol 2.1, echo_update). */
  #echo(
    { event, commId, data }: Omit<CommEvent, "target">,
    buffers: readonly Uint8Array[],
    parent: Header,
  ): void {
    const change = data as { readonly method?: unknown };
    if (event !== "msg" || change.method !== "update") return;
    const content = { comm_id: commId, data: { ...change, method: "echo_update" } };
    this.#publish({ type: "comm_msg", content, parent, buffers });
  }

  /** Closes the comms of cells, whose other end died with the workers. */
  dropWorkers(): void {
    const lost = [...this.#open]
      .filter(([, target]) => !this.#owners.has(target))
      .map(([id]) => id);
    for (const id of lost) {
      this.#open.delete(id);
      this.#publish({ type: "comm_close", content: { comm_id: id, data: {} } });
    }
  }
}
