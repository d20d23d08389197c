// How a plan is carried out: the one place, and the one order. Every parameter stays the object it was.

import type { Job } from "../cluster/job.js";
import { Mesh } from "../cluster/mesh.js";
import type { ProcessGroup } from "../cluster/process-group.js";
import { copyToRegion, reduceFromRegion } from "../cluster/tensor-parallel.js";
import type { DataLoader } from "../data/data-loader.js";
import { tellIfCutOff } from "../host/index.js";
import { inBuckets } from "../memory/bucket-layout.js";
import { BatchNorm } from "../nn/batch-norm.js";
import type { Module } from "../nn/module.js";
import type { Optimizer } from "../optim/optimizer.js";
import { isSliceable } from "../optim/slices.js";
import { ownGradients, requireWholeStep } from "../tensor/gradient-owner.js";
import { requireNumbers } from "../tensor/no-storage.js";
import { noteOrigin, originOf } from "../tensor/origins.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { requireAgreement } from "./agreement.js";
import { AsBoosted } from "./as-boosted.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";
import { BufferBroadcast } from "./buffer-broadcast.js";
import { tellFailedSave } from "./failed-save.js";
import { GradientBucket } from "./gradient-bucket.js";
import { GradientReducer } from "./gradient-reducer.js";
import type { GradientSync } from "./gradient-sync.js";
import { LossScaler } from "./loss-scaler.js";
import { type Plan, PlanError } from "./plan.js";
import type { BoostedParts, Parts } from "./plugin.js";
import { applyPrecision, bringTo } from "./precision.js";
import { keepInStep } from "./ranks-in-step.js";
import { ShardedStore } from "./sharded-store.js";
import { beginStopVote } from "./stop-vote.js";
import { togetherNow } from "./together.js";

/** Prepares the parts for training as a plan says. All ranks call it. */
export function apply<M extends Module>(plan: Plan, parts: Parts<M>, job: Job): BoostedParts {
  requireAgreement("boost", { plan, ...parts }, job);
  requireNumbers("booster.boost", parts.model.namedParameters());
  requireWholeStep("boost", parts.model.parameters());
  return tellIfCutOff("a model was boosted in part: boost it again", () =>
    applyAgreed(plan, parts, job),
  );
}

function applyAgreed<M extends Module>(plan: Plan, parts: Parts<M>, job: Job): BoostedParts {
  const mesh = new Mesh(job, plan.mesh);
  const { model, optimizer, dataloader } = parts;
  togetherNow(job, () => void bringTo(job.device, model, plan.precision));
  const tensors = [...model.parameters(), ...model.buffers()];
  const origins = tensors.map(originOf);
  job.broadcast(tensors, 0); // all ranks begin with the numbers of rank 0
  for (const [i, origin] of origins.entries()) noteOrigin(tensors[i] as Tensor, origin);
  synchronizeBatchNorm(model, plan, mesh);
  const share = () => optimizer && boostOptimizer(optimizer, { model, plan, mesh, job });
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

interface Boosting {
  readonly model: Module;
  readonly plan: Plan;
  readonly mesh: Mesh;
  readonly job: Job;
}

function boostOptimizer(optimizer: Optimizer, boosting: Boosting): BoostedOptimizer {
  const { model, plan, mesh, job } = boosting;
  const { lossScaling } = plan.precision;
  const group = mesh.group("dp", "sp");
  const brought = group && bringTogether(optimizer, group, boosting);
  const boosted = new BoostedOptimizer(optimizer, {
    asBoosted: new AsBoosted(model),
    sync: brought?.sync,
    store: brought instanceof ShardedStore ? brought : undefined,
    buffers: plan.broadcastBuffers && group ? new BufferBroadcast(model, group) : undefined,
    scaler: lossScaling && new LossScaler(job.device, lossScaling),
    maxNorm: plan.gradients.maxNorm,
    afterStep: () => tellFailedSave(job),
  });
  ownGradients(model.parameters(), boosted);
  return boosted;
}

/** How gradients become one, and who keeps and updates what. */
function bringTogether(
  optimizer: Optimizer,
  group: ProcessGroup,
  { model, plan, job }: Boosting,
): ShardedStore | { readonly sync: GradientSync } {
  const { bucketBytes, unusedExpected, overlap } = plan.gradients;
  const onUnused = unusedExpected ? undefined : tellerOfUnused(model);
  const trained = inOrderOfGradients(model);
  if (plan.store.state === "replicated") {
    if (isSliceable(optimizer)) optimizer.useSlices(undefined); // it may have had slices under another plan
    return {
      sync: new GradientReducer(averaged(trained, bucketBytes, group), group, { onUnused }),
    };
  }
  if (!isSliceable(optimizer))
    throw new PlanError(
      "boost",
      `ranks cannot share the work of ${optimizer.constructor.name}, which does not say what it sees of a weight`,
      "take an optimizer of this library, or make it a RuleOptimizer, or train under TorchDDPPlugin",
    );
  const ahead = plan.store.gradients === "sharded" ? 1 : Number.POSITIVE_INFINITY; // all may wait for the end of the pass
  const maxInFlight = overlap ? ahead : 0;
  return new ShardedStore(trained, { job, group, optimizer, bucketBytes, onUnused, maxInFlight });
}

/** Those that are trained, as backward passes come to them. */
function inOrderOfGradients(model: Module): Parameter[] {
  return [...new Set(model.parameters())].filter(({ requiresGrad }) => requiresGrad).reverse();
}

function averaged(
  trained: readonly Parameter[],
  bucketBytes: number,
  group: ProcessGroup,
): GradientBucket[] {
  const buckets = inBuckets(trained, {
    bytesOf: () => bucketBytes,
    kindOf: ({ dtype }) => dtype,
  });
  return buckets.map((members) => new GradientBucket(members, group));
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
