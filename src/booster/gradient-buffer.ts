// The memory of gradients that ranks bring together at once: one after another in a flat tensor, of which `parameter.grad` is a
// part. It is there from when a backward pass comes to the first of them until it is dropped, so that while activations fill the
// memory there is none.
import { empty } from "../tensor/create.js";
import { makeGradientPlace, settleGradient } from "../tensor/gradient-place.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { markWritten } from "../tensor/version.js";

/** Where gradients lie in a buffer, in elements. */
export interface BufferLayout {
  /** Of one dtype, on every rank the same. */
  readonly parameters: readonly Parameter[];
  readonly offsets: readonly number[];
  readonly numElements: number;
}

/** The memory of gradients in one pass or several. */
export interface OpenBuffer {
  readonly flat: Tensor;
  /** Of the flat buffer, in the order of the parameters. */
  readonly places: readonly Tensor[];
}

export class GradientBuffer {
  readonly #layout: BufferLayout;
  #open: OpenBuffer | undefined;

  constructor(layout: BufferLayout) {
    this.#layout = layout;
  }

  /** Has memory for its gradients from now on. */
  open(): OpenBuffer {
    this.#open ??= this.#make();
    return this.#open;
  }

  /** Brings complete gradients into their places; says which there are. */
  settle(): boolean[] {
    const { places } = this.open();
    return this.#layout.parameters.map((each, i) => settleGradient(each, places[i] as Tensor));
  }

  /** The same, with zeros for those that there are not. */
  settleAll(): boolean[] {
    const has = this.settle();
    const { places } = this.open();
    for (const [i, place] of places.entries()) if (has[i] !== true) place.zero_();
    markWritten(places);
    return has;
  }

  /** Has no memory any more: who calls this has the flat tensor. */
  take(): Tensor {
    const { flat, places } = this.open();
    this.#open = undefined;
    for (const place of places) place.dispose();
    return flat;
  }

  /** Has no memory any more but what gradients still hold. */
  drop(): void {
    const { flat, places } = this.#open ?? { places: [] };
    this.#open = undefined; // before anything is freed: an interrupt may end this in its middle
    for (const each of [flat, ...places]) each?.dispose();
  }

  #make(): OpenBuffer {
    const { parameters, offsets, numElements } = this.#layout;
    const { dtype, device } = parameters[0] as Parameter;
    const flat = keep(empty([numElements], { dtype, device }));
    const places = parameters.map((parameter, i) =>
      makeGradientPlace(flat, offsets[i] as number, parameter),
    );
    return { flat, places };
  }
}
