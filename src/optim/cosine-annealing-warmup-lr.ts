// The schedule of most language models, under Colossal-AI's name: linear warm-up, then half a cosine down (Loshchilov and
// Hutter 2017). The warm-up is transformers', k / n of the rate after k steps, so that it begins at 0; Colossal-AI's own
// begins at 1 / n, one step ahead.
import { integer, number, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { LRScheduler } from "./lr-scheduler.js";
import type { Optimizer } from "./optimizer.js";

/** Options of `CosineAnnealingWarmupLR`. */
export interface CosineAnnealingWarmupOptions {
  /** Optimizer steps until the rate reaches `etaMin`, where it stays. */
  readonly totalSteps: number;
  /** Steps of linear warm-up from 0, among `totalSteps`; default 0. */
  readonly warmupSteps?: number;
  /** Lowest rate after the warm-up, default 0. */
  readonly etaMin?: number;
}

/** Linear warm-up from 0, then half a cosine down to `etaMin`. */
export class CosineAnnealingWarmupLR extends LRScheduler {
  readonly #options: Required<CosineAnnealingWarmupOptions>;

  /** @throws TypeError or RangeError naming the option that is missing or not allowed */
  constructor(optimizer: Optimizer, options: CosineAnnealingWarmupOptions, ...more: never[]) {
    super(optimizer);
    refuseSurplus(
      "new CosineAnnealingWarmupLR(optimizer, options)",
      more,
      "loadState goes on from a step",
    );
    checkOptions("new CosineAnnealingWarmupLR", options, OPTIONS);
    const { totalSteps, warmupSteps = 0, etaMin = 0 } = options;
    requireValue("new CosineAnnealingWarmupLR: totalSteps", totalSteps, OPTIONS.totalSteps);
    if (warmupSteps >= totalSteps) {
      throw new RangeError(
        `new CosineAnnealingWarmupLR: warmupSteps must be below totalSteps, got ${warmupSteps} and ${totalSteps}`,
      );
    }
    this.#options = { totalSteps, warmupSteps, etaMin };
    this.start();
  }

  protected override rate(step: number, baseLr: number): number {
    const { totalSteps, warmupSteps, etaMin } = this.#options;
    if (step < warmupSteps) return baseLr * (step / warmupSteps);
    const progress = Math.min(1, (step - warmupSteps) / (totalSteps - warmupSteps));
    return etaMin + (baseLr - etaMin) * (0.5 * (1 + Math.cos(Math.PI * progress)));
  }
}

const OPTIONS = {
  totalSteps: integer({ min: 1 }),
  warmupSteps: integer({ min: 0 }),
  etaMin: number({ min: 0 }),
};
