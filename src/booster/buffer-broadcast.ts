// Buffers, such as running means, that ranks change each by its own rows: the first rank's are everybody's after each backward
// pass that is reduced. PyTorch does so before the next forward pass; here evaluation sees equal buffers, too.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Module } from "../nn/module.js";
import { noGrad } from "../tensor/grad-mode.js";

export class BufferBroadcast {
  readonly #model: Module;
  readonly #group: ProcessGroup;

  constructor(model: Module, group: ProcessGroup) {
    this.#model = model;
    this.#group = group;
  }

  /** All ranks of the group call it. */
  broadcast(): void {
    noGrad(() => {
      const works = this.#model.buffers().map((buffer) => this.#group.broadcast(buffer.detach()));
      for (const work of works) work.wait();
    });
  }
}
