// A memory plan for a model, of what is counted and what is known of the device; with a budget the fastest setting that stays within it.

import { boolean, integer, kind, number, oneOf, requireValue } from "../../arguments/checks.js";
import { checkOptions, type OptionTable } from "../../arguments/options.js";
import { Model } from "../../nn/model.js";
import type { PassMemory } from "../../nn/pass-memory.js";
import type { Optimizer } from "../../optim/optimizer.js";
import { type Plan, type Precision, requireMasters } from "../plan.js";
import type { Plugin } from "../plugin.js";
import { TorchDDPPlugin } from "../plugins/torch-ddp.js";
import { WrappedOptimizer } from "../wrapped-optimizer.js";
import { BudgetError } from "./budget-error.js";
import { compareStep } from "./compare.js";
import {
  type Again,
  type AnyModel,
  type CountedTraining,
  countTraining,
  type LayersAgain,
  type Training,
} from "./count.js";
import { allocatorBytes, GPUS, type GpuName, type OutsideMemory, type Scattered } from "./gpus.js";
import { MemoryPlan, type MemoryPlanParts, type MemoryTerm } from "./memory-plan.js";
import { otherSettings } from "./other-settings.js";

/** What a memory plan is made for. */
export interface MemoryPlanOptions {
  /** Rows of a rank in a forward pass. */
  readonly batch: number;
  /** Tokens of a row. */
  readonly sequence: number;
  /** The one that `boost` is to get, or got. Default: AdamW of all that is trained. */
  readonly optimizer?: Optimizer;
  /**
   * Bytes that the device has for it. As little as possible is then computed again: norms and activations of some layers or of all, then
   * layers in full, from the first on; default: as `gradientCheckpointingEnable` says.
   */
  readonly budget?: number;
  /** Plans for a GPU that is not here, as "h100". Default: the device of the plugin. */
  readonly gpu?: GpuName;
}

const aSize = integer({ min: 1 });
const OPTIONS: OptionTable<MemoryPlanOptions> = {
  batch: aSize,
  sequence: aSize,
  optimizer: kind<Optimizer>(
    "an optimizer, as new AdamW(model.parameters())",
    (value) => typeof (value as Partial<Optimizer> | null)?.zeroGrad === "function",
  ),
  budget: number({ above: 0 }),
  gpu: oneOf(...(Object.keys(GPUS) as GpuName[])),
};

const aModel = kind<AnyModel>(
  "a model that lists its blocks, as LlamaForCausalLM",
  (value) => value instanceof Model,
);

/** Whose training it is. */
export interface PlannedBy {
  readonly plugin: Plugin;
  readonly placement: Plan;
  readonly precision: Precision;
  readonly rank: number;
  readonly worldSize: number;
}

/** @throws BudgetError when no setting stays within the budget */
export function planMemory(model: AnyModel, options: MemoryPlanOptions, by: PlannedBy): MemoryPlan {
  requireValue("plan: model", model, aModel);
  checkOptions("plan", options, OPTIONS);
  for (const name of ["batch", "sequence"] as const)
    requireValue(`plan: ${name}`, options[name], aSize);
  const isBounded = options.budget !== undefined || options.gpu !== undefined;
  const plan = (isBounded ? fastest : planOf)(model, options, by);
  if (plan.fits || options.budget === undefined) return plan;
  throw new BudgetError(plan, otherSettings(model, options, { by, planOf: fastest }));
}

/**
 * Computing layers again costs less time a byte than moving state does, which costs less than moving weights: where the plugin lets them
 * move, as little of it lies on the host as then fits, weights only where all state does.
 */
