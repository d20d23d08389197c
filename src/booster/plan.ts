// What a plugin decides, as data: where ranks stand, in which types they compute, how gradients, buffers and statistics come
// together. A plan is made without processes or a device, so whoever compares configurations can make many; `apply.ts` is
// the one place that carries one out.
import type { MeshSizes } from "../cluster/mesh.js";
import type { DType } from "../tensor/dtype.js";
import type { LossScalerOptions } from "./loss-scaler.js";

/**
 * float32 everywhere, or bfloat16 or float16 parameters and activations with float32 masters in the optimizer; float16 with
 * dynamic loss scaling. Batch normalisation keeps float32 weights and statistics; other buffers are converted.
 */
export type Precision = "fp32" | "bf16" | "fp16";

/** What a plan is made for. */
export interface PlanRequest {
  /** Processes that train together. */
  readonly worldSize: number;
  /** What `new Booster` was given. */
  readonly precision: Precision;
  /** Whether 16-bit weights have float32 masters; default true. */
  readonly masterWeights?: boolean | undefined;
}

/** Types of numbers. */
export interface PrecisionPlan {
  /** Of parameters, activations and gradients; batch normalisation stays in float32. */
  readonly compute: DType;
  /**
   * Whether the optimizer updates float32 copies of parameters in 16 bits; else those in bfloat16, and what it remembers of them in
   * bfloat16, are rounded at random.
   */
  readonly masterWeights: boolean;
  /** Numbers of dynamic loss scaling; undefined where losses are not scaled. */
  readonly lossScaling: LossScalerOptions | undefined;
}

/** How the gradients of the data-parallel ranks become one. */
export interface GradientPlan {
  /** Neighbouring parameters are reduced together until they have so many bytes. */
  readonly bucketBytes: number;
  /** Global norm to which gradients are clipped before each step; undefined: they are not. */
  readonly maxNorm: number | undefined;
  /** Whether parameters without a gradient on any rank are expected; else they are told once. */
  readonly unusedExpected: boolean;
  /** Whether they are reduced beside the backward pass, or one bucket after the other. */
  readonly overlap: boolean;
}

/** Whether each data-parallel rank has all of something, or a part. */
export type Held = "replicated" | "sharded";

/** Who has what of a training. */
export interface StorePlan {
  /** What the model computes with; those in parts are whole while their block computes. */
  readonly parameters: Held;
  /** Until they are averaged; what a rank keeps of the averages follows the state. */
  readonly gradients: Held;
  /** What the optimizer remembers, masters included; each rank updates what it has. */
  readonly state: Held;
  /** What of that lies in host memory between steps; default: nothing. */
  readonly stateOnHost?: StateOnHost | undefined;
  /** Which weights of blocks lie there between uses; default: none. Those that are trained have their state there, too. */
  readonly weightsOnHost?: WeightsOnHost | undefined;
}

/** Weights in host memory. */
export interface WeightsOnHost {
  /** Of the weights of blocks, by elements: layers at equal distances, then the head, then embeddings. */
  readonly fraction: number;
}

/** Optimizer state in host memory. */
export interface StateOnHost {
  /** Of the weights whose state it is, by elements: those that come last in a forward pass. */
  readonly fraction: number;
  /**
   * After the first step as much comes to the device as this part of the device's memory has room for, weights before state; default: it
   * stays.
   */
  readonly ratio?: number;
  /** Bytes of it that come to the device at once; three times as many are there while an update goes on. Default 192 MiB. */
  readonly batchBytes?: number;
}

/** What a plugin may not be able to do. */
export type Ability = "noSync";

/** What is where, and how it comes together. */
export interface Plan {
  /** Where the ranks stand. */
  readonly mesh: MeshSizes;
  /** In which types of numbers they compute. */
  readonly precision: PrecisionPlan;
  /** How their gradients become one. */
  readonly gradients: GradientPlan;
  /** Who has what. */
  readonly store: StorePlan;
  /** Whether parameters in parts are gathered a block before they are needed; default true. */
  readonly prefetch?: boolean;
  /** Whether a step returns while updated weights are on their way, from other ranks or from the host; default false. */
  readonly overlapUpdate?: boolean;
  /** Whether buffers become those of the first data-parallel rank after each backward pass that is reduced. */
  readonly broadcastBuffers: boolean;
  /** Whether batch normalisation uses the statistics of the rows of all data-parallel ranks. */
  readonly syncBatchNorm: boolean;
  /** Why it cannot, and what to do instead. */
  readonly refuses: Readonly<Partial<Record<Ability, readonly [because: string, remedy: string]>>>;
}

const COMPUTE = { fp32: "float32", bf16: "bfloat16", fp16: "float16" } as const;

/** The types of a precision. */
export function precisionPlan(
  { precision, masterWeights = true }: Pick<PlanRequest, "precision" | "masterWeights">,
  lossScaling: LossScalerOptions = {},
): PrecisionPlan {
  return {
    compute: COMPUTE[precision],
    masterWeights: precision !== "fp32" && masterWeights,
    lossScaling: precision === "fp16" ? lossScaling : undefined,
  };
}

/** @throws PlanError where weights cannot go without masters, or have none in any case */
export function requireMasters(precision: Precision, masterWeights = true): void {
  if (masterWeights || precision === "bf16") return;
  throw new PlanError(
    "masterWeights",
    precision === "fp32"
      ? "weights in float32 are their own masters"
      : "the range of float16 is too small for weights and moments without float32 masters",
    'leave it out, or give mixedPrecision: "bf16" with masterWeights: false',
  );
}

/** A plugin cannot do what was asked of it; the message says what can be done instead. */
export class PlanError extends Error {
  /** Also that of the classes below it. */
  override readonly name: string = "PlanError";
  /** What was asked for: an option or a method. */
  readonly option: string;

  /**
   * @param because why not, as a sentence's middle
   * @param remedy what to do instead, as its end
   */
  constructor(option: string, because: string, remedy: string) {
    super(`${option}: ${because}; ${remedy}`);
    this.option = option;
  }
}
