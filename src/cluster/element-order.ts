// What collectives work on: c10d sends and receives memory from its beginning to its end, whatever the strides say. Tensors
// that are laid out otherwise, such as a column or a transposed matrix, go as copies; results are copied back on `wait`.
import { describeValue } from "../arguments/describe-value.js";
import type { Handle } from "../native/native.js";
import { noGrad } from "../tensor/grad-mode.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";

/** The tensors of one collective. */
export class ElementOrder {
  readonly #of: string;
  readonly #results: { readonly tensor: Tensor; readonly copy: Tensor }[] = [];

  /** @param of the method as the user calls it: "allReduce" */
  constructor(of: string) {
    this.#of = of;
  }

  /** A tensor that is only read. */
  read(tensor: Tensor): Handle {
    return (tensor.isContiguous() ? tensor : noGrad(() => tensor.contiguous())).handle;
  }

  /**
   * A tensor that is written, and may be read before.
   * @throws TypeError where several of its elements are one in memory
   */
  written(tensor: Tensor): Handle {
    if (tensor.isContiguous()) return tensor.handle;
    if (tensor.shape.some((size, dim) => size > 1 && tensor.stride(dim) === 0)) {
      throw new TypeError(
        `${this.#of}: the result would be written to ${describeValue(tensor)}, an expanded tensor whose elements share memory; pass tensor.contiguous()`,
      );
    }
    const copy = keep(noGrad(() => tensor.contiguous()));
    this.#results.push({ tensor, copy });
    return copy.handle;
  }

  allRead(tensors: readonly Tensor[]): Handle[] {
    return tensors.map((tensor) => this.read(tensor));
  }

  allWritten(tensors: readonly Tensor[]): Handle[] {
    return tensors.map((tensor) => this.written(tensor));
  }

  /** To be called once the collective is done; more calls do nothing. */
  copyBack(): void {
    for (const { tensor, copy } of this.#results.splice(0)) {
      noGrad(() => tensor.copy_(copy));
      copy.dispose();
    }
  }
}
