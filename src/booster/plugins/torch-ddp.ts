// Data parallelism: every rank holds the whole model and a part of each batch; gradients are averaged.

import { kind, number } from "../../arguments/checks.js";
import { checkOptions, type OptionTable } from "../../arguments/options.js";
import { defaultGroup } from "../../cluster/default-group.js";
import { defaultDevice } from "../../cluster/devices.js";
import { ranksFromEnvironment } from "../../cluster/environment.js";
import type { ProcessGroup } from "../../cluster/process-group.js";
import type { Module } from "../../nn/module.js";
import { aDevice } from "../../tensor/arguments.js";
import { fromBytes, tensor, zeros } from "../../tensor/create.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { ownGradients } from "../../tensor/tape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { BoostedOptimizer } from "../boosted-optimizer.js";
import { GradientReducer } from "../gradient-reducer.js";
import { LossScaler, type LossScalerOptions } from "../loss-scaler.js";
import type { BoostedParts, Parts, Plugin, Precision, Reduction } from "../plugin.js";
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
  readonly rank: number;
  readonly worldSize: number;
  readonly device: string;
  readonly #options: TorchDDPOptions;

  /**
   * @throws RangeError naming the option that is out of range
   */
  constructor(options: TorchDDPOptions = {}) {
    checkOptions("new TorchDDPPlugin", options, OPTIONS);
    this.#options = options;
    const ranks = ranksFromEnvironment();
    this.rank = ranks.rank;
    this.worldSize = ranks.size;
    this.device = options.device ?? defaultDevice();
  }

  configure<M extends Module>(parts: Parts<M>, precision: Precision): Partial<BoostedParts<M>> {
    const { model, optimizer, dataloader } = parts;
    model.to({ device: this.device });
    this.broadcast([...model.parameters(), ...model.buffers()], 0); // all ranks begin with the numbers of rank 0
    applyPrecision(model, optimizer, precision);
    const boosted: Partial<BoostedParts<M>> = {
      ...(optimizer && { optimizer: this.#boostOptimizer(parts, precision) }),
      ...(dataloader && {
        dataloader: dataloader.distributed({
          rank: this.rank,
          worldSize: this.worldSize,
          device: this.device,
          agreeToStop: (requested) => this.reduce(requested ? 1 : 0, "max") > 0,
        }),
      }),
    };
    keepInStep(this, { ...parts, ...boosted });
    return boosted;
  }

  reduce(value: number, how: Reduction): number {
    if (this.#group === undefined) return value;
    return noGrad(() => {
      const cell = tensor(Float64Array.of(value), { device: this.device });
      this.#group?.allReduce(cell, how === "max" ? "max" : "sum").wait();
      return how === "mean" ? cell.item() / this.worldSize : cell.item();
    });
  }

  gather(bytes: Uint8Array): Uint8Array[] {
    if (this.#group === undefined) return [bytes];
    return noGrad(() => {
      const mine = fromBytes(bytes.slice(), [bytes.length], "uint8").to({ device: this.device });
      const all = zeros([this.worldSize * bytes.length], { dtype: "uint8", device: this.device });
      this.#group?.allGather(all, mine).wait();
      const flat = all.toBytes();
      return Array.from({ length: this.worldSize }, (_, rank) =>
        flat.slice(rank * bytes.length, (rank + 1) * bytes.length),
      );
    });
  }

  broadcast(tensors: readonly Tensor[], root: number): void {
    const group = this.#group;
    if (group === undefined) return;
    noGrad(() => {
      const works = tensors.map((tensor) => group.broadcast(tensor.detach(), root));
      for (const work of works) work.wait();
    });
  }

  barrier(): void {
    this.#group?.barrier().wait();
  }

  /** Made on first use, by all ranks together. */
  get #group(): ProcessGroup | undefined {
    return defaultGroup(this.device);
  }

  #boostOptimizer({ model, optimizer }: Parts<Module>, precision: Precision): BoostedOptimizer {
    if (optimizer === undefined) throw new Error("there is no optimizer to boost");
    const { bucketCapMb = 25, maxNorm, lossScaler } = this.#options;
    const sync =
      this.#group &&
      new GradientReducer(model.parameters(), this.#group, { bucketBytes: bucketCapMb * 2 ** 20 });
    const scaler = precision === "fp16" ? new LossScaler(this.device, lossScaler) : undefined;
    const boosted = new BoostedOptimizer(optimizer, { sync, maxNorm, scaler });
    ownGradients(model.parameters(), boosted);
    return boosted;
  }
}