function fastest(model: AnyModel, options: MemoryPlanOptions, by: PlannedBy): MemoryPlan {
  const { stateOnHost: moving, weightsOnHost: away } = by.placement.store;
  if (moving?.ratio === undefined) return planOf(model, options, by);
  const passes = new Map<Again, PassMemory>(); // the same wherever state and weights lie
  const planWith = (state: number, weights: number): MemoryPlan => {
    const weightsOnHost = weights === 0 ? undefined : { fraction: weights / 100 };
    const stateOnHost = { ...moving, fraction: state / 100 };
    const store = { ...by.placement.store, stateOnHost, weightsOnHost };
    return planOf(model, options, { ...by, placement: { ...by.placement, store } }, passes);
  };
  const withState = planWith(100, 0);
  if (withState.fits) return leastThatFits(withState, (percent) => planWith(percent, 0));
  if (away === undefined) return withState;
  const withAll = planWith(100, 100);
  return withAll.fits ? leastThatFits(withAll, (percent) => planWith(100, percent)) : withAll;
}

/** @param all with 100 percent, which fits */
function leastThatFits(all: MemoryPlan, planWith: (percent: number) => MemoryPlan): MemoryPlan {
  let [below, least] = [-1, all];
  for (let above = 100; above - below > 1; ) {
    const percent = Math.floor((above + below) / 2);
    const plan = planWith(percent);
    if (plan.fits) [above, least] = [percent, plan];
    else below = percent;
  }
  return least;
}

/** What a training is planned for that no process runs yet. */
export interface PlannedRanks {
  /** Default: TorchDDPPlugin with its defaults. */
  readonly plugin?: Plugin;
  /** Default "fp32". */
  readonly precision?: Precision;
  /** Whether 16-bit weights have float32 masters; default true. */
  readonly masterWeights?: boolean;
  /** Ranks that train together; default 1. The plan is that of the first. */
  readonly worldSize?: number;
}

const RANKS: OptionTable<PlannedRanks> = {
  plugin: kind<Plugin>(
    "a plugin, as new TorchDDPPlugin()",
    (value) => typeof (value as Partial<Plugin> | null)?.plan === "function",
  ),
  precision: oneOf("fp32", "bf16", "fp16"),
  masterWeights: boolean,
  worldSize: aSize,
};

/**
 * The same as `booster.plan`, for any number of ranks and without them.
 * @throws BudgetError with the plan and settings that would fit, PlanError for a precision that needs masters without them
 */
export function planTraining<Input, Pass, Output>(
  model: Model<Input, Pass, Output>,
  options: MemoryPlanOptions,
  ranks: PlannedRanks = {},
): MemoryPlan {
  checkOptions("planTraining", ranks, RANKS);
  const { plugin = new TorchDDPPlugin(), precision = "fp32", worldSize = 1 } = ranks;
  requireMasters(precision, ranks.masterWeights);
  const placement = plugin.plan({ worldSize, precision, masterWeights: ranks.masterWeights });
  const by = { plugin, placement, precision, worldSize, rank: 0 };
  return planMemory(model as unknown as AnyModel, options, by);
}

const NO_LAYERS_AGAIN: LayersAgain = { recomputedLayers: 0, selectiveLayers: 0 };

