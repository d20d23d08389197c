// A schedule made from an object of options, all of them checked in one way.
import { requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { LRScheduler } from "./lr-scheduler.js";
import type { Optimizer } from "./optimizer.js";

/** What a class of schedules says of its options. */
export interface ScheduleOptions<O> {
  readonly table: OptionTable<O>;
  /** Of those that may be left out; the others must be given. */
  readonly defaults: Partial<O>;
}

/** The rate is a function of step, initial rate and options. */
export abstract class ScheduleWithOptions<O extends object> extends LRScheduler {
  protected readonly options: Required<O>;

  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  protected constructor(
    optimizer: Optimizer,
    options: O,
    { table, defaults }: ScheduleOptions<O>,
    more: readonly never[],
  ) {
    super(optimizer);
    const of = `new ${new.target.name}`;
    refuseSurplus(`${of}(optimizer, options)`, more, "loadState goes on from a step");
    checkOptions(of, options, table);
    const given = Object.entries(options).filter(([, value]) => value !== undefined);
    this.options = { ...defaults, ...Object.fromEntries(given) } as Required<O>;
    for (const name in table)
      requireValue(`${of}: ${name}`, this.options[name as keyof O], table[name]);
    for (const problem of this.problems()) throw new RangeError(`${of}: ${problem}`);
    this.start();
  }

  /** What is wrong with options that each alone may be so. */
  protected problems(): readonly string[] {
    return [];
  }
}

/** For `problems` of a schedule with both. */
export function warmupProblems(warmupSteps: number, totalSteps: number): readonly string[] {
  return warmupSteps < totalSteps
    ? []
    : [`warmupSteps must be below totalSteps, got ${warmupSteps} and ${totalSteps}`];
}

/** Colossal-AI's warm-up: (k + 1) / n of the rate after k of n steps, so that none is lost at a rate of 0. */
export function warmingUp(step: number, warmupSteps: number): number {
  return (step + 1) / warmupSteps;
}

/** Half a cosine from `from` to `to`, where it stays (Loshchilov and Hutter 2017). @param progress 0 at its beginning, 1 at its end */
export function cosine(from: number, to: number, progress: number): number {
  return to + (from - to) * (0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))));
}
