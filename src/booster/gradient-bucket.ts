// Gradients that are averaged over ranks in one all-reduce. All ranks reduce the same elements in the same order: zeros stand
// for a gradient that a rank does not have, and a mark behind them says for each parameter whether a rank had one.
import type { ProcessGroup } from "../cluster/process-group.js";
import type { Work } from "../cluster/work.js";
import { ones, tensor, zeros } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";

export class GradientBucket {
  readonly parameters: readonly Parameter[];
  readonly #group: ProcessGroup;
  #reducing: { readonly flat: Tensor; readonly work: Work } | undefined;

  /**
   * @param parameters of one dtype, on every rank the same
   */
  constructor(parameters: readonly Parameter[], group: ProcessGroup) {
    this.parameters = parameters;
    this.#group = group;
  }

  /** Begins to add the ranks' gradients up. */
  launch(): void {
    const pieces = this.parameters.map(
      (parameter) => parameter.grad?.reshape(-1) ?? zerosFor(parameter),
    );
    const flat = keep(cat([...pieces, this.#marks()]));
    this.#reducing = { flat, work: this.#group.allReduce(flat, "sum") };
  }

  /** Waits for the sums; the mean becomes the gradient of each parameter that any rank had one of. */
  takeBack(): void {
    if (this.#reducing === undefined) return;
    const { flat, work } = this.#reducing;
    work.wait();
    flat.div_(this.#group.size);
    const { parameters } = this;
    const pieces = flat.split([...parameters.map(({ numel }) => numel), parameters.length]);
    const marks = pieces.at(-1) as Tensor;
    for (const [i, parameter] of parameters.entries()) {
      const mean = (pieces[i] as Tensor).view(...parameter.shape);
      const { grad } = parameter;
      if (grad !== null) grad.copy_(mean);
      else if (marks.narrow(0, i, 1).item() > 0) parameter.grad = mean.clone();
    }
    this.forget();
  }

  /** Gives up what was begun. */
  forget(): void {
    this.#reducing?.flat.dispose();
    this.#reducing = undefined;
  }

  #marks(): Tensor {
    const { dtype, device } = this.parameters[0] as Parameter;
    const has = this.parameters.map(({ grad }) => (grad === null ? 0 : 1));
    if (has.every((one) => one === 1)) return ones([has.length], { dtype, device });
    return tensor(has, { dtype, device });
  }
}

function zerosFor({ numel, dtype, device }: Parameter): Tensor {
  return zeros([numel], { dtype, device });
}
