// Dynamic loss scaling for float16 (Micikevicius et al. 2018), with the numbers of torch.amp.GradScaler: losses are multiplied
// before the backward pass so that small gradients do not vanish, gradients are divided in the update. A step whose gradients
// overflowed is skipped and the scale halved; after `growthInterval` whole steps it doubles. Nothing waits for the device.
import { integer, number } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { tensor } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";

/** Numbers of dynamic loss scaling. */
export interface LossScalerOptions {
  /** Default 65,536. */
  readonly initialScale?: number;
  /** Default 2. */
  readonly growthFactor?: number;
  /** Default 0.5. */
  readonly backoffFactor?: number;
  /** Whole steps after which the scale grows, default 2,000. */
  readonly growthInterval?: number;
}

/** What a checkpoint remembers of a scaler. */
export interface LossScalerState {
  readonly scale: number;
  /** Whole steps since the scale changed. */
  readonly growthTracker: number;
}

export const LOSS_SCALER_OPTIONS: OptionTable<LossScalerOptions> = {
  initialScale: number({ above: 0 }),
  growthFactor: number({ above: 1 }),
  backoffFactor: number({ above: 0, below: 1 }),
  growthInterval: integer({ min: 1 }),
};

export class LossScaler {
  /** () float32 on the device */
  readonly scale: Tensor;
  readonly #growthTracker: Tensor; // () int32
  readonly #options: Required<LossScalerOptions>;

  constructor(device: string, options: LossScalerOptions = {}) {
    checkOptions("lossScaler", options, LOSS_SCALER_OPTIONS);
    this.#options = {
      initialScale: options.initialScale ?? 2 ** 16,
      growthFactor: options.growthFactor ?? 2,
      backoffFactor: options.backoffFactor ?? 0.5,
      growthInterval: options.growthInterval ?? 2000,
    };
    this.scale = keep(tensor(this.#options.initialScale, { dtype: "float32", device }));
    this.#growthTracker = keep(tensor(0, { dtype: "int32", device }));
  }

  /** After a step. @param overflow () float32: 1 where a gradient was not finite */
  update(overflow: Tensor): void {
    const { growthFactor, backoffFactor, growthInterval } = this.#options;
    noGrad(() =>
      ops.aten._amp_update_scale_(
        this.scale,
        this.#growthTracker,
        overflow,
        growthFactor,
        backoffFactor,
        growthInterval,
      ),
    );
  }

  state(): LossScalerState {
    return { scale: this.scale.item(), growthTracker: this.#growthTracker.item() };
  }

  loadState({ scale, growthTracker }: LossScalerState): void {
    noGrad(() => {
      this.scale.fill_(scale);
      this.#growthTracker.fill_(growthTracker);
    });
  }
}
