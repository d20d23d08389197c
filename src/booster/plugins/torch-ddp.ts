// Data parallelism: every rank holds the whole model and a part of each batch; gradients are averaged.

import { kind, number } from "../../arguments/checks.js";
import { checkOptions, type OptionTable } from "../../arguments/options.js";
import { defaultDevice } from "../../cluster/devices.js";
import type { Module } from "../../nn/module.js";
import type { Optimizer } from "../../optim/optimizer.js";
import { aDevice } from "../../tensor/arguments.js";
import { ownGradients } from "../../tensor/gradient-owner.js";
import { BoostedOptimizer } from "../boosted-optimizer.js";
import { GradientReducer } from "../gradient-reducer.js";
import { LossScaler, type LossScalerOptions } from "../loss-scaler.js";
import type { BoostedParts, Parts, Plugin, PluginContext } from "../plugin.js";
import { applyPrecision } from "../precision.js";
import { keepInStep } from "../ranks-in-step.js";

/** Options of `TorchDDPPlugin`. */
export interface TorchDDPOptions {
  /** Gradients reduced together, in MiB; default 25. */
  readonly bucketCapMb?: number;
  /** Clip the global gradient norm to this before each step; default: no clipping. */
  readonly maxNorm?: number;
  /** Numbers of the loss scaling of float16; default those of torch.amp.GradScaler. */
  readonly lossScaler?: LossScalerOptions;
  /** Default: this rank's GPU, or "cpu" where there is none. */
  readonly device?: string;
}

const OPTIONS: OptionTable<TorchDDPOptions> = {
  bucketCapMb: number({ above: 0 }),
  maxNorm: number({ above: 0 }),
  lossScaler: kind(
    "an object of numbers, as { initialScale: 1024 }",
    (value) => Object(value) === value,
  ),
  device: aDevice,
};

/** Data parallelism: every rank holds the whole model and a part of each batch; gradients are averaged. */
export class TorchDDPPlugin implements Plugin {
  readonly name = "TorchDDPPlugin";
  readonly supportsNoSync = true;
  readonly device: string;
  readonly #options: TorchDDPOptions;

  /**
   * @throws RangeError naming the option that is out of range
   */
  constructor(options: TorchDDPOptions = {}) {
    checkOptions("new TorchDDPPlugin", options, OPTIONS);
    this.#options = options;
    this.device = options.device ?? defaultDevice();
  }

  configure<M extends Module>(parts: Parts<M>, context: PluginContext): Partial<BoostedParts<M>> {
    const { model, optimizer, dataloader } = parts;
    const { job, precision } = context;
    model.to({ device: job.device });
    job.broadcast([...model.parameters(), ...model.buffers()], 0); // all ranks begin with the numbers of rank 0
    applyPrecision(model, optimizer, precision);
    const boosted: Partial<BoostedParts<M>> = {
      ...(optimizer && { optimizer: this.#boostOptimizer(model, optimizer, context) }),
      ...(dataloader && {
        dataloader: dataloader.distributed({
          rank: job.rank,
          worldSize: job.worldSize,
          device: job.device,
          agreeToStop: (requested) => job.reduce(requested ? 1 : 0, "max") > 0,
        }),
      }),
    };
    keepInStep(job, { ...parts, ...boosted });
    return boosted;
  }

  #boostOptimizer(model: Module, optimizer: Optimizer, { job, precision }: PluginContext) {
    const { bucketCapMb = 25, maxNorm, lossScaler } = this.#options;
    const sync =
      job.group &&
      new GradientReducer(model.parameters(), job.group, { bucketBytes: bucketCapMb * 2 ** 20 });
    const scaler = precision === "fp16" ? new LossScaler(job.device, lossScaler) : undefined;
    const boosted = new BoostedOptimizer(optimizer, { sync, maxNorm, scaler });
    ownGradients(model.parameters(), boosted);
    return boosted;
  }
}
