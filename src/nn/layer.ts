// A module that turns one tensor into one tensor, as Sequential chains them. It says its arguments when it is printed and
// when it refuses an input. Layers of large models look for the reason once their operator has refused, so that a right
// input pays nothing: asking a tensor for its dtype or shape is a native call of its own.
import { describeValue } from "../arguments/describe-value.js";
import { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";

/** A module that turns one tensor into one tensor. */
export abstract class Layer extends Module {
  readonly #args: string;

  /** @param args as the user wrote them: "4, 3" */
  constructor(args = "") {
    super();
    if (typeof args !== "string")
      throw new TypeError(`new ${new.target.name} takes no options, got ${describeValue(args)}`);
    this.#args = args;
  }

  /** The layer's output for `x`; the class says the shapes. */
  abstract forward(x: Tensor): Tensor;

  /** `Linear(4, 3)` */
  protected get call(): string {
    return `${this.constructor.name}(${this.#args})`;
  }

  /** Its arguments are shown where no parameter's shape says them. */
  protected override get title(): string {
    const isShown = this.#args !== "" && this.parameters().length === 0;
    return isShown ? this.call : this.constructor.name;
  }

  /** @throws TypeError unless the input is a tensor, of the dtype of `like` where that is given */
  protected requireTensor(x: unknown, like?: Tensor | null): asserts x is Tensor {
    if (!(x instanceof Tensor)) {
      throw new TypeError(`${this.call} takes a tensor, got ${describeValue(x)}`);
    }
    if (like && x.dtype !== like.dtype) {
      throw new TypeError(
        `${this.call} got an input of dtype ${x.dtype}, its parameters are ${like.dtype}; convert it: x.to("${like.dtype}")`,
      );
    }
  }

  /** @param rule what holds of the shapes allowed, to follow a colon */
  protected refuseShape({ shape }: Tensor, rule: string): never {
    throw new RangeError(`${this.call} got an input of shape [${shape.join(", ")}]: ${rule}`);
  }
}
