// Mixed precision: 16-bit parameters, float32 masters in the optimizer (Micikevicius et al. 2018), or none and updates that
// are rounded at random (Gupta et al. 2015). Batch normalisation stays in float32, as with PyTorch's FSDP unless told
// otherwise: running statistics move by a share of a tenth of a difference, which 8 bits lose, and ATen's kernels take 16-bit
// inputs beside float32 weights and statistics.
import { wholly } from "../host/index.js";
import { BatchNorm } from "../nn/batch-norm.js";
import type { Module } from "../nn/module.js";
import { place } from "../nn/place.js";
import type { Optimizer } from "../optim/optimizer.js";
import { isUnread } from "../tensor/deferred-numbers.js";
import { noGrad } from "../tensor/grad-mode.js";
import { dropMaster, wholeMasterOf } from "../tensor/masters.js";
import { noteOrigin, originOf } from "../tensor/origins.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { putNumbers } from "../tensor/weights-owner.js";
import { PlanError, type PrecisionPlan } from "./plan.js";

/**
 * Moves the model to the device. What is still to be read is read there; what is frozen in the type that it computes in, since no
 * master wants more of it.
 */
export function bringTo(device: string, model: Module, { compute }: PrecisionPlan): void {
  const inFull = ofNorms(model);
  const frozen = model
    .parameters()
    .filter((each) => !each.requiresGrad && !inFull.has(each) && isUnread(each));
  place(frozen, { dtype: compute, device });
  model.to({ device });
}

/** @throws PlanError for an optimizer that cannot do without masters where there are none */
export function requirePrecision(
  optimizer: Optimizer | undefined,
  { compute, masterWeights: masters }: PrecisionPlan,
): void {
  if (optimizer === undefined || masters || compute === "float32") return;
  if (optimizer.useStochasticRounding !== undefined) return;
  throw new PlanError(
    "boost",
    `${optimizer.constructor.name} has no updates that are rounded at random, which masterWeights: false asks for`,
    "leave masterWeights out, or take an optimizer of this library or a RuleOptimizer",
  );
}

/**
 * Converts the model in place and gives the optimizer the full-precision numbers it had. All ranks call it.
 * @param share decides what of them each rank keeps, once the model is converted
 * @returns what `share` does
 */
export function applyPrecision<S>(
  model: Module,
  { optimizer, share }: { readonly optimizer: Optimizer | undefined; readonly share: () => S },
  { compute, masterWeights: masters }: PrecisionPlan,
): S {
  const originals = new Map<Parameter, Tensor>(
    model.parameters().map((each) => [each, keep((wholeMasterOf(each) ?? each).detach())]),
  );
  const shared = wholly(() => {
    convert(model, compute);
    const made = share();
    const isHalf = ({ dtype }: Parameter): boolean => masters && dtype === compute;
    const [halves, others] = [true, false].map(
      (of) => new Map([...originals].filter(([parameter]) => isHalf(parameter) === of)),
    ) as [typeof originals, typeof originals];
    const isRounded = compute !== "float32" && !masters;
    if (!isRounded) optimizer?.useStochasticRounding?.(false); // as it may have been under another plan
    if (halves.size > 0) optimizer?.useMasterWeights(halves);
    for (const [parameter, original] of others) {
      const origin = originOf(parameter);
      noGrad(() => putNumbers(parameter, original));
      noteOrigin(parameter, origin);
      dropMaster(parameter);
    }
    if (isRounded) optimizer?.useStochasticRounding?.(true);
    return made;
  }); // cut off in between, weights would be rounded and their masters not there
  for (const original of originals.values()) original.dispose();
  return shared;
}

function convert(model: Module, dtype: PrecisionPlan["compute"]): void {
  const inFull = ofNorms(model);
  const rest = [...model.parameters(), ...model.buffers()].filter((each) => !inFull.has(each));
  place(rest, { dtype });
  place(inFull, { dtype: "float32" });
}

/** What batch normalisation keeps in float32. */
function ofNorms(model: Module): Set<Tensor> {
  const norms = [...model.modules()].filter((module) => module instanceof BatchNorm);
  return new Set(norms.flatMap((norm) => [...norm.parameters(), ...norm.buffers()]));
}
