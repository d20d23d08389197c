// What one rank's training takes of memory under a placement, counted from shapes: what stays, and a step as stretches.
import type { InputShape } from "../../nn/cost.js";
import type { GradientCheckpointingOptions } from "../../nn/gradient-checkpointing.js";
import type { Model } from "../../nn/model.js";
import { dtypesOf, type PassMemory } from "../../nn/pass-memory.js";
import { AdamW } from "../../optim/adamw.js";
import type { Optimizer, ParamGroup } from "../../optim/optimizer.js";
import { RuleOptimizer } from "../../optim/rule-optimizer.js";
import { cutsFor } from "../../optim/slices.js";
import type { StepMemory } from "../../optim/step-memory.js";
import { Nf4Linear } from "../../quantize/nf4-linear.js";
import { asShapes } from "../../tensor/as-shapes.js";
import type { StandsFor } from "../../tensor/memory-count.js";
import type { Parameter } from "../../tensor/parameter.js";
import { NothingSelectiveError } from "../../tensor/recipes.js";
import type { Tensor } from "../../tensor/tensor.js";
import { inOrderOfGradients } from "../bucket-order.js";
import { stateOnHost } from "../on-host.js";
import { type Plan, PlanError } from "../plan.js";
import { homesOf, layoutsOf, unitsOf, type WeightLayouts } from "../weight-units.js";
import { weightsOnHost } from "../weights-on-host.js";
import { type FetchedWeights, Fetches, fetchedWeights } from "./fetched.js";
import { type Shares, schedule, sharesOf, type Trained } from "./schedule.js";
import { type Bytes, type MemoryPeak, walk } from "./walk.js";

/** Any model that lists blocks. */
export type AnyModel = Model<never, never, unknown>;

type AnyOptimizer = RuleOptimizer<ParamGroup>;

/** What is trained, and how. */
export interface Training {
  readonly model: AnyModel;
  readonly optimizer: Optimizer | undefined;
  readonly placement: Plan;
  readonly rank: number;
  /** Whose kernels compute. */
  readonly device: StandsFor;
  readonly shape: InputShape;
  /** Counted already, by what is computed again, of the same model on as many ranks; gets those that are counted now. */
  readonly passes: Map<Again, PassMemory>;
}

/** Layers, from the first on: so many computed again in full, and of so many after them norms and activations. */
export interface LayersAgain {
  readonly recomputedLayers: number;
  readonly selectiveLayers: number;
}

/** The same training with any layers computed again. */
export interface CountedTraining {
  /** What stays from step to step. */
  readonly resident: Bytes;
  readonly numLayers: number;
  /** Weights, state and masters in host memory. */
  readonly hostBytes: number;
  /** The largest layer whose weights come from the host. */
  readonly fetchedBytes: number;
  /** Whether norms and activations can be computed again alone. */
  readonly hasSelective: boolean;
  /** When most is held. */
  peak(again: LayersAgain): MemoryPeak;
  /** Bytes that each block leaves for the backward pass. */
  keptBytes(again: LayersAgain): readonly { readonly name: string; readonly bytes: number }[];
}

/** CUDA's allocator rounds up to it. */
const CUDA_BLOCK = 512;

export function countTraining(training: Training): CountedTraining {
  const { model, placement, shape, device, passes } = training;
  const dtype = placement.precision.compute;
  const optimizer = ruleOptimizerOf(training);
  const weights = weightsOf(training, optimizer);
  const hasPlaces = weights.shares.buckets.length > 0;
  const pass = (again: Again): PassMemory => {
    const counted =
      passes.get(again) ??
      model.passMemory(shape, { dtype, device, hasPlaces, recompute: RECOMPUTE[again] });
    passes.set(again, counted);
    return counted;
  };
  const numLayers = model.blocks.filter(({ isLayer }) => isLayer).length;
  const step = stepOf(training, optimizer, weights.shares);
  const { masterBytes: masters, stateBytes: state, batchBytes: transfers } = step;
  const hostBytes = step.hostBytes + weights.hostBytes;
  const resident = { ...weights.resident, masters, state, transfers };
  const mixed = (again: LayersAgain): PassMemory => mix(numLayers, again, pass);
  return {
    ...{ resident, numLayers, hostBytes, fetchedBytes: weights.fetchedBytes },
    get hasSelective() {
      return hasSelective(() => pass("selective"));
    },
    peak(again) {
      const { buckets } = weights.shares;
      const fetches = weights.fetches();
      const pass = mixed(again);
      const parts = { model: weights.trained, pass, buckets, fetches, placement, step };
      return walk(resident, schedule(parts));
    },
    keptBytes: (again) =>
      mixed(again).blocks.map(({ name, forward }) => ({ name, bytes: forward.heldBytes })),
  };
}

