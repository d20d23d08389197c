// Adafactor (Shazeer and Stern 2018): Adam without a first moment, and with the second in factors: of an n x m matrix n + m numbers
// are remembered. Steps are relative to the size of the weights.
import { boolean, listOf, nullable, number } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import type { Tensor } from "../tensor/tensor.js";
import { average, decay, descend, rateIn } from "./arithmetic.js";
import { inBatches } from "./batches.js";
import { averageFactors, clipToRms, isFactored, rms } from "./factored.js";
import type { ParamGroup } from "./optimizer.js";
import { aDecay, aRate, type GivenParameters, RuleOptimizer } from "./rule-optimizer.js";
import { likeWeight, type Piece, type Scaling, type UpdateRule } from "./update-rule.js";

/** Hyperparameters of `Adafactor`: PyTorch's with its names and defaults, then those that transformers has beside them. */
export interface AdafactorOptions {
  /** Learning rate, default 1e-2: the largest of relative steps. */
  readonly lr?: number | Tensor;
  /** After t updates the newest square weighs t to the power of this, default -0.8. */
  readonly beta2Decay?: number;
  /** Smallest root of a second moment (null: the distance from 1 to the next float32), smallest size of weights; default [null, 1e-3]. */
  readonly eps?: readonly [number | null, number];
  /** Largest root mean square of an update before the rate, default 1. */
  readonly d?: number;
  /** Decoupled weight decay, default 0. */
  readonly weightDecay?: number;
  /** Decay of a running mean of updates that is stepped by instead; null: none. Default null. */
  readonly beta1?: number | null;
  /** Whether steps are in proportion to the root mean square of the weight, default true. */
  readonly scaleParameter?: boolean;
  /** Whether the rate is at most 1 / sqrt(t) after t updates, default true. False: `lr` as it is. */
  readonly relativeStep?: boolean;
  /** Whether relative steps begin at 1e-6 t instead of at `lr`; default false. */
  readonly warmupInit?: boolean;
}

/** A group of `Adafactor`. */
export interface AdafactorGroup extends ParamGroup {
  /** The newest square weighs t to the power of this. */
  readonly beta2Decay: number;
  /** Smallest root of a second moment, smallest size of weights. */
  readonly eps: readonly [number | null, number];
  /** Largest root mean square of an update before the rate. */
  readonly d: number;
  /** Decoupled weight decay. */
  readonly weightDecay: number;
  /** Decay of a running mean of updates. */
  readonly beta1: number | null;
  /** Whether steps are in proportion to the root mean square of the weight. */
  readonly scaleParameter: boolean;
  /** Whether the rate is at most 1 / sqrt(t). */
  readonly relativeStep: boolean;
  /** Whether relative steps begin at 1e-6 t. */
  readonly warmupInit: boolean;
}

const OPTIONS: OptionTable<Omit<AdafactorGroup, "parameters">> = {
  lr: aRate,
  beta2Decay: number({ max: 0 }),
  eps: listOf(
    { ...nullable(number({ min: 0 })), each: "numbers of at least 0, the first may be null" },
    { length: 2 },
  ),
  d: number({ min: 1 }),
  weightDecay: aDecay,
  beta1: nullable(number({ min: 0, below: 1 })),
  scaleParameter: boolean,
  relativeStep: boolean,
  warmupInit: boolean,
};
const FLOAT32_EPS = 2 ** -23;
const WARMUP_STEP = 1e-6;

/**
 * Adafactor (Shazeer and Stern 2018); steps as torch.optim.Adafactor. `{ lr: 1e-3, scaleParameter: false, relativeStep: false }`
 * steps as transformers' Adafactor with these, as T5 is fine-tuned.
 */
