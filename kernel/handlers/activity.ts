// Whether the kernel is busy, as front ends see it. They take the newest status message for the kernel's state, whatever
// request it belongs to (JupyterLab's indicator, the server's culling of idle kernels), and a request that is answered
// beside a running cell needs an `idle` of its own. So while a cell runs each `idle` of others is followed by one more `busy`.
// It belongs to no request: a second one of the cell would move the start that front ends note for it.

import type { Draft, Header } from "../wire/message.js";

interface Wire {
  readonly publish: (draft: Draft) => void;
  /** As `publish`, once the jobs that are ready have run. */
  readonly publishSoon: (draft: Draft) => void;
}

export class Activity {
  readonly #wire: Wire;
  /** Requests whose cells run, one a shell. */
  readonly #cells = new Set<Header>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** The cell of a request begins. */
  beginCell(request: Header): void {
    this.#cells.add(request);
    this.#wire.publishSoon(status("busy", request));
  }

  /** The cell of a request has ended. */
  endCell(request: Header): void {
    this.#cells.delete(request);
    this.#idle(request);
  }

  /** Says that the kernel is busy with a request while `work` goes on. */
  async during(request: Header, work: () => Promise<void>): Promise<void> {
    this.#wire.publish(status("busy", request));
    try {
      await work();
    } finally {
      this.#idle(request);
    }
  }

  #idle(request: Header): void {
    this.#wire.publish(status("idle", request));
    if (this.#cells.size > 0) this.#wire.publish(status("busy", undefined));
  }
}

function status(state: "busy" | "idle", parent: Header | undefined): Draft {
  return { type: "status", content: { execution_state: state }, parent };
}