/** What of a layer is computed again. */
export type Again = "nothing" | "selective" | "full";

const RECOMPUTE: Readonly<Record<Again, GradientCheckpointingOptions>> = {
  nothing: { layers: 0 },
  selective: { granularity: "selective" },
  full: { granularity: "full" },
};

/** Each layer as it is in a pass whose layers are all of its kind. */
function mix(
  numLayers: number,
  { recomputedLayers, selectiveLayers }: LayersAgain,
  pass: (again: Again) => PassMemory,
): PassMemory {
  const kinds = Array.from({ length: numLayers }, (_, n): Again => {
    if (n < recomputedLayers) return "full";
    return n < recomputedLayers + selectiveLayers ? "selective" : "nothing";
  });
  const [first = "nothing"] = kinds;
  if (kinds.every((kind) => kind === first)) return pass(first);
  const kept = pass("nothing");
  let numSeen = 0;
  const blocks = kept.blocks.map((block, i) => {
    if (!block.isLayer) return block;
    const kind = kinds[numSeen++] ?? "nothing";
    return pass(kind).blocks[i] ?? block;
  });
  return { ...kept, blocks };
}

function hasSelective(count: () => unknown): boolean {
  try {
    count();
    return true;
  } catch (error) {
    if (error instanceof NothingSelectiveError) return false;
    throw error;
  }
}

function ruleOptimizerOf({ model, optimizer }: Training): AnyOptimizer {
  const trained = model.parameters().filter(({ requiresGrad }) => requiresGrad);
  const own = optimizer ?? new AdamW(trained);
  if (own instanceof RuleOptimizer) return own as unknown as AnyOptimizer;
  throw new PlanError(
    "plan: optimizer",
    `${own.constructor.name} does not say what it remembers of a weight`,
    "give the one that boost() is to get, one of this library's or a RuleOptimizer",
  );
}

interface Weights {
  readonly trained: Trained;
  readonly shares: Shares;
  readonly resident: Bytes;
  /** Of weights in host memory. */
  readonly hostBytes: number;
  /** The largest layer whose weights come from the host. */
  readonly fetchedBytes: number;
  /** What of them comes and goes in a step. */
  readonly fetches: () => Fetches;
}

function weightsOf(training: Training, optimizer: AnyOptimizer): Weights {
  const { model, placement, rank, device } = training;
  const parameters = model.parameters();
  const cutsOf = cutsFor(optimizer);
  const cuts = new Map(parameters.map((each) => [each, cutsOf(each)])); // as they lie now
  const blocks = model.blocks.map((block) => ({
    name: block.name,
    parameters: block.parameters(),
  }));
  const buffers = model.buffers();
  const rounded = new Set(ofFourBits(model));
  const dtypeOf = dtypesOf(model, placement.precision.compute);
  return asShapes([...parameters, ...buffers], dtypeOf, () => {
    const allocated = ({ nbytes }: Tensor): number =>
      device === "cuda" ? Math.ceil(nbytes / CUDA_BLOCK) * CUDA_BLOCK : nbytes;
    const sizes = new Map(
      [...parameters, ...buffers].map((each) => [each as Tensor, allocated(each)]),
    );
    const sum = (tensors: readonly Tensor[]): number =>
      tensors.reduce((bytes, each) => bytes + (sizes.get(each) ?? 0), 0);
    const layouts = layoutsInParts(model, placement, (each) => cuts.get(each));
    const onHost = weightsOnHost(model, placement.store.weightsOnHost?.fraction ?? 0);
    const comeAndGo = [...layouts.trained, ...layouts.frozen].map((layout) =>
      fetchedWeights(layout, {
        ...{ rank, isOnHost: onHost.has(layout.parameters[0] as Parameter) },
      }),
    );
    const shares = sharesOf(inOrderOfGradients(model), {
      ...{ placement, rank, inParts: layouts.trained },
      cutsOf: (each) => cuts.get(each),
    });
    const kept = (isOnHost: boolean): number =>
      comeAndGo
        .filter((each) => each.isOnHost === isOnHost)
        .reduce((bytes, { keptBytes }) => bytes + keptBytes, 0);
    const those = new Set(comeAndGo.flatMap((each) => each.parameters));
    const whole = parameters.filter((each) => !those.has(each));
    const { prefetch = true } = placement;
    return {
      trained: { blocks, bytesOf: (parameter) => sizes.get(parameter) ?? 0 },
      shares,
      resident: {
        parameters:
          sum(buffers.filter((each) => rounded.has(each))) +
          kept(false) +
          heldWeights({ placement, shares, sum }, whole),
        buffers: sum(buffers.filter((each) => !rounded.has(each))),
      },
      hostBytes: kept(true),
      fetchedBytes: largestLayer(model, comeAndGo),
      fetches: () => new Fetches(comeAndGo, blocks, prefetch),
    };
  });
}

