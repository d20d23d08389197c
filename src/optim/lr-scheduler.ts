// Learning rate schedules: a factor of each group's initial rate as a function of the step. A rate that is a tensor is
// written in place, so that a CUDA graph sees it.
import { noGrad } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Optimizer } from "./optimizer.js";

export interface LRSchedulerState {
  readonly step: number;
  readonly baseLrs: readonly number[];
}

export abstract class LRScheduler {
  readonly #optimizer: Optimizer;
  #baseLrs: readonly number[];
  #lastLrs: readonly number[];
  #step = 0;

  constructor(optimizer: Optimizer) {
    this.#optimizer = optimizer;
    this.#baseLrs = optimizer.paramGroups.map(({ lr }) =>
      typeof lr === "number" ? lr : lr.item(),
    );
    this.#lastLrs = this.#baseLrs;
  }

  /** Rate of the step after `step` finished ones, given the group's initial rate. */
  protected abstract rate(step: number, baseLr: number): number;

  /** Call after each optimizer step. */
  step(): void {
    this.#step++;
    this.#apply();
  }

  /** Learning rates that this schedule gave the groups last. */
  lastLr(): number[] {
    return [...this.#lastLrs];
  }

  state(): LRSchedulerState {
    return { step: this.#step, baseLrs: this.#baseLrs };
  }

  loadState({ step, baseLrs }: LRSchedulerState): void {
    if (baseLrs.length !== this.#optimizer.paramGroups.length) {
      throw new RangeError(
        `the saved schedule is of ${baseLrs.length} parameter groups, the optimizer has ${this.#optimizer.paramGroups.length}`,
      );
    }
    this.#step = step;
    this.#baseLrs = baseLrs;
    this.#apply();
  }

  /** Sub-classes call this at the end of their constructor, when `rate` can be asked. */
  protected start(): void {
    this.#apply();
  }

  #apply(): void {
    this.#lastLrs = this.#baseLrs.map((baseLr) => this.rate(this.#step, baseLr));
    for (const [index, group] of this.#optimizer.paramGroups.entries()) {
      const lr = this.#lastLrs[index] as number;
      if (typeof group.lr === "number") group.lr = lr;
      else fill(group.lr, lr);
    }
  }
}

function fill(rate: Tensor, value: number): void {
  noGrad(() => {
    rate.fill_(value);
  });
}

export interface CosineAnnealingWarmupOptions {
  /** Optimizer steps until the rate reaches `etaMin`. */
  readonly totalSteps: number;
  /** Steps of linear warm-up from 0, default 0. */
  readonly warmupSteps?: number;
  /** Lowest rate, default 0. */
  readonly etaMin?: number;
}

/** Linear warm-up, then half a cosine down to `etaMin` (Loshchilov and Hutter 2017). */
export class CosineAnnealingWarmupLR extends LRScheduler {
  readonly #options: Required<CosineAnnealingWarmupOptions>;

  constructor(
    optimizer: Optimizer,
    { totalSteps, warmupSteps = 0, etaMin = 0 }: CosineAnnealingWarmupOptions,
  ) {
    super(optimizer);
    if (!(Number.isInteger(totalSteps) && totalSteps > 0)) {
      throw new RangeError(`totalSteps must be a positive integer, got ${totalSteps}`);
    }
    if (!(Number.isInteger(warmupSteps) && warmupSteps >= 0 && warmupSteps < totalSteps)) {
      throw new RangeError(
        `warmupSteps must be an integer from 0 to totalSteps - 1 (${totalSteps - 1}), got ${warmupSteps}`,
      );
    }
    this.#options = { totalSteps, warmupSteps, etaMin };
    this.start();
  }

  protected override rate(step: number, baseLr: number): number {
    const { totalSteps, warmupSteps, etaMin } = this.#options;
    if (step < warmupSteps) return (baseLr * (step + 1)) / (warmupSteps + 1);
    const progress = Math.min(1, (step - warmupSteps) / (totalSteps - warmupSteps));
    return etaMin + ((baseLr - etaMin) * (1 + Math.cos(Math.PI * progress))) / 2;
  }
}
