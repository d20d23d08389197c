// Gemini (Fang et al. 2022), heterogeneous memory: as fully sharded data parallelism, and what the optimizer remembers, or a part of it,
// lies in host memory between steps, and weights between uses.

import { boolean, number, oneOf } from "../../arguments/checks.js";
import type { OptionTable } from "../../arguments/options.js";
import { defaultDevice } from "../../cluster/devices.js";
import { type Plan, PlanError, type PlanRequest, precisionPlan, type StorePlan } from "../plan.js";
import type { Plugin } from "../plugin.js";
import {
  PLUGIN_OPTIONS,
  type PluginOptions,
  type Refusals,
  requirePluginOptions,
  SHARED_REFUSALS,
} from "../plugin-options.js";
import { NO_SYNC, OUTSIDE_BLOCKS_BYTES } from "../sharded-plan.js";

/** Options of `GeminiPlugin`, with Colossal-AI's names in camel case. */
export interface GeminiOptions extends PluginOptions {
  /**
   * "static", the default: state and weights lie where the fractions say. "auto": all in host memory until the first step is made; then as
   * much on the GPU as has room beside what that step needed, weights before state, and less again when a step needs more. On a CPU both
   * are host memory.
   */
  readonly placementPolicy?: "static" | "auto";
  /**
   * How much of the optimizer's state, masters included, lies in host memory, from 0, the default, to 1, by the weights that it is of:
   * those that a forward pass comes to last. With "static".
   */
  readonly offloadOptimFrac?: number;
  /**
   * How much of the weights of blocks lies in host memory, from 0, the default, to 1, frozen ones too. A block's come to the GPU before it
   * computes, forward and backward, and are given back after it; of layers those at equal distances lie there, then the head, then
   * embeddings. Gradients are on the GPU. With "static", `shardParamFrac: 1` and `offloadOptimFrac: 1`.
   */
  readonly offloadParamFrac?: number;
  /** How much of the GPU's memory "auto" is to use, from 0 to 1; the rest is for steps that need more than the first. Default 0.9. */
  readonly steadyCudaCapRatio?: number;
  /**
   * Between uses each rank keeps a part of the weights: 1, the default, of all of them; 0: all of them whole, as ZeRO 2. One rank's
   * part is all of them.
   */
  readonly shardParamFrac?: 0 | 1;
  /** Bring the weights of the next block, from other ranks or from the host, while one computes; default true. */
  readonly prefetch?: boolean;
  /**
   * A step returns while updates go on whose state comes from the host, and the next forward pass begins; who uses a weight first waits
   * for it, on its GPU stream. Views of a weight that were made before the step do not wait, nor do further streams. Default false;
   * several ranks wait in any case.
   */
  readonly overlapUpdate?: boolean;
}

const OPTIONS: OptionTable<GeminiOptions> = {
  placementPolicy: oneOf("static", "auto"),
  offloadOptimFrac: number({ min: 0, max: 1 }),
  offloadParamFrac: number({ min: 0, max: 1 }),
  steadyCudaCapRatio: number({ above: 0, max: 1 }),
  shardParamFrac: oneOf(0, 1),
  prefetch: boolean,
  overlapUpdate: boolean,
  ...PLUGIN_OPTIONS,
};

const OF_CHUNKS = [
  "chunks are the blocks that a model lists",
  "leave it out; of a class of your own extend Model and list its blocks",
] as const;
const OF_LAYERS = ["it is a setting of layers, not of memory", "leave it out"] as const;

/** Options of Colossal-AI's plugin that are none here: why not, and what to do instead. */
const OTHERS: Refusals = {
  ...SHARED_REFUSALS,
  cpuOffload: ["it is LowLevelZeroPlugin's", "give offloadOptimFrac: 1"],
  chunkConfigDict: OF_CHUNKS,
  chunkInitDevice: OF_CHUNKS,
  searchRangeM: OF_CHUNKS,
  hiddenDim: OF_CHUNKS,
  minChunkSizeM: OF_CHUNKS,
  enableGradientAccumulation: ["gradients add up in any case", "leave it out"],
  maxPrefetch: ["the next block comes ahead", "give prefetch: false not to"],
  warmupNonModelDataRatio: [
    "in the first step all weights and state are in host memory",
    "leave it out",
  ],
  gpuMarginMemRatio: ["all room is used as far as steadyCudaCapRatio says", "leave it out"],
  memstats: ["the first step is measured", "leave it out"],
  pinMemory: ["host memory beside a GPU is pinned in any case", "leave it out"],
  forceOutputsFp32: ["a loss is float32 in any case", "leave it out"],
  strictDdpMode: ["gradients are averaged in any case", "leave it out"],
  enableAsyncReduce: ["gradients are reduced beside the backward pass", "leave it out"],
  tpSize: ["ranks share weights, not the work of a layer", "leave it out"],
  extraDpSize: ["all data-parallel ranks share weights and state", "leave it out"],
  enableAllOptimization: OF_LAYERS,
  enableFusedNormalization: OF_LAYERS,
  enableFlashAttention: OF_LAYERS,
  enableSequenceParallelism: OF_LAYERS,
  enableJitFused: OF_LAYERS,
  fp8Communication: ["weights and gradients are sent in the type that they have", "leave it out"],
};

