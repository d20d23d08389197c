// ZeRO (Rajbhandari et al. 2020), stages 1 and 2: every rank computes with the whole model; of each weight it keeps optimizer state and
// master of a part, gets the average gradient of that part, updates it, and hears of the others.

import { boolean, kind, number, oneOf } from "../../arguments/checks.js";
import { checkOptions, type OptionTable, requireOptions } from "../../arguments/options.js";
import { defaultDevice } from "../../cluster/devices.js";
import { aDevice } from "../../tensor/arguments.js";
import { itemSize } from "../../tensor/dtype.js";
import { LOSS_SCALER_OPTIONS, type LossScalerOptions } from "../loss-scaler.js";
import { type Plan, PlanError, type PlanRequest, precisionPlan } from "../plan.js";
import type { Plugin } from "../plugin.js";

/** Options of `LowLevelZeroPlugin`, with Colossal-AI's names in camel case. */
export interface LowLevelZeroOptions {
  /**
   * 1, the default: passes under `noSync` add up whole gradients, as many as there are weights. 2: gradients are reduced in every
   * pass, and no more of them are there at once than two buckets; `noSync` is refused. Optimizer state is in parts in both.
   */
  readonly stage?: 1 | 2;
  /** Gradients reduced together, in Mi (2^20) elements; default 12. */
  readonly reduceBucketSizeInM?: number;
  /** Reduce while the backward pass goes on; default true. */
  readonly overlapCommunication?: boolean;
  /** Clip the global gradient norm to this before each step; default: no clipping. */
  readonly maxNorm?: number;
  /** Whether it is meant that a loss does not depend on some parameters; false, the default, tells them once. */
  readonly findUnusedParameters?: boolean;
  /** Numbers of the loss scaling of float16; default those of torch.amp.GradScaler. */
  readonly lossScaler?: LossScalerOptions;
  /** Default: this rank's GPU, or "cpu" where there is none. */
  readonly device?: string;
}

const OPTIONS: OptionTable<LowLevelZeroOptions> = {
  stage: oneOf(1, 2),
  reduceBucketSizeInM: number({ above: 0 }),
  overlapCommunication: boolean,
  maxNorm: number({ above: 0 }),
  findUnusedParameters: boolean,
  lossScaler: kind(
    "an object of numbers, as { initialScale: 1024 }",
    (value) => Object(value) === value,
  ),
  device: aDevice,
};

const SCALER = "give lossScaler: { initialScale, growthFactor, backoffFactor, growthInterval }";
/** Options of Colossal-AI's plugin that are none here: why not, and what to do instead. */
const OTHERS: Readonly<Record<string, readonly [because: string, remedy: string]>> = {
  precision: ["it is the booster's", 'give new Booster({ plugin, mixedPrecision: "bf16" })'],
  initialScale: ["it is a number of the loss scaler", SCALER],
  growthFactor: ["it is a number of the loss scaler", SCALER],
  backoffFactor: ["it is a number of the loss scaler", SCALER],
  growthInterval: ["it is a number of the loss scaler", SCALER],
  minScale: ["the scale has no bounds, as in torch.amp.GradScaler", "leave it out"],
  maxScale: ["the scale has no bounds, as in torch.amp.GradScaler", "leave it out"],
  hysteresis: [
    "every overflow makes the scale smaller, as in torch.amp.GradScaler",
    "leave it out",
  ],
  normType: ["the norm is L2", "leave it out"],
  communicationDtype: ["gradients are reduced in the type that they have", "leave it out"],
  overlapAllgather: ["weights are whole when a step returns", "leave it out"],
  cpuOffload: ["states stay on the device of the weights", "leave it out"],
  masterWeights: ["16-bit weights have float32 masters in any case", "leave it out"],
  verbose: ["there is nothing that it would tell", "leave it out"],
  castInputs: ["models convert what they are given themselves", "leave it out"],
  fp8Communication: ["gradients are not reduced in fewer bits than they have", "leave it out"],
  useFp8: ["layers do not compute in 8 bits", "leave it out"],
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
    requireOptions("new LowLevelZeroPlugin", options, OPTIONS);
    refuseOthers(options);
    checkOptions("new LowLevelZeroPlugin", options, OPTIONS);
    checkOptions("lossScaler", options.lossScaler ?? {}, LOSS_SCALER_OPTIONS);
    this.#options = options;
    this.device = options.device ?? defaultDevice();
  }

  plan({ worldSize, precision }: PlanRequest): Plan {
    const { stage = 1, reduceBucketSizeInM = 12, maxNorm, lossScaler } = this.#options;
    const { overlapCommunication: overlap = true } = this.#options;
    const { findUnusedParameters: unusedExpected = false } = this.#options;
    const types = precisionPlan(precision, lossScaler);
    const bucketBytes = reduceBucketSizeInM * 2 ** 20 * itemSize(types.compute);
    const gradients = stage === 1 ? "replicated" : "sharded";
    return {
      mesh: { dp: worldSize },
      precision: types,
      gradients: { bucketBytes, maxNorm, unusedExpected, overlap },
      store: { parameters: "replicated", gradients, state: "sharded" },
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

function refuseOthers(options: object): void {
  const name = Object.keys(options).find((each) => Object.hasOwn(OTHERS, each));
  if (name !== undefined)
    throw new PlanError(`LowLevelZeroPlugin: ${name}`, ...(OTHERS[name] as [string, string]));
}
