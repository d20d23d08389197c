// Fully sharded data parallelism (Zhao et al. 2023, PyTorch FSDP; stage 3 of ZeRO, Rajbhandari et al. 2020): of weights, gradients and
// optimizer state every rank keeps a part; the weights of a block are whole while it computes.

import { boolean } from "../../arguments/checks.js";
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
import { NO_SYNC, OUTSIDE_BLOCKS_BYTES } from "../sharded-plan.js";

/** Options of `TorchFSDPPlugin`. */
export interface TorchFSDPOptions extends PluginOptions {
  /**
   * Gather the weights of the next block while one computes, in both passes; default true. At most two blocks are whole at once then;
   * false: one, and each is waited for.
   */
  readonly prefetch?: boolean;
}

const OPTIONS: OptionTable<TorchFSDPOptions> = { prefetch: boolean, ...PLUGIN_OPTIONS };

/** Options of Colossal-AI's plugin, which are those of PyTorch's FSDP, that are none here. */
const OTHERS: Refusals = {
  processGroup: ["all data-parallel ranks share the weights", "leave it out"],
  shardingStrategy: [
    "weights, gradients and state are all shared, which is FULL_SHARD",
    "leave it out, or take LowLevelZeroPlugin with stage: 2 for SHARD_GRAD_OP, TorchDDPPlugin for NO_SHARD",
  ],
  cpuOffload: [
    "what a rank keeps stays on its device",
    "leave it out, or take GeminiPlugin with offloadOptimFrac: 1, which has optimizer state in host memory",
  ],
  autoWrapPolicy: [
    "weights are gathered by the blocks that a model lists",
    "leave it out; of a class of your own extend Model and list its blocks",
  ],
  backwardPrefetch: [
    "the next block is gathered ahead in both passes",
    "give prefetch: false not to",
  ],
  mixedPrecision: ["it is the booster's", 'give new Booster({ plugin, mixedPrecision: "bf16" })'],
  ignoredModules: ["weights that are in no block stay whole in any case", "leave it out"],
  paramInitFn: [
    "a model has its numbers before it is boosted",
    "leave it out, and call model.initialize(seed) or load weights",
  ],
  syncModuleStates: ["all ranks begin with the numbers of the first in any case", "leave it out"],
  fp8Communication: ["weights and gradients are sent in the type that they have", "leave it out"],
};

/**
 * Fully sharded data parallelism: ranks share weights, gradients, optimizer state and the update among them.
 *
 * What is gathered at once are the weights of a block of a `Model`; weights in no block, as all of a module that lists none, stay whole
 * on each rank, and so do four-bit weights. All ranks run the same blocks, in both passes, in `generate`, and for `output.logits`,
 * which beside a loss are computed when they are read. Between uses a weight has no memory, and whoever reads it is told:
 * `booster.gatherWeights(model)` makes it whole for a block of code. The booster's own saving and loading need nothing more.
 */
export class TorchFSDPPlugin implements Plugin {
  readonly name = "TorchFSDPPlugin";
  readonly device: string;
  readonly #options: TorchFSDPOptions;

  /**
   * @throws RangeError naming the option that is out of range, PlanError one of Colossal-AI's that is none here
   */
  constructor(options: TorchFSDPOptions = {}) {
    requirePluginOptions("TorchFSDPPlugin", options, { table: OPTIONS, refused: OTHERS });
    this.#options = options;
    this.device = options.device ?? defaultDevice();
  }

  plan(request: PlanRequest): Plan {
    const { prefetch = true, maxNorm, lossScaler } = this.#options;
    const { findUnusedParameters: unusedExpected = false } = this.#options;
    return {
      mesh: { dp: request.worldSize },
      precision: precisionPlan(request, lossScaler),
      gradients: { bucketBytes: OUTSIDE_BLOCKS_BYTES, maxNorm, unusedExpected, overlap: true },
      store: { parameters: "sharded", gradients: "sharded", state: "sharded" },
      prefetch,
      broadcastBuffers: true,
      syncBatchNorm: true,
      refuses: { noSync: NO_SYNC },
    };
  }
}
