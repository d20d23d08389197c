// A collective under way. On GPUs it runs on a stream of its own beside computation; `wait` makes what follows on the
// current stream come after it, without blocking the host.
import { native } from "../native/native.js";
import type { GroupRef, WorkRef } from "../native/process-groups.js";
import { beginSpan, type OpenSpan, type SpanStart } from "../tensor/spans.js";
import { withRanks } from "./collective-error.js";
import type { ElementOrder } from "./element-order.js";

/** A collective under way; the tensors it works on must not be touched before `wait`. */
export class Work {
  readonly #group: GroupRef;
  readonly #refs: readonly WorkRef[];
  readonly #order: ElementOrder;
  #span: OpenSpan | undefined;

  /** @param order of the tensors that it works on */
  constructor(group: GroupRef, refs: readonly WorkRef[], order: ElementOrder) {
    this.#group = group;
    this.#refs = refs;
    this.#order = order;
  }

  /**
   * Returns once the result may be used.
   * @throws CollectiveError when a rank did not enter in time or has ended
   */
  wait(): void {
    withRanks(this.#group, () => {
      for (const ref of this.#refs) native.wait(ref);
    });
    this.#order.copyBack();
    this.#span?.end();
  }

  /** Is recorded until it has ended, where somebody records. */
  spanning(what: () => SpanStart): this {
    this.#span = beginSpan(what);
    this.#span?.endAfter(() => {
      for (const ref of this.#refs) native.wait(ref);
    });
    return this;
  }

  /** True once the result is there; does not wait. Call `wait` all the same. */
  get isCompleted(): boolean {
    return this.#refs.every((ref) => native.isCompleted(ref));
  }
}
