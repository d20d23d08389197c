// Mixed precision: 16-bit parameters, float32 masters in the optimizer (Micikevicius et al. 2018).
import { wholly } from "../host/index.js";
import type { Module } from "../nn/module.js";
import type { Optimizer } from "../optim/optimizer.js";
import { noGrad } from "../tensor/grad-mode.js";
import { dropMaster, masterOf } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { PrecisionPlan } from "./plan.js";

/** Converts the model in place and gives the optimizer the full-precision numbers it had. */
export function applyPrecision(
  model: Module,
  optimizer: Optimizer | undefined,
  { compute, masters }: PrecisionPlan,
): void {
  const originals = new Map<Parameter, Tensor>(
    model.parameters().map((each) => [each, keep((masterOf(each) ?? each).detach())]),
  );
  wholly(() => {
    model.to({ dtype: compute });
    if (masters) {
      optimizer?.useMasterWeights(originals);
    } else {
      for (const [parameter, original] of originals) noGrad(() => parameter.copy_(original));
      for (const parameter of originals.keys()) dropMaster(parameter);
    }
  }); // cut off in between, weights would be rounded and their masters not there
  for (const original of originals.values()) original.dispose();
}
