// Data parallelism: every rank holds the whole model and a part of each batch; gradients are averaged.

import { boolean, number } from "../../arguments/checks.js";
import type { OptionTable } from "../../arguments/options.js";
import { defaultDevice } from "../../cluster/devices.js";
import { type Plan, type PlanRequest, precisionPlan } from "../plan.js";
import type { Plugin } from "../plugin.js";
import {
  PLUGIN_OPTIONS,
  type PluginOptions,
  type Refusals,
  requirePluginOptions,
} from "../plugin-options.js";

/** Options of `TorchDDPPlugin`. */
export interface TorchDDPOptions extends PluginOptions {
  /** Gradients reduced together, in MiB; default 25. */
  readonly bucketCapMb?: number;
  /**
   * Buffers, such as running means, become those of rank 0 after each backward pass that is reduced. Default true; what
   * PyTorch does before the next forward pass.
   */
  readonly broadcastBuffers?: boolean;
  /** Batch normalisation uses the rows of all ranks, as in Colossal-AI. Default true. */
  readonly syncBatchNorm?: boolean;
}

const OPTIONS: OptionTable<TorchDDPOptions> = {
  bucketCapMb: number({ above: 0 }),
  broadcastBuffers: boolean,
  syncBatchNorm: boolean,
  ...PLUGIN_OPTIONS,
};

/** Options of Colossal-AI's plugin that are none here. */
const OTHERS: Refusals = {
  cpuOffload: [
    "each rank has all of its state on the device",
    "leave it out, or take GeminiPlugin with offloadOptimFrac: 1",
  ],
  gradientAsBucketView: ["gradients are views of their buckets in any case", "leave it out"],
  staticGraph: ["nothing is gained by a promise that the graph stays the same", "leave it out"],
  checkReduction: ["ranks whose reductions differ are found in any case", "leave it out"],
  fp8Communication: ["gradients are not reduced in fewer bits than they have", "leave it out"],
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
    requirePluginOptions("TorchDDPPlugin", options, { table: OPTIONS, refused: OTHERS });
    this.#options = options;
    this.device = options.device ?? defaultDevice();
  }

  plan(request: PlanRequest): Plan {
    const { bucketCapMb = 25, maxNorm, lossScaler } = this.#options;
    const { broadcastBuffers = true, syncBatchNorm = true } = this.#options;
    const { findUnusedParameters: unusedExpected = false } = this.#options;
    return {
      mesh: { dp: request.worldSize },
      precision: precisionPlan(request, lossScaler),
      gradients: { bucketBytes: bucketCapMb * 2 ** 20, maxNorm, unusedExpected, overlap: true },
      store: { parameters: "replicated", gradients: "replicated", state: "replicated" },
      broadcastBuffers,
      syncBatchNorm,
      refuses: {},
    };
  }
}
