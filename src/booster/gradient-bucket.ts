// Gradients that are averaged over ranks in one all-reduce, where they lie: one after another in a flat buffer, of which
// `parameter.grad` is a part. The buffer is made when the backward pass comes to the first of them and dropped with them, so
// that while activations fill the memory there is none. All ranks reduce the same elements in the same order: zeros stand for a
// gradient that a rank does not have. A mark behind them says for each parameter whether a rank had one; only a rank that had
// none reads it.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { empty, tensor } from "../tensor/create.js";
import { itemSize } from "../tensor/dtype.js";
import { makeGradientPlace, settleGradient } from "../tensor/gradient-place.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { markWritten } from "../tensor/version.js";

/** Gradients begin at multiples of it, as memory does that an allocator gives: matrix products are slower elsewhere. */
const ALIGNED_BYTES = 512;

/** The gradients' memory in one pass or several. */
interface Buffer {
  readonly flat: Tensor;
  /** Of the flat buffer, in the order of the parameters. */
  readonly places: readonly Tensor[];
  readonly marks: Tensor;
}

export class GradientBucket {
  readonly parameters: readonly Parameter[];
  readonly #group: ProcessGroup;
  /** Where gradients begin, and behind them the marks, in elements. */
  readonly #offsets: readonly number[];
  #buffer: Buffer | undefined;
  #reducing: { readonly work: Work; readonly has: readonly boolean[] } | undefined;

  /**
   * @param parameters of one dtype, on every rank the same
   */
  constructor(parameters: readonly Parameter[], group: ProcessGroup) {
    this.parameters = parameters;
    this.#group = group;
    this.#offsets = offsetsOf(parameters);
  }

  /** Has memory for its gradients from now on. */
  open(): Buffer {
    this.#buffer ??= this.#make();
    return this.#buffer;
  }

  /** Brings complete gradients into their places; says which there are. */
  settle(): boolean[] {
    const { places } = this.open();
    return this.parameters.map((each, i) => settleGradient(each, places[i] as Tensor));
  }

  /** Begins to average complete gradients over ranks. */
  launch(): void {
    const has = this.settle();
    const { flat, places, marks } = this.open();
    for (const [i, place] of places.entries()) if (has[i] !== true) place.zero_();
    if (has.every(Boolean)) marks.fill_(1);
    else marks.copy_(tensor(has.map(Number)));
    markWritten(places);
    this.#reducing = { work: this.#group.allReduce(flat, "avg"), has };
  }

  /**
   * Waits for the averages; each parameter that any rank had a gradient of has one.
   * @returns those that no rank had one of
   */
  finish(): Parameter[] {
    if (this.#reducing === undefined) return [];
    const { work, has } = this.#reducing;
    work.wait();
    this.#reducing = undefined;
    if (has.every(Boolean)) return [];
    const { places, marks } = this.open();
    const shares = marks.to("float32").toTypedArray();
    for (const [i, parameter] of this.parameters.entries())
      if (has[i] !== true && Number(shares[i]) > 0) parameter.grad = places[i] as Tensor;
    return this.parameters.filter((_, i) => Number(shares[i]) === 0);
  }

  /** Has no memory any more but what gradients still hold; a reduction that has begun is given up. */
  drop(): void {
    const { flat, places, marks } = this.#buffer ?? { places: [] };
    this.#buffer = undefined; // before anything is freed: an interrupt may end this in its middle
    this.#reducing = undefined;
    for (const each of [flat, marks, ...places]) each?.dispose();
  }

  #make(): Buffer {
    const { dtype, device } = this.parameters[0] as Parameter;
    const numMarks = this.parameters.length;
    const end = this.#offsets[numMarks] as number;
    const flat = keep(empty([end + numMarks], { dtype, device }));
    const places = this.parameters.map((parameter, i) =>
      makeGradientPlace(flat, this.#offsets[i] as number, parameter),
    );
    return { flat, places, marks: keep(flat.narrow(0, end, numMarks)) };
  }
}

function offsetsOf(parameters: readonly Parameter[]): number[] {
  let end = 0;
  const offsets = [0];
  for (const { numel, dtype } of parameters) {
    const aligned = ALIGNED_BYTES / itemSize(dtype);
    end += Math.ceil(numel / aligned) * aligned;
    offsets.push(end);
  }
  return offsets;
}
