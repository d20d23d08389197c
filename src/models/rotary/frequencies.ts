// Angles by which rotary positions advance (Su et al. 2021), with the scalings for longer sequences. Single precision, by the
// operators transformers uses and in its order: the numbers are its own to the last bit.
import { arange, tensor } from "../../tensor/create.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { ops } from "../../tensor/ops.js";
import { scoped } from "../../tensor/scope.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { RotaryConfig } from "./config.js";
import type { Llama3Scaling, LongRopeScaling, YarnScaling } from "./scaling.js";

/**
 * The angle of one position for each pair of a head: (headDim / 2)
 * @param numPositions how long the sequence is that is rotated, which dynamic and longrope look at
 */
export function rotaryFrequencies(config: RotaryConfig, numPositions = 0): Float32Array {
  return noGrad(() =>
    scoped(() => frequencies(config, numPositions).toTypedArray() as Float32Array),
  );
}

/**
 * Sequences of lengths with the same number are rotated by the same frequencies: 0 always does where their length plays no part.
 * transformers keeps dynamic's frequencies of the longest sequence so far; here each sequence has those of its own length.
 */
export function lengthClass(
  { ropeScaling, ...config }: RotaryConfig,
  numPositions: number,
): number {
  if (ropeScaling?.ropeType === "dynamic")
    return numPositions > config.maxPositionEmbeddings ? numPositions : 0;
  if (ropeScaling?.ropeType === "longrope")
    return numPositions > ropeScaling.originalMaxPositionEmbeddings ? 1 : 0;
  return 0;
}

/** Whether frequencies depend on the length of the sequence. */
export function dependsOnLength(config: RotaryConfig): boolean {
  return lengthClass(config, Number.POSITIVE_INFINITY) !== 0;
}

/** Longest sequence that can be rotated sensibly: dynamic is made for those beyond `maxPositionEmbeddings`. */
export function maxPositions({ ropeScaling, maxPositionEmbeddings }: RotaryConfig): number {
  if (ropeScaling?.ropeType !== "dynamic") return maxPositionEmbeddings;
  return Math.floor(ropeScaling.factor * maxPositionEmbeddings);
}

/** What cosines and sines are multiplied by. */
export function attentionFactor({ ropeScaling, maxPositionEmbeddings }: RotaryConfig): number {
  if (ropeScaling?.ropeType === "yarn") return yarnAttention(ropeScaling);
  if (ropeScaling?.ropeType !== "longrope") return 1;
  const { originalMaxPositionEmbeddings: original } = ropeScaling;
  const { factor = maxPositionEmbeddings / original } = ropeScaling;
  const byLength = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
  return ropeScaling.attentionFactor ?? byLength;
}

function frequencies(config: RotaryConfig, numPositions: number): Tensor {
  const { headDim, ropeTheta, ropeScaling } = config;
  const exponents = arange(0, headDim, 2, { dtype: "float32", device: "cpu" }).div(headDim);
  const powers = ops.aten.pow(ropeTheta, exponents);
  const ofLength = lengthClass(config, numPositions);
  switch (ropeScaling?.ropeType) {
    case undefined:
      return powers.reciprocal();
    case "linear":
      return powers.reciprocal().div(ropeScaling.factor);
    case "dynamic":
      return ofLength === 0
        ? powers.reciprocal()
        : dynamic(exponents, ropeScaling.factor, { config, numPositions });
    case "llama3":
      return llama3(powers.reciprocal(), ropeScaling);
    case "yarn":
      return yarn(powers, ropeScaling, config);
    case "longrope":
      return longRope(powers, ropeScaling, ofLength === 1);
  }
}

/** Dynamic NTK: the base grows so that the longest wave is stretched by as much as the sequence is too long, which it is here. */
function dynamic(
  exponents: Tensor,
  factor: number,
  { config, numPositions }: { readonly config: RotaryConfig; readonly numPositions: number },
): Tensor {
  const { headDim, ropeTheta, maxPositionEmbeddings: longest } = config;
  const stretch = tensor(BigInt64Array.of(BigInt(numPositions)))
    .mul(factor)
    .div(longest)
    .sub(factor - 1);
  const base = ops.aten.pow(stretch, headDim / (headDim - 2)).mul(ropeTheta);
  return ops.aten.pow(base, exponents).reciprocal();
}

/** Llama 3.1: long waves are stretched by `factor`, short ones stay, those between are blended. */
function llama3(plain: Tensor, scaling: Llama3Scaling): Tensor {
  const { factor, lowFreqFactor, highFreqFactor, originalMaxPositionEmbeddings: length } = scaling;
  const wavelengths = plain.reciprocal().mul(2 * Math.PI);
  const isLong = ops.aten.gt(wavelengths, length / lowFreqFactor);
  const isShort = ops.aten.lt(wavelengths, length / highFreqFactor);
  const stretched = ops.aten.where(isLong, plain.div(factor), plain);
  const smooth = wavelengths
    .reciprocal()
    .mul(length)
    .sub(lowFreqFactor)
    .div(highFreqFactor - lowFreqFactor);
  const blended = ops.aten.rsub(smooth, 1).mul(stretched).div(factor).add(smooth.mul(stretched));
  return ops.aten.where(ops.aten.logical_or(isLong, isShort), stretched, blended);
}

/** YaRN: a straight line between the waves that stay and those that are stretched. */
function yarn(powers: Tensor, scaling: YarnScaling, { headDim, ropeTheta }: RotaryConfig): Tensor {
  const { factor, betaFast = 32, betaSlow = 1, truncate = true } = scaling;
  const dimOf = (numRotations: number): number =>
    (headDim * Math.log(scaling.originalMaxPositionEmbeddings / (numRotations * 2 * Math.PI))) /
    (2 * Math.log(ropeTheta));
  const [first, last] = [dimOf(betaFast), dimOf(betaSlow)];
  const low = Math.max(truncate ? Math.floor(first) : first, 0);
  const high = Math.min(truncate ? Math.ceil(last) : last, headDim - 1);
  const width = low === high ? 0.001 : high - low;
  const dims = arange(0, headDim / 2, 1, { dtype: "float32", device: "cpu" });
  const staying = ops.aten.rsub(ops.aten.clamp(dims.sub(low).div(width), 0, 1), 1);
  const stretched = powers.mul(factor).reciprocal().mul(ops.aten.rsub(staying, 1));
  return stretched.add(powers.reciprocal().mul(staying));
}

function yarnAttention({ factor, mscale, mscaleAllDim, attentionFactor }: YarnScaling): number {
  const scale = (by: number): number => (factor <= 1 ? 1 : 0.1 * by * Math.log(factor) + 1);
  if (attentionFactor !== undefined) return attentionFactor;
  return mscale && mscaleAllDim ? scale(mscale) / scale(mscaleAllDim) : scale(1);
}

/** LongRoPE: a factor for each wave. */
function longRope(powers: Tensor, scaling: LongRopeScaling, isLong: boolean): Tensor {
  const factors = isLong ? scaling.longFactor : scaling.shortFactor;
  return tensor(Float32Array.from(factors)).mul(powers).reciprocal();
}
