// Data parallelism: every rank holds the whole model and a part of each batch; gradients are averaged.

import { boolean, kind, number } from "../../arguments/checks.js";
import { checkOptions, type OptionTable, requireOptions } from "../../arguments/options.js";
import { defaultDevice } from "../../cluster/devices.js";
import { aDevice } from "../../tensor/arguments.js";
import { LOSS_SCALER_OPTIONS, type LossScalerOptions } from "../loss-scaler.js";
import { type Plan, PlanError, type PlanRequest, precisionPlan } from "../plan.js";
import type { Plugin } from "../plugin.js";

/** Options of `TorchDDPPlugin`. */
export interface TorchDDPOptions {
  /** Gradients reduced together, in MiB; default 25. */
  readonly bucketCapMb?: number;
  /**
   * Buffers, such as running means, become those of rank 0 after each backward pass that is reduced. Default true; what
   * PyTorch does before the next forward pass.
   */
  readonly broadcastBuffers?: boolean;
  /** Batch normalisation uses the rows of all ranks, as in Colossal-AI. Default true. */
  readonly syncBatchNorm?: boolean;
  /**
   * Whether it is meant that a loss does not depend on some parameters. They are found in any case and stay as they are; false,
   * the default, tells them once.
   */
  readonly findUnusedParameters?: boolean;
  /** Clip the global gradient norm to this before each step; default: no clipping. */
  readonly maxNorm?: number;
  /** Numbers of the loss scaling of float16; default those of torch.amp.GradScaler. */
  readonly lossScaler?: LossScalerOptions;
  /** Default: this rank's GPU, or "cpu" where there is none. */
  readonly device?: string;
}

const OPTIONS: OptionTable<TorchDDPOptions> = {
  bucketCapMb: number({ above: 0 }),
  broadcastBuffers: boolean,
  syncBatchNorm: boolean,
  findUnusedParameters: boolean,
  maxNorm: number({ above: 0 }),
  lossScaler: kind(
    "an object of numbers, as { initialScale: 1024 }",
    (value) => Object(value) === value,
  ),
  device: aDevice,
};

/** Options of Colossal-AI's plugin that are none here. */
const WITHOUT_NEED: Readonly<Record<string, string>> = {
  gradientAsBucketView: "gradients are views of their buckets in any case",
  staticGraph: "nothing is gained by a promise that the graph stays the same",
  checkReduction: "ranks whose reductions differ are found in any case",
  fp8Communication: "gradients are not reduced in fewer bits than they have",
};

/** Data parallelism: every rank holds the whole model and a part of each batch; gradients are averaged. */
export class TorchDDPPlugin implements Plugin {
  readonly name = "TorchDDPPlugin";
  readonly device: string;
  readonly #options: TorchDDPOptions;

  /**
   * @throws RangeError naming the option that is out of range, PlanError one of Colossal-AI's that is none here
   */
  constructor(options: TorchDDPOptions = {}) {
    requireOptions("new TorchDDPPlugin", options, OPTIONS);
    refuseNeedless(options);
    checkOptions("new TorchDDPPlugin", options, OPTIONS);
    checkOptions("lossScaler", options.lossScaler ?? {}, LOSS_SCALER_OPTIONS);
    this.#options = options;
    this.device = options.device ?? defaultDevice();
  }

  plan({ worldSize, precision }: PlanRequest): Plan {
    const { bucketCapMb = 25, maxNorm, lossScaler } = this.#options;
    const { broadcastBuffers = true, syncBatchNorm = true } = this.#options;
    const { findUnusedParameters: unusedExpected = false } = this.#options;
    return {
      mesh: { dp: worldSize },
      precision: precisionPlan(precision, lossScaler),
      gradients: { bucketBytes: bucketCapMb * 2 ** 20, maxNorm, unusedExpected, overlap: true },
      store: { parameters: "replicated", gradients: "replicated", state: "replicated" },
      broadcastBuffers,
      syncBatchNorm,
      refuses: {},
    };
  }
}

function refuseNeedless(options: object): void {
  const name = Object.keys(options).find((each) => Object.hasOwn(WITHOUT_NEED, each));
  if (name !== undefined)
    throw new PlanError(`TorchDDPPlugin: ${name}`, WITHOUT_NEED[name] as string, "leave it out");
}
