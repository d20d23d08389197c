// How a plan is carried out: the one place, and the one order. Every parameter stays the object it was.

import type { Job } from "../cluster/job.js";
import { Mesh } from "../cluster/mesh.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import { copyToRegion, reduceFromRegion } from "../cluster/tensor-parallel.js";
import type { DataLoader } from "../data/data-loader.js";
import { tellIfCutOff } from "../host/index.js";
import { type BucketLayout, layOut } from "../memory/bucket-layout.js";
import { BatchNorm } from "../nn/batch-norm.js";
import type { Module } from "../nn/module.js";
import type { Optimizer } from "../optim/optimizer.js";
import { cutsFor, isSliceable, type SliceableOptimizer } from "../optim/slices.js";
import { ownGradients, requireWholeStep } from "../tensor/gradient-owner.js";
import { buffersOf } from "../tensor/lasting-memory.js";
import { requireNumbers } from "../tensor/no-storage.js";
import type { Parameter } from "../tensor/parameter.js";
import { weightsOwnersOf } from "../tensor/weights-owner.js";
import { requireAgreement } from "./agreement.js";
import { AsBoosted } from "./as-boosted.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import { beginAlike, bringTo } from "./bring-to.js";
import { averagedTogether, inOrderOfGradients } from "./bucket-order.js";
import { BufferBroadcast } from "./buffer-broadcast.js";
import { tellFailedSave } from "./failed-save.js";
import { GradientBucket } from "./gradient-bucket.js";
import { GradientReducer } from "./gradient-reducer.js";
import type { GradientSync } from "./gradient-sync.js";
import { LossScaler } from "./loss-scaler.js";
import { placeState } from "./place-state.js";
import { type Plan, PlanError } from "./plan.js";
import type { BoostedParts, Parts } from "./plugin.js";
import { applyPrecision, requirePrecision } from "./precision.js";
import { keepInStep } from "./ranks-in-step.js";
import { ShardedStore, type ShardedStoreOptions } from "./sharded-store.js";
import { ShardedWeights } from "./sharded-weights.js";
import { beginStopVote } from "./stop-vote.js";
import { togetherNow } from "./together.js";
import { weightsOnHost } from "./weights-on-host.js";

/** Prepares the parts for training as a plan says. All ranks call it. */
export function apply<M extends Module>(plan: Plan, parts: Parts<M>, job: Job): BoostedParts {
  requireAgreement("boost", { plan, ...parts }, job);
  requireNumbers("booster.boost", parts.model.namedParameters());
  requireWholeStep("boost", parts.model.parameters());
  requirePrecision(parts.optimizer, plan.precision);
  return tellIfCutOff("a model was boosted in part: boost it again", () =>
    applyAgreed(plan, parts, job),
  );
}

function applyAgreed<M extends Module>(plan: Plan, parts: Parts<M>, job: Job): BoostedParts {
  const mesh = new Mesh(job, plan.mesh);
  const { model, optimizer, dataloader } = parts;
  const before = model.parameters(); // perhaps of a boost() before
  for (const owner of [...weightsOwnersOf(before), ...buffersOf(before)]) owner.dissolve();
  const onHost = weightsOnHost(model, plan.store.weightsOnHost?.fraction ?? 0);
  togetherNow(job, () => void bringTo(job.device, model, { ...plan.precision, onHost }));
  beginAlike([...model.parameters(), ...model.buffers()], job);
  synchronizeBatchNorm(model, plan, mesh);
  const share = () => shareOut(optimizer, { model, plan, mesh, job, onHost });
  const boostedOptimizer = applyPrecision(model, { optimizer, share }, plan.precision);
  if (optimizer === undefined) refuseUnaveraged(model, job);
  const boosted: BoostedParts = {
    ...(boostedOptimizer && { optimizer: boostedOptimizer }),
    ...(dataloader && { dataloader: distribute(dataloader, mesh, job) }),
  };
  keepInStep(job, { ...parts, ...boosted });
  return boosted;
}

