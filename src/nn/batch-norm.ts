// Batch normalisation (Ioffe and Szegedy 2015): by the batch's own mean and variance while training, by running ones after
// `eval()`.
import { boolean, nullable, number, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { ones, zeros } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import { isComputedAgain } from "../tensor/recompute.js";
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import { newParameter } from "./init.js";
import { Layer } from "./layer.js";
import { count, LAYER_OPTIONS, type LayerOptions, placementIn } from "./layer-options.js";
import { holdParameter } from "./parameter-fields.js";
import { normalizeOverRanks, type SumOverRanks } from "./synchronized-norm.js";

/** Options of batch normalisation. */
export interface BatchNormOptions extends Omit<LayerOptions, "initialize"> {
  /** Added to the variance, default 1e-5. */
  readonly eps?: number;
  /** Share of a new batch in the running statistics, default 0.1; null: all batches count the same. */
  readonly momentum?: number | null;
  /** Whether there are weight and bias, default true. */
  readonly affine?: boolean;
  /** False: no running statistics, the batch's own after `eval()` as well. Default true. */
  readonly trackRunningStats?: boolean;
}

/** What `BatchNorm1d` and `BatchNorm2d` have in common. */
export abstract class BatchNorm extends Layer {
  /** (C), begins as ones. */
  declare readonly weight?: Parameter;
  /** (C), begins as zeros. */
  declare readonly bias?: Parameter;
  /** (C); absent without running statistics, as the two below. */
  readonly runningMean?: Tensor;
  /** (C), unbiased */
  readonly runningVar?: Tensor;
  /** () int64 */
  readonly numBatchesTracked?: Tensor;
  /** Added to the variance. */
  readonly eps: number;
  /** Weight of a batch in the running statistics; null: all batches count alike. */
  readonly momentum: number | null;
  readonly #numFeatures: number;
  #sumOverRanks: SumOverRanks | undefined;

  /** @throws TypeError or RangeError naming an argument that is not allowed */
  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super(String(numFeatures));
    const of = `new ${this.constructor.name}`;
    requireValue(`${of}: numFeatures`, numFeatures, count);
    checkOptions(of, options, OPTIONS);
    this.#numFeatures = numFeatures;
    this.eps = options.eps ?? 1e-5;
    this.momentum = options.momentum === undefined ? 0.1 : options.momentum;
    const begin = (value: number): Parameter | undefined =>
      (options.affine ?? true)
        ? newParameter([numFeatures], options, (made) => made.fill_(value))
        : undefined;
    holdParameter(this, "weight", begin(1));
    holdParameter(this, "bias", begin(0));
    if (!(options.trackRunningStats ?? true)) return;
    const placement = placementIn(options);
    this.runningMean = keep(zeros([numFeatures], placement));
    this.runningVar = keep(ones([numFeatures], placement));
    this.numBatchesTracked = keep(zeros([], { ...placement, dtype: "int64" }));
  }

  /**
   * From now on a batch while training is the rows of all ranks; `undefined`: this rank's alone again. `Booster.boost` does it.
   * @param sumOverRanks of tensors on this module's device; all ranks call it
   */
  synchronize(sumOverRanks: SumOverRanks | undefined): void {
    this.#sumOverRanks = sumOverRanks;
  }

  /** Whether an input has this many dimensions. */
  protected abstract allows(ndim: number): boolean;
  /** The shapes allowed, in words. */
  protected abstract readonly allowed: string;

  /**
   * @param x of the dtype of weights and statistics, or of 16 bits beside float32 ones, as in mixed precision
   * @throws RangeError for a shape that does not fit, or one value a channel while training
   */
  override forward(x: Tensor): Tensor {
    this.#check(x);
    const { weight, bias, runningMean, runningVar, eps } = this;
    const sumOverRanks = this.training ? this.#sumOverRanks : undefined;
    const ofBatch = this.training || this.runningMean === undefined;
    if (ofBatch && sumOverRanks === undefined) this.#requireSeveral(x);
    const share = this.training ? this.#share() : 0;
    if (sumOverRanks !== undefined) {
      const state = { weight, bias, runningMean, runningVar, eps, share };
      return normalizeOverRanks(x, state, sumOverRanks);
    }
    return ops.aten.batch_norm(
      x,
      weight ?? null,
      bias ?? null,
      runningMean ?? null,
      runningVar ?? null,
      ofBatch,
      share,
      eps,
      true,
    );
  }

  /** Counts the batch, once. @returns its share in the running statistics */
  #share(): number {
    const seen = this.numBatchesTracked;
    if (seen === undefined || isComputedAgain()) return 0;
    noGrad(() => {
      seen.add_(1);
    });
    return this.momentum ?? 1 / seen.item();
  }

  #check(x: Tensor): void {
    const own = this.weight ?? this.runningMean;
    const isMixed = x instanceof Tensor && /16$/.test(x.dtype) && own?.dtype === "float32";
    this.requireTensor(x, isMixed ? undefined : own);
    const shape = x.shape;
    if (!this.allows(shape.length)) this.refuseShape(x, `it must be ${this.allowed}`);
    if (shape[1] !== this.#numFeatures) {
      this.refuseShape(x, `dimension 1, the channels, must be ${this.#numFeatures}`);
    }
  }

  #requireSeveral(x: Tensor): void {
    if (x.numel / this.#numFeatures > 1) return;
    this.refuseShape(
      x,
      "a mean and variance of the batch need more than one value for each channel; give a larger batch, or call eval() first",
    );
  }
}

/** Batch normalisation (Ioffe and Szegedy 2015) of (B, C) or (B, C, L) over all dimensions but C. */
export class BatchNorm1d extends BatchNorm {
  protected override readonly allowed = "(batch, channels) or (batch, channels, length)";

  /** @param ndim 2 or 3 */
  protected override allows(ndim: number): boolean {
    return ndim === 2 || ndim === 3;
  }
}

/** Batch normalisation (Ioffe and Szegedy 2015) of (B, C, H, W) over all dimensions but C. */
export class BatchNorm2d extends BatchNorm {
  protected override readonly allowed = "(batch, channels, height, width)";

  /** @param ndim 4 */
  protected override allows(ndim: number): boolean {
    return ndim === 4;
  }
}

const OPTIONS = {
  eps: number({ min: 0 }),
  momentum: nullable(number({ min: 0, max: 1 })),
  affine: boolean,
  trackRunningStats: boolean,
  device: LAYER_OPTIONS.device,
  dtype: LAYER_OPTIONS.dtype,
};
