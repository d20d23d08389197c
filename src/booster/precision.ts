// Mixed precision: 16-bit parameters, float32 masters in the optimizer (Micikevicius et al. 2018), or none and updates that
// are rounded at random (Gupta et al. 2015). Batch normalisation stays in float32, as with PyTorch's FSDP unless told
// otherwise: running statistics move by a share of a tenth of a difference, which 8 bits lose, and ATen's kernels take 16-bit
// inputs beside float32 weights and statistics.
import { wholly } from "../host/index.js";
import { BatchNorm } from "../nn/batch-norm.js";
import type { Module } from "../nn/module.js";
import { place } from "../nn/place.js";
import type { Optimizer } from "../optim/optimizer.js";
import { noGrad } from "../tensor/grad-mode.js";
import { dropMaster, wholeMasterOf } from "../tensor/masters.js";
import { noteOrigin, originOf } from "../tensor/origins.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { putNumbers } from "../tensor/weights-owner.js";
import { PlanError, type PrecisionPlan } from "./plan.js";

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
  const parameters = model.parameters();
  const originals = originalsOf(model, compute);
  const shared = wholly(() => {
    convert(model, compute);
    const made = share();
    const isHalf = ({ dtype }: Parameter): boolean => masters && dtype === compute;
    const isRounded = compute !== "float32" && !masters;
    if (!isRounded) optimizer?.useStochasticRounding?.(false); // as it may have been under another plan
    const halves = parameters.filter(isHalf);
    if (halves.length > 0) optimizer?.useMasterWeights(originals);
    for (const parameter of parameters.filter((each) => !isHalf(each))) {
      const original = originals.get(parameter);
      if (original !== undefined) putOriginal(parameter, original);
      dropMaster(parameter);
    }
    if (isRounded) optimizer?.useStochasticRounding?.(true);
    return made;
  }); // cut off in between, weights would be rounded and their masters not there
  for (const original of originals.values()) original.dispose();
  return shared;
}

/** In full precision, of those that would lose some: what stays as it is takes no memory twice. */
function originalsOf(model: Module, compute: PrecisionPlan["compute"]): Map<Parameter, Tensor> {
  const inFull = ofNorms(model);
  const originals = new Map<Parameter, Tensor>();
  for (const each of model.parameters()) {
    const master = wholeMasterOf(each);
    const isKept = each.dtype === (inFull.has(each) ? "float32" : compute);
    if (master !== undefined || !isKept) originals.set(each, keep((master ?? each).detach()));
  }
  return originals;
}

function putOriginal(parameter: Parameter, original: Tensor): void {
  const origin = originOf(parameter);
  noGrad(() => putNumbers(parameter, original));
  noteOrigin(parameter, origin);
}

function convert(model: Module, dtype: PrecisionPlan["compute"]): void {
  const inFull = ofNorms(model);
  const rest = [...model.parameters(), ...model.buffers()].filter((each) => !inFull.has(each));
  place(rest, { dtype });
  place(inFull, { dtype: "float32" });
}

/** What batch normalisation keeps in float32. */
export function ofNorms(model: Module): Set<Tensor> {
  const norms = [...model.modules()].filter((module) => module instanceof BatchNorm);
  return new Set(norms.flatMap((norm) => [...norm.parameters(), ...norm.buffers()]));
}