/** Bytes of its weights that come from the host. */
function largestLayer({ blocks }: AnyModel, comeAndGo: readonly FetchedWeights[]): number {
  const layers = blocks.filter(({ isLayer }) => isLayer);
  const ofLayers = new Set<unknown>(layers.flatMap((block) => block.parameters()));
  const fetched = comeAndGo.filter(
    ({ isOnHost, parameters: [first] }) => isOnHost && ofLayers.has(first),
  );
  return Math.max(0, ...fetched.map(({ comingBytes }) => comingBytes));
}

/** Of weights of blocks, where the placement has them come and go. */
function layoutsInParts(
  model: AnyModel,
  { store, mesh }: Plan,
  cutsOf: (parameter: Parameter) => number | undefined,
): WeightLayouts {
  const numRanks = mesh.dp ?? 1;
  const isWhole = store.parameters === "replicated" || numRanks === 1;
  if (isWhole && store.weightsOnHost === undefined) return { trained: [], frozen: [] };
  return layoutsOf(homesOf(unitsOf(model)), { numRanks, cutsOf });
}

/** Weights that are whole between uses: those that ranks update in shares lie in buckets, with room between them. */
function heldWeights(
  {
    placement: { store },
    shares: { buckets },
    sum,
  }: {
    readonly placement: Plan;
    readonly shares: Shares;
    readonly sum: (tensors: readonly Tensor[]) => number;
  },
  whole: readonly Parameter[],
): number {
  if (store.state === "replicated" || buckets.length === 0) return sum(whole);
  const of = new Set(whole);
  const own = buckets.filter(({ parameters: [first] }) => of.has(first as Parameter));
  const frozen = whole.filter(({ requiresGrad }) => !requiresGrad);
  return own.reduce((bytes, { wholeBytes }) => bytes + wholeBytes, sum(frozen));
}

/** What stands for weights, though it is not trained. */
function* ofFourBits(model: AnyModel): Generator<Tensor> {
  for (const module of model.modules()) if (module instanceof Nf4Linear) yield* module.buffers();
}

function stepOf(
  { model, placement, device }: Training,
  optimizer: AnyOptimizer,
  { rangeOf }: Shares,
): StepMemory {
  const { compute, masterWeights: masters, lossScaling } = placement.precision;
  const skips = lossScaling !== undefined;
  const dtypeOf = dtypesOf(model, compute) as (parameter: Parameter) => Parameter["dtype"];
  const { fraction = 0, batchBytes } = placement.store.stateOnHost ?? {};
  const onHost = {
    parameters: stateOnHost(inOrderOfGradients(model), fraction),
    ...(batchBytes !== undefined && { batchBytes }),
  };
  const away = weightsOnHost(model, placement.store.weightsOnHost?.fraction ?? 0);
  return optimizer.stepMemory({
    ...{ dtypeOf, masters, skips, device, rangeOf, onHost, weightsOnHost: away },
  });
}
