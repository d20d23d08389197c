// Schedules along a line or a power of one, under PyTorch's and Colossal-AI's names.
import { integer, number } from "../arguments/checks.js";
import type { Optimizer } from "./optimizer.js";
import { ScheduleWithOptions, warmingUp, warmupProblems } from "./schedule-with-options.js";

/** Options of `ConstantLR`. */
export interface ConstantLROptions {
  /** What the rate is multiplied by at first, default 1/3. */
  readonly factor?: number;
  /** Optimizer steps until the groups have their own rates, default 5. */
  readonly totalIters?: number;
}

/** Options of `LinearLR`. */
export interface LinearLROptions {
  /** What the rate is multiplied by at first, default 1/3. */
  readonly startFactor?: number;
  /** What it is multiplied by in the end, default 1. */
  readonly endFactor?: number;
  /** Optimizer steps from one to the other, default 5. */
  readonly totalIters?: number;
}

/** Options of `LinearWarmupLR`. */
export interface LinearWarmupOptions {
  /** Optimizer steps until the rate reaches 0, where it stays. */
  readonly totalSteps: number;
  /** Steps of linear warm-up, among `totalSteps`; default 0. */
  readonly warmupSteps?: number;
}

/** Options of `PolynomialLR`. */
export interface PolynomialOptions {
  /** Optimizer steps until the rate reaches `endLr`, where it stays. */
  readonly totalSteps: number;
  /** Lowest rate, default 1e-4; it must be below the groups' own. */
  readonly endLr?: number;
  /** Of what is left of the steps, default 1. */
  readonly power?: number;
}

/** Options of `PolynomialWarmupLR`. */
export interface PolynomialWarmupOptions extends PolynomialOptions {
  /** Steps of linear warm-up, among `totalSteps`; default 0. */
  readonly warmupSteps?: number;
}

const share = number({ min: 0, max: 1 });
const steps = integer({ min: 0 });
const totalSteps = integer({ min: 1 });
const POLYNOMIAL = { totalSteps, endLr: number({ min: 0 }), power: number({ above: 0 }) };
const POLYNOMIAL_DEFAULTS = { endLr: 1e-4, power: 1 };

/** The rate times `factor` for the first steps, then the groups' own. */
export class ConstantLR extends ScheduleWithOptions<ConstantLROptions> {
  /** @throws TypeError or RangeError naming the option that is not allowed */
  constructor(optimizer: Optimizer, options: ConstantLROptions = {}, ...more: never[]) {
    const defaults = { factor: 1 / 3, totalIters: 5 };
    super(optimizer, options, { table: { factor: share, totalIters: steps }, defaults }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    return step < this.options.totalIters ? baseLr * this.options.factor : baseLr;
  }
}

/** The rate times a factor that goes from `startFactor` to `endFactor` in a line. */
export class LinearLR extends ScheduleWithOptions<LinearLROptions> {
  /** @throws TypeError or RangeError naming the option that is not allowed */
  constructor(optimizer: Optimizer, options: LinearLROptions = {}, ...more: never[]) {
    const startFactor = number({ above: 0, max: 1 });
    const table = { startFactor, endFactor: share, totalIters: totalSteps };
    const defaults = { startFactor: 1 / 3, endFactor: 1, totalIters: 5 };
    super(optimizer, options, { table, defaults }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    const { startFactor, endFactor, totalIters } = this.options;
    const progress = Math.min(1, step / totalIters);
    return baseLr * (startFactor + (endFactor - startFactor) * progress);
  }
}

/** Linear warm-up, then down to 0 in a line. After k steps of a warm-up of n it is at (k + 1) / (n + 1). */
export class LinearWarmupLR extends ScheduleWithOptions<LinearWarmupOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: LinearWarmupOptions, ...more: never[]) {
    const table = { totalSteps, warmupSteps: steps };
    super(optimizer, options, { table, defaults: { warmupSteps: 0 } }, more);
  }

  protected override problems(): readonly string[] {
    return warmupProblems(this.options.warmupSteps, this.options.totalSteps);
  }

  protected override rate(step: number, baseLr: number): number {
    const { totalSteps: all, warmupSteps } = this.options;
    if (step < warmupSteps) return baseLr * warmingUp(step, warmupSteps + 1);
    return baseLr * (Math.max(0, all - step) / (all - warmupSteps));
  }
}

/** Down to `endLr` by a power of the share of the steps that is left. */
export class PolynomialLR extends ScheduleWithOptions<PolynomialOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: PolynomialOptions, ...more: never[]) {
    super(optimizer, options, { table: POLYNOMIAL, defaults: POLYNOMIAL_DEFAULTS }, more);
  }

  protected override problems(): readonly string[] {
    return endProblems(this.options.endLr, this.lastLr());
  }

  protected override rate(step: number, baseLr: number): number {
    return polynomial(step, baseLr, this.options);
  }
}

/** Linear warm-up, then as `PolynomialLR`. */
export class PolynomialWarmupLR extends ScheduleWithOptions<PolynomialWarmupOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: PolynomialWarmupOptions, ...more: never[]) {
    const table = { ...POLYNOMIAL, warmupSteps: steps };
    super(
      optimizer,
      options,
      { table, defaults: { ...POLYNOMIAL_DEFAULTS, warmupSteps: 0 } },
      more,
    );
  }

  protected override problems(): readonly string[] {
    const { warmupSteps, totalSteps: all, endLr } = this.options;
    return [...warmupProblems(warmupSteps, all), ...endProblems(endLr, this.lastLr())];
  }

  protected override rate(step: number, baseLr: number): number {
    const { warmupSteps, totalSteps: all } = this.options;
    if (step < warmupSteps) return baseLr * warmingUp(step, warmupSteps);
    return polynomial(step - warmupSteps, baseLr, {
      ...this.options,
      totalSteps: all - warmupSteps,
    });
  }
}

function polynomial(
  step: number,
  baseLr: number,
  { totalSteps: all, endLr, power }: Required<PolynomialOptions>,
): number {
  return (baseLr - endLr) * (1 - Math.min(step, all) / all) ** power + endLr;
}

/** Up to `endLr` would be no decay. */
function endProblems(endLr: number, baseLrs: readonly number[]): readonly string[] {
  const lowest = Math.min(...baseLrs);
  return endLr < lowest || endLr === 0
    ? []
    : [`endLr must be below the optimizer's rates, got ${endLr}, the lowest rate is ${lowest}`];
}
