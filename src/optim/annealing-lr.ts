// Schedules that end in half a cosine, under Colossal-AI's names. After `totalSteps` the rate stays; PyTorch's cosine goes up again.
import { integer, number } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import type { Optimizer } from "./optimizer.js";
import { cosine, ScheduleWithOptions, warmingUp, warmupProblems } from "./schedule-with-options.js";

/** Options of `CosineAnnealingLR`. */
export interface CosineAnnealingOptions {
  /** Optimizer steps until the rate reaches `etaMin`, where it stays. */
  readonly totalSteps: number;
  /** Lowest rate, default 0. */
  readonly etaMin?: number;
}

/** Options of `FlatAnnealingLR`. */
export interface FlatAnnealingOptions {
  /** Optimizer steps until the rate reaches 0, where it stays. */
  readonly totalSteps: number;
  /** Share of the steps at the groups' own rates, default 0.72. */
  readonly pctStart?: number;
}

/** Options of `FlatAnnealingWarmupLR`. */
export interface FlatAnnealingWarmupOptions {
  /** Optimizer steps until the rate reaches `etaMin`, where it stays. */
  readonly totalSteps: number;
  /** Steps of linear warm-up, among `totalSteps`; default 0. */
  readonly warmupSteps?: number;
  /** Share of the steps after the warm-up at the groups' own rates, default 0.72. */
  readonly pctStart?: number;
  /** Lowest rate after the warm-up, default 0. */
  readonly etaMin?: number;
}

const totalSteps = integer({ min: 1 });
const warmupSteps = integer({ min: 0 });
const etaMin = number({ min: 0 });
const pctStart = number({ min: 0, max: 1 });

/** Half a cosine down to `etaMin` (Loshchilov and Hutter 2017). */
export class CosineAnnealingLR extends ScheduleWithOptions<CosineAnnealingOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: CosineAnnealingOptions, ...more: never[]) {
    super(optimizer, options, { table: { totalSteps, etaMin }, defaults: { etaMin: 0 } }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    return cosine(baseLr, this.options.etaMin, step / this.options.totalSteps);
  }
}

/** The groups' own rates for a share of the steps, then half a cosine down to 0. */
export class FlatAnnealingLR extends ScheduleWithOptions<FlatAnnealingOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: FlatAnnealingOptions, ...more: never[]) {
    super(optimizer, options, { table: { totalSteps, pctStart }, defaults: FLAT }, more);
  }

  protected override rate(step: number, baseLr: number): number {
    return flatThenCosine(step, { from: baseLr, to: 0, ...this.options });
  }
}

/** Linear warm-up, the groups' own rates for a share of the other steps, then half a cosine down to `etaMin`. */
export class FlatAnnealingWarmupLR extends ScheduleWithOptions<FlatAnnealingWarmupOptions> {
  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: FlatAnnealingWarmupOptions, ...more: never[]) {
    super(optimizer, options, { table: WARMUP, defaults: FLAT_WARMUP }, more);
  }

  protected override problems(): readonly string[] {
    return warmupProblems(this.options.warmupSteps, this.options.totalSteps);
  }

  protected override rate(step: number, baseLr: number): number {
    const { totalSteps: all, warmupSteps: first, etaMin: to, pctStart: share } = this.options;
    if (step < first) return baseLr * warmingUp(step, first);
    const flat = { from: baseLr, to, totalSteps: all - first, pctStart: share };
    return flatThenCosine(step - first, flat);
  }
}

const FLAT = { pctStart: 0.72 };
const FLAT_WARMUP = { ...FLAT, warmupSteps: 0, etaMin: 0 };
const WARMUP: OptionTable<FlatAnnealingWarmupOptions> = {
  totalSteps,
  warmupSteps,
  pctStart,
  etaMin,
};

interface Flat {
  readonly from: number;
  readonly to: number;
  readonly totalSteps: number;
  readonly pctStart: number;
}

function flatThenCosine(
  step: number,
  { from, to, totalSteps: all, pctStart: share }: Flat,
): number {
  const flatSteps = Math.floor(all * share);
  return step < flatSteps || flatSteps === all
    ? from
    : cosine(from, to, (step - flatSteps) / (all - flatSteps));
}