export class Adafactor extends RuleOptimizer<AdafactorGroup> {
  /**
   * @param parameters one list, or groups with hyperparameters of their own
   * @throws RangeError, TypeError naming the option that does not exist or is not allowed
   */
  constructor(parameters: GivenParameters<AdafactorGroup>, options: AdafactorOptions = {}) {
    checkOptions("new Adafactor", options, OPTIONS);
    const { lr = 1e-2, beta2Decay = -0.8, eps = [null, 1e-3], d = 1, weightDecay = 0 } = options;
    const { beta1 = null, scaleParameter = true, relativeStep = true } = options;
    const { warmupInit = false } = options;
    const own = { beta1, scaleParameter, relativeStep, warmupInit };
    const defaults = { lr, beta2Decay, eps, d, weightDecay, ...own };
    super({ parameters, defaults, table: OPTIONS, rule: RULE });
    for (const group of this.paramGroups) requireRelative(group);
  }
}

const RULE: UpdateRule<AdafactorGroup> = {
  name: "Adafactor",
  sees: () => "matrices",
  state({ beta1 }, shape) {
    const mean = likeWeight(shape, ...(beta1 === null ? [] : ["expAvg"]));
    if (!isFactored(shape)) return { ...mean, ...likeWeight(shape, "variance") };
    const rowVar = [...shape.slice(0, -1), 1];
    const colVar = [...shape.slice(0, -2), 1, ...shape.slice(-1)];
    return { ...mean, ...likeWeight(rowVar, "rowVar"), ...likeWeight(colVar, "colVar") };
  },
  update(pieces: readonly Piece[], group: AdafactorGroup, by: Scaling): void {
    inBatches(pieces, by, (batch) => {
      const grads = batch.grads();
      for (const [i, piece] of batch.pieces.entries()) {
        const weight = batch.weights[i] as Tensor;
        const rate = rateOf(piece, weight, group); // before decay
        const step = direction(piece, grads[i] as Tensor, group).mul_(rate);
        decay([weight], rateIn(group), group.weightDecay);
        descend([weight], [meanOf(piece, step, group)], 1);
      }
    });
  },
};

/** The gradient over the root of its second moment, clipped. */
function direction(
  { step, state }: Piece,
  grad: Tensor,
  { eps, beta2Decay, d }: AdafactorGroup,
): Tensor {
  const smallest = eps[0] ?? FLOAT32_EPS;
  const newest = step.pow(beta2Decay);
  const squares = grad.square();
  const moments = secondMoments(state, squares, { newest, smallest });
  return clipToRms(
    moments
      .clampMin_(smallest ** 2)
      .rsqrt_()
      .mul_(grad),
    d,
  );
}

function secondMoments(
  { variance, rowVar, colVar }: Piece["state"],
  squares: Tensor,
  { newest, smallest }: { readonly newest: Tensor; readonly smallest: number },
): Tensor {
  if (rowVar === undefined || colVar === undefined)
    return (variance as Tensor).lerp_(squares, newest).clone();
  averageFactors({ rows: rowVar, columns: colVar }, squares, newest);
  return rowVar.matmul(colVar).div_(rowVar.mean([-2], true).clampMin_(smallest));
}

/** (): how far to go in the direction. */
function rateOf({ step }: Piece, weight: Tensor, group: AdafactorGroup): Tensor {
  const { eps, scaleParameter, relativeStep, warmupInit } = group;
  const lr = step.mul(0).add(rateIn(group) as number);
  const largest = warmupInit ? step.mul(WARMUP_STEP) : lr;
  const rate = relativeStep ? largest.minimum(step.rsqrt()) : lr;
  return scaleParameter ? rate.mul(rms(weight).clampMin(eps[1])) : rate;
}

function meanOf({ state: { expAvg } }: Piece, step: Tensor, { beta1 }: AdafactorGroup): Tensor {
  if (beta1 === null || expAvg === undefined) return step;
  average([expAvg], [step], beta1);
  return expAvg;
}

function requireRelative({ relativeStep, warmupInit }: AdafactorGroup): void {
  if (relativeStep || !warmupInit) return;
  throw new RangeError(
    "new Adafactor: warmupInit is how relative steps begin, got warmupInit true, relativeStep false; take a schedule that warms up",
  );
}
