// Angles by which rotary positions advance (Su et al. 2021), with the scalings of linear interpolation and Llama 3.1.
// Single precision, by the operators transformers uses and in its order: the numbers are its own to the last bit.
import { arange } from "../../tensor/create.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { ops } from "../../tensor/ops.js";
import { scoped } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { RopeScaling, RotaryConfig } from "./config.js";

/** The angle of one position for each pair of a head: (headDim / 2) */
export function rotaryFrequencies({ headDim, ropeTheta, ropeScaling }: RotaryConfig): Float32Array {
  const compute = (): Float32Array => {
    const options = { dtype: "float32", device: "cpu" } as const;
    const exponents = arange(0, headDim, 2, options).div(headDim);
    const plain = ops.aten.pow(ropeTheta, exponents).reciprocal();
    return scaled(plain, ropeScaling).toTypedArray() as Float32Array;
  };
  return noGrad(() => scoped(compute));
}

function scaled(frequencies: Tensor, scaling: RopeScaling | null): Tensor {
  if (scaling === null) return frequencies;
  if (scaling.ropeType === "linear") return frequencies.div(scaling.factor);
  return llama3(frequencies, scaling);
}

/** Llama 3.1: long waves are stretched by `factor`, short ones stay, those between are blended. */
function llama3(frequencies: Tensor, scaling: RopeScaling): Tensor {
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositionEmbeddings: length } = scaling;
  const wavelengths = frequencies.reciprocal().mul(2 * Math.PI);
  const isLong = ops.aten.gt(wavelengths, length / lowFreqFactor);
  const isShort = ops.aten.lt(wavelengths, length / highFreqFactor);
  const stretched = ops.aten.where(isLong, frequencies.div(factor), frequencies);
  const smooth = wavelengths
    .reciprocal()
    .mul(length)
    .sub(lowFreqFactor)
    .div(highFreqFactor - lowFreqFactor);
  const blended = ops.aten.rsub(smooth, 1).mul(stretched).div(factor).add(smooth.mul(stretched));
  return ops.aten.where(ops.aten.logical_or(isLong, isShort), stretched, blended);
}
