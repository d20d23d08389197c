// Whether ranks hold the same weights and optimizer state, to the bit, without moving them: their bits, taken as integers and
// added up per tensor, which gives the same sums in whatever order a device adds.
import { createHash } from "node:crypto";
import type { Optimizer } from "../optim/optimizer.js";
import { stack } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import type { Parameter } from "../tensor/parameter.js";
import { Tensor } from "../tensor/tensor.js";
import { weightsOwnerOf } from "../tensor/weights-owner.js";
import { BoostedOptimizer } from "./boosted-optimizer.js";

const INTEGERS = { 1: "int8", 2: "int16", 4: "int32", 8: "int64" } as const;

/** A short text that is the same where all numbers are that ranks do not share; reads each tensor once, where it lies. */
export function digestOf(parameters: readonly Parameter[], optimizer: Optimizer): string {
  const hash = createHash("sha256");
  noGrad(() => {
    for (const parameter of parameters) {
      const state = Object.entries(optimizer.stateOf(parameter) ?? {}).filter(
        ([key]) => key === "step" || !isHeldInPart(optimizer, parameter, key),
      );
      const tensors = state.flatMap(([, value]) => (value instanceof Tensor ? value : []));
      hash.update(
        JSON.stringify(
          state.map(([key, value]) => [key, typeof value === "number" ? value : null]),
        ),
      );
      const own = weightsOwnerOf(parameter) === undefined ? [parameter.detach()] : [];
      const sums = [...own, ...tensors].map(sumOfBits);
      if (sums.length > 0) hash.update(stack(sums).toBytes());
    }
  });
  return hash.digest("hex").slice(0, 32);
}

function isHeldInPart(optimizer: Optimizer, parameter: Parameter, key: string): boolean {
  return optimizer instanceof BoostedOptimizer && optimizer.partOf(parameter, key) !== undefined;
}

function sumOfBits(tensor: Tensor): Tensor {
  const numBytes = (tensor.nbytes / Math.max(tensor.numel, 1)) as keyof typeof INTEGERS;
  return tensor.view(INTEGERS[numBytes] ?? "int8").sum({ dtype: "int64" });
}