/**
 * Gemini: ranks share weights, gradients and state as under `TorchFSDPPlugin`, and optimizer state, then weights, lie in host memory as far
 * as the fractions say, or as the GPU has no room. A step brings state to the GPU in parts of 192 MiB and back again, so every optimizer
 * works and gives the same bits; it takes 24 bytes a weight over the bus for AdamW in 16 bits, half of them each way. Weights on the host
 * take 2 more each way there, and 2 in each pass, 4 in the backward pass's stead of 2 where none are computed again.
 */
export class GeminiPlugin implements Plugin {
  readonly name = "GeminiPlugin";
  readonly device: string;
  readonly #options: GeminiOptions;

  /**
   * @throws RangeError naming the option that is out of range, PlanError one of Colossal-AI's that is none here
   */
  constructor(options: GeminiOptions = {}) {
    requirePluginOptions("GeminiPlugin", options, { table: OPTIONS, refused: OTHERS });
    const { placementPolicy: policy = "static" } = options;
    requireRead(options, policy);
    requireStateOnHost(options);
    this.#options = options;
    this.device = options.device ?? defaultDevice();
  }

  plan(request: PlanRequest): Plan {
    const { prefetch = true, overlapUpdate = false, shardParamFrac = 1 } = this.#options;
    const { findUnusedParameters: unusedExpected = false, maxNorm, lossScaler } = this.#options;
    const parameters = shardParamFrac === 1 ? "sharded" : "replicated";
    return {
      mesh: { dp: request.worldSize },
      precision: precisionPlan(request, lossScaler),
      gradients: { bucketBytes: OUTSIDE_BLOCKS_BYTES, maxNorm, unusedExpected, overlap: true },
      store: { parameters, gradients: "sharded", state: "sharded", ...this.#onHost },
      ...{ prefetch, overlapUpdate },
      broadcastBuffers: true,
      syncBatchNorm: true,
      refuses: { noSync: NO_SYNC },
    };
  }

  get #onHost(): Pick<StorePlan, "stateOnHost" | "weightsOnHost"> {
    const { placementPolicy, offloadOptimFrac = 0, steadyCudaCapRatio = 0.9 } = this.#options;
    const { offloadParamFrac = 0, shardParamFrac = 1 } = this.#options;
    if (placementPolicy === "auto") {
      const stateOnHost = { fraction: 1, ratio: steadyCudaCapRatio };
      return { stateOnHost, ...(shardParamFrac === 1 && { weightsOnHost: { fraction: 1 } }) };
    }
    return {
      ...(offloadOptimFrac > 0 && { stateOnHost: { fraction: offloadOptimFrac } }),
      ...(offloadParamFrac > 0 && { weightsOnHost: { fraction: offloadParamFrac } }),
    };
  }
}

/** @throws PlanError for an option that this policy does not read */
function requireRead(options: GeminiOptions, policy: "static" | "auto"): void {
  const unread: readonly (keyof GeminiOptions)[] =
    policy === "auto" ? ["offloadOptimFrac", "offloadParamFrac"] : ["steadyCudaCapRatio"];
  const given = unread.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new PlanError(
    `GeminiPlugin: ${given}`,
    `placementPolicy is "${policy}", which does not read it`,
    `leave it out, or give placementPolicy: "${policy === "auto" ? "static" : "auto"}"`,
  );
}

/** Weights go to the host last: what they save a byte costs more time than state does. */
function requireStateOnHost(options: GeminiOptions): void {
  const { offloadParamFrac = 0, shardParamFrac = 1, offloadOptimFrac = 0 } = options;
  if (offloadParamFrac === 0 || (shardParamFrac === 1 && offloadOptimFrac === 1)) return;
  throw new PlanError(
    "GeminiPlugin: offloadParamFrac",
    `${offloadParamFrac} of the weights can lie in host memory where shardParamFrac and offloadOptimFrac are 1, ` +
      `which are ${shardParamFrac} and ${offloadOptimFrac}`,
    "give shardParamFrac: 1 and offloadOptimFrac: 1 with it, or leave it out",
  );
}
