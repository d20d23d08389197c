// Comms between the front end and whoever owns their target: the run recorder in this process, or code
// of cells on rank 0.

import type { CommEvent } from "../link/messages.js";
import type { Content } from "../wire/message.js";

export interface CommOwner {
  receive(event: CommEvent, buffers: Uint8Array[]): void;
}

type SendComm = (type: string, content: Content, buffers: readonly Uint8Array[]) => void;

export class CommRouter {
  readonly #owners: ReadonlyMap<string, CommOwner>;
  readonly #fallback: CommOwner;
  readonly #open = new Map<string, string>();

  /** `owners` by target; every other target belongs to `fallback`. */
  constructor(owners: ReadonlyMap<string, CommOwner>, fallback: CommOwner) {
    this.#owners = owners;
    this.#fallback = fallback;
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

  /** Takes an event of the front end. */
  receive(
    event: Omit<CommEvent, "target"> & { readonly target: string | undefined },
    buffers: Uint8Array[],
  ): void {
    const target = event.target ?? this.#open.get(event.commId);
    if (target === undefined) return; // a message for a comm that was closed meanwhile
    if (event.event === "open") this.#open.set(event.commId, target);
    if (event.event === "close") this.#open.delete(event.commId);
    const owner = this.#owners.get(target) ?? this.#fallback;
    owner.receive({ ...event, target }, buffers);
  }

  /** Sends an event of this side with `send`. */
  emit(event: CommEvent, buffers: readonly Uint8Array[], send: SendComm): void {
    if (event.event === "open") this.#open.set(event.commId, event.target);
    if (event.event === "close") this.#open.delete(event.commId);
    const opening = event.event === "open" ? { target_name: event.target } : {};
    send(`comm_${event.event}`, { comm_id: event.commId, data: event.data, ...opening }, buffers);
  }

  /** Forgets the comms of cells, whose other end died with the workers. */
  dropWorkers(): string[] {
    const lost = [...this.#open]
      .filter(([, target]) => !this.#owners.has(target))
      .map(([id]) => id);
    for (const id of lost) this.#open.delete(id);
    return lost;
  }
}
