// Mixed precision: 16-bit parameters, float32 masters in the optimizer (Micikevicius et al. 2018).
import type { Module } from "../nn/module.js";
import type { Optimizer } from "../optim/optimizer.js";
import { noGrad } from "../tensor/grad-mode.js";
import { dropMaster, masterOf } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Precision } from "./plugin.js";

const DTYPES = { fp32: "float32", bf16: "bfloat16", fp16: "float16" } as const;

/** Converts the model in place and gives the optimizer the full-precision numbers it had. */
export function applyPrecision(
  model: Module,
  optimizer: Optimizer | undefined,
  precision: Precision,
): void {
  const originals = new Map<Parameter, Tensor>(
    model.parameters().map((each) => [each, keep((masterOf(each) ?? each).detach())]),
  );
  model.to({ dtype: DTYPES[precision] });
  if (precision === "fp32") {
    for (const [parameter, original] of originals) noGrad(() => parameter.copy_(original));
    for (const parameter of originals.keys()) dropMaster(parameter);
  } else {
    optimizer?.useMasterWeights(originals);
  }
  for (const original of originals.values()) original.dispose();
}
