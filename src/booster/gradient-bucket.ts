// Gradients that are averaged over ranks in one all-reduce, where they lie. All ranks reduce the same elements in the same
// order: zeros stand for a gradient that a rank does not have. A mark behind them says for each parameter whether a rank had one;
// only a rank that had none reads it.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { ALIGNED_BYTES, offsetsOf } from "../memory/bucket-layout.js";
import { tensor } from "../tensor/create.js";
import { itemSize } from "../tensor/dtype.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { GradientBuffer } from "./gradient-buffer.js";

/** Gradients that are brought together over ranks at once. */
export interface ReducedBucket {
  readonly parameters: readonly Parameter[];
  /** Where backward passes make the gradients. */
  readonly buffer: GradientBuffer;
  /** Begins to average complete gradients over ranks. */
  launch(): void;
  /** Waits for the averages, and gives back what memory they need no more. */
  collect(): void;
  /**
   * Ends a pass: all parameters that any rank had a gradient of have one.
   * @returns those that no rank had one of
   */
  finish(): Parameter[];
  /** Has no memory any more but what gradients still hold; a reduction that has begun is given up. */
  drop(): void;
}

export class GradientBucket implements ReducedBucket {
  readonly parameters: readonly Parameter[];
  readonly #group: ProcessGroup;
  readonly buffer: GradientBuffer;
  /** Where the marks begin. */
  readonly #end: number;
  #reducing: Work | undefined;
  /** Which gradients this rank had. */
  #has: readonly boolean[] = [];

  /**
   * @param parameters of one dtype, on every rank the same
   */
  constructor(parameters: readonly Parameter[], group: ProcessGroup) {
    this.parameters = parameters;
    this.#group = group;
    const { dtype } = parameters[0] as Parameter;
    const { offsets, end } = offsetsOf(parameters, ALIGNED_BYTES / itemSize(dtype));
    this.#end = end;
    this.buffer = new GradientBuffer({
      parameters,
      offsets,
      numElements: end + parameters.length,
    });
  }

  launch(): void {
    this.#has = this.buffer.settleAll();
    const marks = this.#marks();
    if (this.#has.every(Boolean)) marks.fill_(1);
    else marks.copy_(tensor(this.#has.map(Number)));
    const { flat } = this.buffer.open();
    this.#reducing = this.#group
      .allReduce(flat, "avg")
      .spanning(() => ({ action: "reduce", of: this.parameters, bytes: flat.nbytes }));
  }

  collect(): void {
    this.#reducing?.wait();
    this.#reducing = undefined;
  }

  finish(): Parameter[] {
    this.collect();
    const has = this.#has;
    this.#has = [];
    if (has.every(Boolean)) return [];
    const { places } = this.buffer.open();
    const shares = this.#marks().to("float32").toTypedArray();
    for (const [i, parameter] of this.parameters.entries())
      if (has[i] !== true && Number(shares[i]) > 0) parameter.grad = places[i] as Tensor;
    return this.parameters.filter((_, i) => Number(shares[i]) === 0);
  }

  drop(): void {
    this.#reducing = undefined;
    this.#has = [];
    this.buffer.drop();
  }

  /** Of the flat buffer, behind the gradients. */
  #marks(): Tensor {
    return this.buffer.open().flat.narrow(0, this.#end, this.parameters.length);
  }
}