/** Without an optimizer nothing says when gradients are reduced: a model may compute, not train. */
function refuseUnaveraged(model: Module, job: Job): void {
  if (job.worldSize === 1) return;
  const parameters = model.parameters();
  ownGradients(parameters, {
    gradientReady() {
      // told once, at the end
    },
    passEnded() {
      if (!parameters.some(({ requiresGrad }) => requiresGrad)) return;
      throw new PlanError(
        "backward",
        `${model.constructor.name} was boosted without an optimizer, so its gradients are not averaged over ranks`,
        "give boost() model and optimizer together",
      );
    },
    passFailed() {
      model.zeroGrad();
    },
  });
}

/** The rows of this rank: ranks along other axes than data parallelism see the same. */
export function distribute(dataloader: DataLoader, mesh: Mesh, job: Job): DataLoader {
  return dataloader.distributed({
    rank: mesh.index("dp"),
    worldSize: mesh.size("dp"),
    device: job.device,
    agreeToStop: beginStopVote,
  });
}

function synchronizeBatchNorm(model: Module, plan: Plan, mesh: Mesh): void {
  const group = plan.syncBatchNorm ? mesh.group("dp") : undefined;
  for (const module of model.modules()) {
    if (!(module instanceof BatchNorm)) continue;
    module.synchronize(group && ((x) => copyToRegion(reduceFromRegion(x, group), group)));
  }
}

/** Of a model without optimizer, which computes and is not trained, the weights alone. */
function shareOut(optimizer: Optimizer | undefined, boosting: Boosting) {
  if (optimizer !== undefined) return boostOptimizer(optimizer, boosting);
  shareWeights(boosting, () => 1);
  return undefined;
}

interface Boosting {
  readonly model: Module;
  readonly plan: Plan;
  readonly mesh: Mesh;
  readonly job: Job;
  /** Weights that lie in host memory between uses. */
  readonly onHost: ReadonlySet<Parameter>;
}

function boostOptimizer(optimizer: Optimizer, boosting: Boosting): BoostedOptimizer {
  const { model, plan, mesh, job } = boosting;
  const { lossScaling } = plan.precision;
  const group = mesh.group("dp", "sp");
  const cutsOf = isSliceable(optimizer) ? cutsFor(optimizer) : () => 1;
  const weights = shareWeights(boosting, cutsOf);
  const brought = group && bringTogether(optimizer, group, { ...boosting, weights });
  const placement = placeState(optimizer, inOrderOfGradients(model), {
    ...{ job, model, weights, onHost: plan.store.stateOnHost },
    late: group === undefined && (plan.overlapUpdate ?? false), // ranks gather what is updated
  });
  const boosted = new BoostedOptimizer(optimizer, {
    asBoosted: new AsBoosted(model),
    sync: brought?.sync,
    store: brought instanceof ShardedStore ? brought : undefined,
    buffers: plan.broadcastBuffers && group ? new BufferBroadcast(model, group) : undefined,
    scaler: lossScaling && new LossScaler(job.device, lossScaling),
    maxNorm: plan.gradients.maxNorm,
    afterStep() {
      placement?.afterStep();
      tellFailedSave(job);
    },
  });
  ownGradients(model.parameters(), boosted);
  return boosted;
}

