// Buffers, such as running means, that ranks change each by its own rows: the first rank's are everybody's after each backward
// pass that is reduced. PyTorch does so before the next forward pass; here evaluation sees equal buffers, too.
import { broadcastAll } from "../cluster/job.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Module } from "../nn/module.js";

export class BufferBroadcast {
  readonly #model: Module;
  readonly #group: ProcessGroup;

  constructor(model: Module, group: ProcessGroup) {
    this.#model = model;
    this.#group = group;
  }

  /** All ranks of the group call it. */
  broadcast(): void {
    broadcastAll(this.#model.buffers(), this.#group, 0);
  }
}
