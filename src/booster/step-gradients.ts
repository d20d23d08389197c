// The gradients that a step is made with, as it sees them: those of parameters, or the slices that this rank has of them.
import { gradientsOf, gradNormAndOverflow } from "../optim/clip-grad-norm.js";
import { tensor } from "../tensor/create.js";
import { stack } from "../tensor/functional.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { product } from "./factors.js";
import type { GradientSync } from "./gradient-sync.js";
import { type GradientNumbers, hasGradient } from "./measured-gradients.js";
import { PlanError } from "./plan.js";

export class StepGradients {
  readonly #parameters: () => readonly Parameter[];
  readonly #sync: GradientSync | undefined;

  /** @param parameters those that the optimizer updates */
  constructor(parameters: () => readonly Parameter[], sync: GradientSync | undefined) {
    this.#parameters = parameters;
    this.#sync = sync;
  }

  /** Whether there are any; the same on all ranks once they were averaged. */
  get areThere(): boolean {
    return this.#sync?.sliced?.areThere === true || this.#parameters().some(hasGradient);
  }

  /** To be scaled in place, or measured. */
  tensors(): Tensor[] {
    const sliced = this.#sync?.sliced;
    if (sliced === undefined) return gradientsOf(this.#parameters());
    const slices = this.#parameters().flatMap((parameter) => sliced.gradOf(parameter) ?? []);
    return slices.filter(({ numel }) => numel > 0);
  }

  /** Of all gradients, wherever they are; undefined when there are none. Where ranks have slices all of them call it. */
  numbers(): GradientNumbers | undefined {
    if (this.#sync?.sliced === undefined) return gradNormAndOverflow(this.tensors());
    return this.areThere ? this.#ofAllRanks(this.#sync) : undefined;
  }

  /** @throws PlanError where ranks have slices of the gradients, which are not those of parameters */
  requireThoseOfParameters(of: string): void {
    if (this.#sync?.sliced?.areThere !== true) return;
    throw new PlanError(
      of,
      "ranks share the gradients, each with a slice, and parameter.grad is null",
      "take optimizer.gradNorm or optimizer.measureGradNorm(), and clip with the plugin's maxNorm or optimizer.clipGradByNorm(maxNorm)",
    );
  }

  /** @throws PlanError where ranks have slices of the averages, for gradients that someone wrote: no step would look at them */
  requireAveraged(): void {
    const { sliced, numPauses = 0 } = this.#sync ?? {};
    if (sliced === undefined || numPauses > 0 || !this.#parameters().some(hasGradient)) return;
    throw new PlanError(
      "step",
      "some parameters have a gradient that no backward pass has averaged, while ranks share the averaged ones in slices",
      "leave gradients to backward(), and noSync before the last pass of a step, or train under TorchDDPPlugin",
    );
  }

  /** Of all of them, times `scale`; 0 when there are none. */
  norm(scale: Tensor | undefined): number {
    const found = this.numbers()?.norm;
    return found === undefined ? 0 : (product(found, scale) as Tensor).item();
  }

  #ofAllRanks(sync: GradientSync): GradientNumbers {
    const own = gradNormAndOverflow(this.tensors());
    const { device } = this.#parameters()[0] as Parameter;
    const sums =
      own === undefined
        ? tensor(Float64Array.of(0, 0), { device })
        : stack([own.norm.to("float64").square(), own.overflow.to("float64")]);
    sync.sum(sums);
    return {
      norm: sums.select(0, 0).sqrt().to("float32"),
      overflow: sums.select(0, 1).clampMax(1).to("float32"),
    };
  }
}
