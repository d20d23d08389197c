// The schedules of transformers with its names and numbers: a linear warm-up from 0, then down to the end of training. The
// first step of a warm-up has the rate 0.
import { integer, number, oneOf, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { LRScheduler } from "./lr-scheduler.js";
import type { Optimizer } from "./optimizer.js";

interface WarmupOptions {
  /** Steps of linear warm-up from 0. */
  readonly numWarmupSteps: number;
}

interface DecayOptions extends WarmupOptions {
  /** Optimizer steps in all, the warm-up among them. */
  readonly numTrainingSteps: number;
}

/** What `getScheduler` takes for each name. */
export interface SchedulerOptions {
  /** The groups' own rates, unchanged. */
  readonly constant: { readonly numTrainingSteps?: number };
  /** The groups' own rates after the warm-up. */
  readonly constant_with_warmup: WarmupOptions & { readonly numTrainingSteps?: number };
  /** Down to 0 in a line after the warm-up. */
  readonly linear: DecayOptions;
  /** `numCycles`: waves until the end, default 0.5, which goes down once. */
  readonly cosine: DecayOptions & { readonly numCycles?: number };
  /** `lrEnd`: rate at the end, default 1e-7, of every group; `power`: default 1. */
  readonly polynomial: DecayOptions & { readonly lrEnd?: number; readonly power?: number };
}

/** A schedule's name, as `get_scheduler` of transformers takes it. */
export type SchedulerName = keyof SchedulerOptions;

/**
 * A schedule by its name in transformers: `getScheduler("cosine", optimizer, { numWarmupSteps: 10, numTrainingSteps: 100 })`.
 * The cosine goes on along its wave beyond the last step, as transformers' does; `CosineAnnealingWarmupLR` stays at its end.
 * @throws TypeError or RangeError naming what is missing or not allowed
 */
export function getScheduler<N extends SchedulerName>(
  name: N,
  optimizer: Optimizer,
  ...[options]: Record<never, never> extends SchedulerOptions[N]
    ? [options?: SchedulerOptions[N]]
    : [options: SchedulerOptions[N]]
): LRScheduler {
  requireValue("getScheduler: name", name, oneOf(...(Object.keys(SCHEDULES) as SchedulerName[])));
  const { table, required, rule } = SCHEDULES[name] as Schedule;
  const given = (options ?? {}) as Given;
  const of = `getScheduler("${name}")`;
  checkOptions<object>(of, given, table);
  for (const one of required) requireValue(`${of}: ${one}`, given[one], steps);
  const { numWarmupSteps = 0, numTrainingSteps = Number.POSITIVE_INFINITY } = given;
  if (numWarmupSteps > numTrainingSteps) {
    throw new RangeError(
      `${of}: numWarmupSteps must be at most numTrainingSteps, got ${numWarmupSteps} and ${numTrainingSteps}`,
    );
  }
  return new WarmupSchedule(optimizer, numWarmupSteps, rule(given));
}

/** The rate of a step after the warm-up. */
type Rule = (step: number, baseLr: number) => number;

interface Given {
  readonly numWarmupSteps?: number;
  readonly numTrainingSteps?: number;
  readonly numCycles?: number;
  readonly lrEnd?: number;
  readonly power?: number;
}

interface Schedule {
  readonly table: OptionTable;
  readonly required: readonly (keyof Given)[];
  rule(options: Given): Rule;
}

class WarmupSchedule extends LRScheduler {
  readonly #warmupSteps: number;
  readonly #rule: Rule;

  constructor(optimizer: Optimizer, warmupSteps: number, rule: Rule) {
    super(optimizer);
    this.#warmupSteps = warmupSteps;
    this.#rule = rule;
    for (const baseLr of this.lastLr()) rule(warmupSteps, baseLr); // what it refuses is refused now
    this.start();
  }

  protected override rate(step: number, baseLr: number): number {
    if (step < this.#warmupSteps) return baseLr * (step / this.#warmupSteps);
    return this.#rule(step, baseLr);
  }
}

const steps = integer({ min: 0 });
const WARMUP = { numWarmupSteps: steps, numTrainingSteps: steps };
const BOTH = ["numWarmupSteps", "numTrainingSteps"] as const;

const SCHEDULES: { readonly [name in SchedulerName]: Schedule } = {
  constant: {
    table: { numTrainingSteps: steps },
    required: [],
    rule: () => (_, baseLr) => baseLr,
  },
  constant_with_warmup: {
    table: WARMUP,
    required: ["numWarmupSteps"],
    rule: () => (_, baseLr) => baseLr,
  },
  linear: {
    table: WARMUP,
    required: BOTH,
    rule: (options) => {
      const left = remainderOf(options);
      return (step, baseLr) => baseLr * left(step);
    },
  },
  cosine: {
    table: { numCycles: number({ min: 0 }), ...WARMUP },
    required: BOTH,
    rule: (options) => {
      const { numWarmupSteps = 0, numCycles = 0.5 } = options;
      const decaySteps = decayStepsOf(options);
      return (step, baseLr) => {
        const angle = Math.PI * numCycles * 2 * ((step - numWarmupSteps) / decaySteps);
        return baseLr * Math.max(0, 0.5 * (1 + Math.cos(angle)));
      };
    },
  },
  polynomial: {
    table: { lrEnd: number({ min: 0 }), power: number({ above: 0 }), ...WARMUP },
    required: BOTH,
    rule: (options) => {
      const left = remainderOf(options);
      const { lrEnd = 1e-7, power = 1 } = options;
      return (step, baseLr) => {
        if (lrEnd >= baseLr) throw new RangeError(endAboveStart(lrEnd, baseLr));
        return (baseLr - lrEnd) * left(step) ** power + lrEnd;
      };
    },
  },
};

/** The share of the steps after the warm-up that is left: 0 at the end and beyond it. */
function remainderOf(options: Given): (step: number) => number {
  const { numTrainingSteps = 0 } = options;
  const decaySteps = decayStepsOf(options);
  return (step) => Math.max(0, (numTrainingSteps - step) / decaySteps);
}

function decayStepsOf({ numWarmupSteps = 0, numTrainingSteps = 0 }: Given): number {
  return Math.max(1, numTrainingSteps - numWarmupSteps);
}

function endAboveStart(lrEnd: number, baseLr: number): string {
  return `getScheduler("polynomial"): lrEnd must be below the optimizer's rate, ${baseLr}, got ${lrEnd}`;
}
