// ZeRO (Rajbhandari et al. 2020), stages 1 and 2: every rank computes with the whole model; of each weight it keeps optimizer state and
// master of a part, gets the average gradient of that part, updates it, and hears of the others.

import { boolean, number, oneOf } from "../../arguments/checks.js";
import type { OptionTable } from "../../arguments/options.js";
import { defaultDevice } from "../../cluster/devices.js";
import { itemSize } from "../../tensor/dtype.js";
import { type Plan, type PlanRequest, precisionPlan } from "../plan.js";
import type { Plugin } from "../plugin.js";
import {
  PLUGIN_OPTIONS,
  type PluginOptions,
  type Refusals,
  requirePluginOptions,
  SHARED_REFUSALS,
} from "../plugin-options.js";

/** Options of `LowLevelZeroPlugin`, with Colossal-AI's names in camel case. */
export interface LowLevelZeroOptions extends PluginOptions {
  /**
   * 1, the default: passes under `noSync` add up whole gradients, as many as there are weights. 2: gradients are reduced in every
   * pass, and no more of them are there at once than two buckets; `noSync` is refused. Optimizer state is in parts in both.
   */
  readonly stage?: 1 | 2;
  /** Gradients reduced together, in Mi (2^20) elements; default 12. */
  readonly reduceBucketSizeInM?: number;
  /** Reduce while the backward pass goes on; default true. */
  readonly overlapCommunication?: boolean;
  /**
   * A step returns while updated weights are on their way from other ranks, or while their state comes from the host; whoever uses a
   * parameter waits for it. Views of a weight that were made before the step do not wait, and a rank that fails right after a step may
   * take weights from others. Default false.
   */
  readonly overlapAllgather?: boolean;
  /**
   * Optimizer state and masters lie in host memory, pinned beside a GPU, 12 bytes a weight for AdamW in 16 bits. An update brings them to
   * the device in parts of 192 MiB, three of which are there at once, and gives the same bits. Default false.
   */
  readonly cpuOffload?: boolean;
}

const OPTIONS: OptionTable<LowLevelZeroOptions> = {
  stage: oneOf(1, 2),
  reduceBucketSizeInM: number({ above: 0 }),
  overlapCommunication: boolean,
  overlapAllgather: boolean,
  cpuOffload: boolean,
  ...PLUGIN_OPTIONS,
};

/** Options of Colossal-AI's plugin that are none here: why not, and what to do instead. */
const OTHERS: Refusals = {
  ...SHARED_REFUSALS,
  communicationDtype: ["gradients are reduced in the type that they have", "leave it out"],
  offloadOptimFrac: [
    "it is GeminiPlugin's",
    "give cpuOffload: true for all of the state, or take that one",
  ],
  castInputs: ["models convert what they are given themselves", "leave it out"],
  fp8Communication: ["gradients are not reduced in fewer bits than they have", "leave it out"],
  extraDpSize: ["all data-parallel ranks share the state", "leave it out"],
};

/** ZeRO stages 1 and 2 (Rajbhandari et al. 2020): ranks share optimizer state, masters and the update among them. */
export class LowLevelZeroPlugin implements Plugin {
  readonly name = "LowLevelZeroPlugin";
  readonly device: string;
  readonly #options: LowLevelZeroOptions;

  /**
   * @throws RangeError naming the option that is out of range, PlanError one of Colossal-AI's that is none here
   */
  constructor(options: LowLevelZeroOptions = {}) {
    requirePluginOptions("LowLevelZeroPlugin", options, { table: OPTIONS, refused: OTHERS });
    this.#options = options;
    this.device = options.device ?? defaultDevice();
  }

  plan(request: PlanRequest): Plan {
    const { stage = 1, reduceBucketSizeInM = 12, maxNorm, lossScaler } = this.#options;
    const { overlapCommunication: overlap = true } = this.#options;
    const { overlapAllgather: overlapUpdate = false, cpuOffload = false } = this.#options;
    const { findUnusedParameters: unusedExpected = false } = this.#options;
    const types = precisionPlan(request, lossScaler);
    const bucketBytes = reduceBucketSizeInM * 2 ** 20 * itemSize(types.compute);
    const gradients = stage === 1 ? "replicated" : "sharded";
    return {
      mesh: { dp: request.worldSize },
      precision: types,
      gradients: { bucketBytes, maxNorm, unusedExpected, overlap },
      store: {
        parameters: "replicated",
        gradients,
        state: "sharded",
        stateOnHost: cpuOffload ? { fraction: 1 } : undefined,
      },
      overlapUpdate,
      broadcastBuffers: true,
      syncBatchNorm: true,
      refuses: stage === 1 ? {} : { noSync: NO_SYNC },
    };
  }
}

const NO_SYNC = [
  "stage 2 keeps no whole gradients, which passes without a reduction would add up",
  "leave noSync out, which adds gradients up in parts, or take stage: 1",
] as const;
