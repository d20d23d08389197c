// The optimizer as Booster hands it back: it waits for the ranks' gradients and clips before it updates.
import { clipGradNorm, gradNorm } from "../optim/clip-grad-norm.js";
import type { Optimizer, ParameterState, ParamGroup } from "../optim/optimizer.js";
import type { Parameter } from "../tensor/parameter.js";
import { backward } from "../tensor/tape.js";
import type { Tensor } from "../tensor/tensor.js";

/** Brings the gradients of all ranks together. */
export interface GradientSync {
  /** Called after each backward pass: on return gradients are the mean over ranks. */
  finish(): void;
  /** While true, gradients stay local. */
  paused: boolean;
}

export interface BoostedOptimizerOptions {
  readonly sync: GradientSync | undefined;
  /** Clip the global gradient norm to this before each step. */
  readonly maxNorm: number | undefined;
}

export class BoostedOptimizer implements Optimizer {
  readonly #inner: Optimizer;
  readonly #options: BoostedOptimizerOptions;
  #gradNorm: number | undefined;
  #isClipped = false;

  constructor(inner: Optimizer, options: BoostedOptimizerOptions) {
    this.#inner = inner;
    this.#options = options;
  }

  /** The optimizer given to `boost`. */
  unwrap(): Optimizer {
    return this.#inner;
  }

  get sync(): GradientSync | undefined {
    return this.#options.sync;
  }

  get paramGroups(): readonly ParamGroup[] {
    return this.#inner.paramGroups;
  }

  /** Norm of all gradients at the last step before clipping; computed on demand when nothing clipped. */
  get gradNorm(): number {
    return this.#gradNorm ?? gradNorm(this.#parameters());
  }

  backward(loss: Tensor): void {
    backward(loss);
    this.#options.sync?.finish();
  }

  /** Scales the gradients to a global norm of at most `maxNorm`; returns the norm before. */
  clipGradByNorm(maxNorm: number): number {
    this.#gradNorm = clipGradNorm(this.#parameters(), maxNorm);
    this.#isClipped = true;
    return this.#gradNorm;
  }

  step(): void {
    const { maxNorm } = this.#options;
    if (maxNorm !== undefined && !this.#isClipped) this.clipGradByNorm(maxNorm);
    this.#isClipped = false;
    this.#inner.step();
  }

  zeroGrad(): void {
    this.#inner.zeroGrad();
    this.#gradNorm = undefined;
  }

  stateOf(parameter: Parameter): ParameterState | undefined {
    return this.#inner.stateOf(parameter);
  }
  loadState(parameter: Parameter, state: ParameterState): void {
    this.#inner.loadState(parameter, state);
  }
  useMasterWeights(originals: ReadonlyMap<Parameter, Tensor>): void {
    this.#inner.useMasterWeights(originals);
  }

  #parameters(): Parameter[] {
    return this.#inner.paramGroups.flatMap((group) => group.parameters);
  }
}
