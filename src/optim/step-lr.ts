// Schedules that multiply the rate by a factor now and then, under PyTorch's and Colossal-AI's names.
import { callback, integer, listOf, number, requireValue } from "../arguments/checks.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { LRScheduler } from "./lr-scheduler.js";
import type { Optimizer } from "./optimizer.js";
import { ScheduleWithOptions, warmingUp } from "./schedule-with-options.js";

/** Options of `StepLR`. */
export interface StepLROptions {
  /** Optimizer steps from one drop to the next. */
  readonly stepSize: number;
  /** What the rate is multiplied by at each, default 0.1. */
  readonly gamma?: number;
}

/** Options of `MultiStepLR`. */
export interface MultiStepOptions {
  /** Numbers of optimizer steps after which the rate drops; one that stands twice drops it twice. */
  readonly milestones: readonly number[];
  /** What the rate is multiplied by at each, default 0.1. */
  readonly gamma?: number;
}

/** Options of `MultiStepWarmupLR`. */
export interface MultiStepWarmupOptions extends MultiStepOptions {
  /** Steps of linear warm-up, default 0; milestones before its end do not count. */
  readonly warmupSteps?: number;
}

/** Options of `ExponentialLR`. */
export interface ExponentialLROptions {
  /** What the rate is multiplied by at each step. */
  readonly gamma: number;
}

const gamma = number({ min: 0 });
const milestones = listOf(integer({ min: 0 }));
const warmupSteps = integer({ min: 0 });

/** The rate times `gamma` every `stepSize` steps. */
export class StepLR extends ScheduleWithOptions<StepLROptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: StepLROptions, ...more: never[]) {
    const table = { stepSize: integer({ min: 1 }), gamma };
    super(optimizer, options, { table, defaults: { gamma: 0.1 } }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    return baseLr * this.options.gamma ** Math.floor(step / this.options.stepSize);
  }
}

/** The rate times `gamma` at each milestone. */
export class MultiStepLR extends ScheduleWithOptions<MultiStepOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: MultiStepOptions, ...more: never[]) {
    const table = { milestones, gamma };
    super(optimizer, options, { table, defaults: { gamma: 0.1 } }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    return dropped(step, baseLr, this.options);
  }
}

/** Linear warm-up, then the rate times `gamma` at each milestone. */
export class MultiStepWarmupLR extends ScheduleWithOptions<MultiStepWarmupOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: MultiStepWarmupOptions, ...more: never[]) {
    const table = { warmupSteps, milestones, gamma };
    super(optimizer, options, { table, defaults: { warmupSteps: 0, gamma: 0.1 } }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    const { warmupSteps: first, milestones: all, gamma: factor } = this.options;
    if (step < first) return baseLr * warmingUp(step, first);
    const counted = all.filter((milestone) => milestone >= first);
    return dropped(step, baseLr, { milestones: counted, gamma: factor });
  }
}

/** The rate times `gamma` at each step. */
export class ExponentialLR extends ScheduleWithOptions<ExponentialLROptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: ExponentialLROptions, ...more: never[]) {
    super(optimizer, options, { table: { gamma }, defaults: {} }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    return baseLr * this.options.gamma ** step;
  }
}

/** The rate before times a factor of the step: `new MultiplicativeLR(optimizer, (step) => 0.95)`. */
export class MultiplicativeLR extends LRScheduler {
  readonly #factor: (step: number) => number;
  /** Of the factors of steps 1 to k. */
  readonly #products: number[] = [1];

  /** @param factor of the step after `step` finished ones, from 1 on; asked once for each */
  constructor(optimizer: Optimizer, factor: (step: number) => number, ...more: never[]) {
    super(optimizer);
    refuseSurplus("new MultiplicativeLR(optimizer, factor)", more, "loadState goes on from a step");
    requireValue("new MultiplicativeLR: factor", factor, callback);
    this.#factor = factor;
    this.start();
  }

  protected override rate(step: number, baseLr: number): number {
    for (let k = this.#products.length; k <= step; k++)
      this.#products.push((this.#products[k - 1] as number) * this.#factor(k));
    return baseLr * (this.#products[step] as number);
  }
}

function dropped(
  step: number,
  baseLr: number,
  { milestones: all, gamma: factor }: Required<MultiStepOptions>,
): number {
  return baseLr * factor ** all.filter((milestone) => milestone <= step).length;
}