/** @param passes as of `Training` */
function planOf(
  model: AnyModel,
  options: MemoryPlanOptions,
  by: PlannedBy,
  passes = new Map<Again, PassMemory>(),
): MemoryPlan {
  const { batch, sequence, budget, gpu } = options;
  const { plugin, placement, precision, rank, worldSize } = by;
  const optimizer = options.optimizer && WrappedOptimizer.within(options.optimizer);
  const isCuda = gpu !== undefined || plugin.device.startsWith("cuda");
  const training: Training = {
    ...{ model, optimizer, placement, rank, passes },
    device: isCuda ? "cuda" : "cpu",
    shape: { batchSize: batch, sequenceLength: sequence },
  };
  const counted = countTraining(training);
  const described = {
    ...{ model: model.constructor.name, plugin: plugin.name, precision, rank, worldSize },
    masterWeights: placement.precision.masterWeights,
    ...{ batch, sequence, numLayers: counted.numLayers },
    optimizer: optimizer?.constructor.name ?? "AdamW",
    device: gpu ?? plugin.device,
    offloadOptimFrac: placement.store.stateOnHost?.fraction ?? 0,
    offloadParamFrac: placement.store.weightsOnHost?.fraction ?? 0,
  };
  const compare = comparer(model, plugin.device);
  const withLayers = (again: LayersAgain): MemoryPlan => {
    const peak = counted.peak(again);
    const keptBytes = counted.keptBytes(again);
    const { hostBytes } = counted;
    const outside = isCuda
      ? outsideOf(peak.bytes, {
          of: GPUS[gpu ?? "h100"],
          ...{ worldSize, hasHostQueues: hostBytes > 0 },
          scattered: scatteredIn(counted, again),
        })
      : [];
    const parts = {
      ...{ training: described, again, peak, keptBytes, outside, compare },
      hostBytes,
    };
    const named = gpu && GPUS[gpu];
    return new MemoryPlan({ ...parts, budgetBytes: budget, gpu: named });
  };
  if (budget === undefined) {
    const { numRecomputedLayers: recomputedLayers, numSelectiveLayers: selectiveLayers } = model;
    return withLayers({ recomputedLayers, selectiveLayers });
  }
  const least = withLayers({ recomputedLayers: counted.numLayers, selectiveLayers: 0 });
  if (!least.fits) return least;
  for (const again of fastestFirst(counted)) {
    const plan = withLayers(again);
    if (plan.fits) return plan;
  }
  return least;
}

function scatteredIn(counted: CountedTraining, again: LayersAgain): Scattered {
  const { numLayers, fetchedBytes } = counted;
  const { recomputedLayers, selectiveLayers } = again;
  const areAll = numLayers > 0 && recomputedLayers === numLayers;
  const kept = (of: LayersAgain): number[] => counted.keptBytes(of).map(({ bytes }) => bytes);
  const whole = kept(NO_LAYERS_AGAIN);
  const selective =
    selectiveLayers > 0 ? kept({ recomputedLayers: 0, selectiveLayers: numLayers }) : whole;
  const made = whole.map((bytes, i) => bytes - (selective[i] ?? bytes));
  return {
    blockBytes: areAll ? Math.max(0, ...whole) : 0,
    selectiveBytes: Math.max(0, ...made),
    ...{ selectiveLayers, fetchedBytes },
  };
}

/** Norms and activations cost no product, so whole layers are computed again only where those of all layers do not suffice. */
function* fastestFirst(counted: CountedTraining): Iterable<LayersAgain> {
  yield NO_LAYERS_AGAIN;
  const { numLayers, hasSelective } = counted;
  if (hasSelective)
    for (let n = 1; n <= numLayers; n++) yield { recomputedLayers: 0, selectiveLayers: n };
  for (let n = 1; n < numLayers; n++)
    yield { recomputedLayers: n, selectiveLayers: hasSelective ? numLayers - n : 0 };
}

/** Does not hold the model: plans are kept for long. */
function comparer(model: AnyModel, device: string): MemoryPlanParts["compare"] {
  const held = new WeakRef(model);
  return (plan, step) => {
    const of = held.deref();
    if (of === undefined) throw new Error("plan.compare: the model that was planned for is gone");
    return compareStep(plan, { model: of, device }, step);
  };
}

function outsideOf(
  peakBytes: number,
  {
    of,
    worldSize,
    hasHostQueues,
    scattered,
  }: {
    readonly of: OutsideMemory;
    readonly worldSize: number;
    readonly hasHostQueues: boolean;
    readonly scattered: Scattered;
  },
): MemoryTerm[] {
  const terms: MemoryTerm[] = [
    {
      name: "allocator",
      title: "between the allocator's blocks",
      bytes: allocatorBytes(peakBytes, scattered),
    },
    { name: "workspaces", title: "workspaces of products", bytes: of.workspaceBytes },
    {
      name: "context",
      title: "CUDA's context and code",
      bytes: of.contextBytes + (hasHostQueues ? of.hostQueueBytes : 0),
    },
  ];
  if (worldSize > 1)
    terms.push({ name: "communicator", title: "NCCL's buffers", bytes: of.communicatorBytes });
  return terms;
}