/** How gradients become one, and who keeps and updates what. */
function bringTogether(
  optimizer: Optimizer,
  group: ProcessGroup,
  boosting: Boosting & Pick<ShardedStoreOptions, "weights">,
): ShardedStore | { readonly sync: GradientSync } {
  const { model, plan } = boosting;
  const { bucketBytes, unusedExpected } = plan.gradients;
  const onUnused = unusedExpected ? undefined : tellerOfUnused(model);
  if (plan.store.state === "replicated") {
    if (isSliceable(optimizer)) optimizer.useSlices(undefined); // it may have had slices under another plan
    const buckets = averagedTogether(inOrderOfGradients(model), bucketBytes).map(
      (members) => new GradientBucket(members, group),
    );
    return { sync: new GradientReducer(buckets, group, { onUnused }) };
  }
  if (!isSliceable(optimizer))
    throw new PlanError(
      "boost",
      `ranks cannot share the work of ${optimizer.constructor.name}, which does not say what it sees of a weight`,
      "take an optimizer of this library, or make it a RuleOptimizer, or train under TorchDDPPlugin",
    );
  return storeFor(optimizer, group, { ...boosting, onUnused });
}

function storeFor(
  optimizer: SliceableOptimizer,
  group: ProcessGroup,
  boosting: Boosting & Pick<ShardedStoreOptions, "onUnused" | "weights">,
): ShardedStore {
  const { model, plan, job, weights, onUnused } = boosting;
  const { bucketBytes, overlap } = plan.gradients;
  const cutsOf = cutsFor(optimizer);
  const whole = inOrderOfGradients(model).filter((each) => weights?.has(each) !== true);
  const layouts: readonly BucketLayout[] = [
    ...(weights?.layouts ?? []),
    ...layOut(whole, { numRanks: group.size, bucketBytes, cutsOf }), // last: what uses them is in no list
  ];
  const ahead = plan.store.gradients === "sharded" ? 1 : Number.POSITIVE_INFINITY; // all may wait for the end of the pass
  const maxInFlight = overlap ? ahead : 0;
  const names = new Map([...model.namedParameters()].map(([name, each]) => [each, name]));
  const nameOf = (parameter: Parameter): string => names.get(parameter) as string;
  const { overlapUpdate: late = false } = plan;
  return new ShardedStore(layouts, {
    ...{ job, group, optimizer, weights, nameOf, late, onUnused, maxInFlight },
  });
}

/** Where the plan says so each rank keeps a part of the weights from now on, or has some of them in host memory. */
function shareWeights(
  { model, plan, mesh, job, onHost }: Boosting,
  cutsOf: (parameter: Parameter) => number | undefined,
): ShardedWeights | undefined {
  const { parameters, weightsOnHost: away } = plan.store;
  const group = mesh.group("dp", "sp");
  if (parameters === "replicated" || (group === undefined && away === undefined)) return undefined;
  const { prefetch = true } = plan;
  const { device } = job;
  const weights = new ShardedWeights(model, { device, group, prefetch, cutsOf, onHost });
  if (job.rank === 0) tellOfWhole(model, weights, job.worldSize);
  return weights;
}

/** A module that lists no blocks has nothing that comes block by block. */
function tellOfWhole(model: Module, weights: ShardedWeights, numRanks: number): void {
  const parameters = model.parameters();
  if (parameters.length === 0 || parameters.some((each) => weights.has(each))) return;
  const [meanwhile, there] =
    numRanks > 1
      ? ["stay whole on each rank; gradients and optimizer state are shared", "in parts, too"]
      : ["stay on the device; optimizer state lies in host memory", "there, too"];
  process.stderr.write(
    `${model.constructor.name} lists no blocks, so all its weights ${meanwhile}. ` +
      `A class that extends Model and lists its blocks has its weights ${there}\n`,
  );
}

/** A layer left out by mistake is trained nowhere. */
function tellerOfUnused(model: Module): (parameters: readonly Parameter[]) => void {
  const all = [...model.namedParameters()];
  return (parameters) => {
    const unused = new Set(parameters);
    const named = all.filter(([, parameter]) => unused.has(parameter));
    const names = named.slice(0, 5).map(([name]) => name);
    if (named.length > names.length) names.push(`${named.length - names.length} more`);
    process.stderr.write(
      `on no rank is there a gradient of ${names.join(", ")}: the loss does not depend on them. ` +
        "If that is meant, give the plugin findUnusedParameters: true\n",
    );
  };
}
