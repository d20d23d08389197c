// Learning rate schedules: the rate of each parameter group as a function of the step and of the group's initial rate. A
// rate that is a tensor is written in place, so that a CUDA graph sees it.
import { callback, integer, listOf, number, requireValue } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Optimizer, ParamGroup } from "./optimizer.js";

export interface LRSchedulerState {
  readonly step: number;
  readonly baseLrs: readonly number[];
}

const STATE: OptionTable<LRSchedulerState> = {
  step: integer({ min: 0 }),
  baseLrs: listOf(number({ min: 0 })),
};
/** 0, 1, 3, 7 and so on to 65,535. */
const STEPS_AHEAD = Array.from({ length: 17 }, (_, i) => 2 ** i - 1);

/** A learning rate schedule: the rate of each group as a function of the step and of the group's initial rate. */
export abstract class LRScheduler {
  readonly #optimizer: Optimizer;
  #baseLrs: readonly number[];
  #lastLrs: readonly number[];
  #step = 0;

  constructor(optimizer: Optimizer) {
    if (!Array.isArray((optimizer as Partial<Optimizer> | undefined)?.paramGroups)) {
      throw new TypeError(
        `new ${new.target.name}: optimizer must be an optimizer, got ${describeValue(optimizer)}`,
      );
    }
    this.#optimizer = optimizer;
    this.#baseLrs = optimizer.paramGroups.map(({ lr }) =>
      typeof lr === "number" ? lr : lr.item(),
    );
    this.#lastLrs = this.#baseLrs;
  }

  /** Rate of the step after `step` finished ones, given the group's initial rate. */
  protected abstract rate(step: number, baseLr: number): number;

  /** Call after each optimizer step. */
  step(...more: never[]): void {
    refuseSurplus(
      `${this.constructor.name}.step()`,
      more,
      "it counts by itself; loadState goes elsewhere",
    );
    this.#step++;
    this.#apply();
  }

  /** Learning rates that this schedule gave the groups last. */
  lastLr(): number[] {
    return [...this.#lastLrs];
  }

  /** What `loadState` needs to go on from here. */
  state(): LRSchedulerState {
    return { step: this.#step, baseLrs: this.#baseLrs };
  }

  /** Goes on from a state that `state` gave. */
  loadState(state: LRSchedulerState): void {
    checkOptions("loadState", state, STATE);
    const { step, baseLrs } = state;
    requireValue("loadState: step", step, STATE.step);
    requireValue("loadState: baseLrs", baseLrs, STATE.baseLrs);
    if (baseLrs.length !== this.#optimizer.paramGroups.length) {
      throw new RangeError(
        `the saved schedule is of ${baseLrs.length} parameter groups, the optimizer has ${this.#optimizer.paramGroups.length}`,
      );
    }
    this.#step = step;
    this.#baseLrs = baseLrs;
    this.#apply();
  }

  /** Whether it changes the rates of this optimizer, boosted or not. */
  isOf(optimizer: Optimizer): boolean {
    return optimizer.paramGroups === this.#optimizer.paramGroups;
  }

  /** Rates of the first group from `state` on, in steps further and further apart: they tell one schedule from another. */
  ratesAhead({ step, baseLrs }: LRSchedulerState): (number | null)[] {
    const [baseLr = 0] = baseLrs;
    return STEPS_AHEAD.map((ahead) => {
      const rate = this.rate(step + ahead, baseLr);
      return Number.isFinite(rate) ? rate : null;
    });
  }

  /** Sub-classes call this at the end of their constructor, when `rate` can be asked. */
  protected start(): void {
    this.#apply();
  }

  /** The groups whose rates it changes. */
  protected get groups(): readonly ParamGroup[] {
    return this.#optimizer.paramGroups;
  }

  /** For what a schedule changes beside rates; `step` is of finished ones. */
  protected applied(_step: number): void {
    // most change nothing else
  }

  #apply(): void {
    this.#lastLrs = this.#baseLrs.map((baseLr) => {
      const rate = this.rate(this.#step, baseLr);
      if (Number.isFinite(rate) && rate >= 0) return rate;
      throw new RangeError(
        `${this.constructor.name}: the rate after ${this.#step} steps must be a number of at least 0, got ${rate}`,
      );
    });
    for (const [index, group] of this.#optimizer.paramGroups.entries()) {
      const lr = this.#lastLrs[index] as number;
      if (typeof group.lr === "number") group.lr = lr;
      else fill(group.lr, lr);
    }
    this.applied(this.#step);
  }
}

/** The initial rate times a factor of the step: `new LambdaLR(optimizer, (step) => 0.95 ** step)`. */
export class LambdaLR extends LRScheduler {
  readonly #factor: (step: number) => number;

  /** @param factor of the step after `step` finished ones */
  constructor(optimizer: Optimizer, factor: (step: number) => number, ...more: never[]) {
    super(optimizer);
    refuseSurplus("new LambdaLR(optimizer, factor)", more, "loadState goes on from a step");
    requireValue("new LambdaLR: factor", factor, callback);
    this.#factor = factor;
    this.start();
  }

  protected override rate(step: number, baseLr: number): number {
    return baseLr * this.#factor(step);
  }
}

function fill(rate: Tensor, value: number): void {
  noGrad(() => {
    rate.fill_(value);
  });
}
