// Mixed precision: bfloat16 parameters, float32 masters in the optimizer (Micikevicius et al. 2018).
import type { Module } from "../nn/module.js";
import type { Optimizer } from "../optim/optimizer.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Precision } from "./plugin.js";

/** Converts the model in place and gives the optimizer the full-precision numbers it had. */
export function applyPrecision(
  model: Module,
  optimizer: Optimizer | undefined,
  precision: Precision,
): void {
  if (precision === "fp32") {
    model.to({ dtype: "float32" });
    return;
  }
  const originals = new Map<Parameter, Tensor>(
    model.parameters().map((parameter) => [parameter, keep(parameter.detach())]),
  );
  model.to({ dtype: "bfloat16" });
  optimizer?.useMasterWeights(originals);
  for (const original of originals.values()) original.dispose();
}
