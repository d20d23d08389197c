// Adam's two moments of each weight, in float32 or in 8 bits a number.
import { numElements } from "../tensor/element-range.js";
import type { Tensor } from "../tensor/tensor.js";
import { dequantize, numBlocks, quantize } from "./dynamic-quantization.js";
import { likeWeight, type Piece, type StateLayout, stateOf } from "./update-rule.js";

/** Of all pieces, in float32. */
export interface Moments {
  readonly expAvg: readonly Tensor[];
  readonly expAvgSq: readonly Tensor[];
}

/** What is remembered of moments of this shape. @param is8bit whether a number takes 8 bits, and one scale 256 of them */
export function momentsLayout(shape: readonly number[], is8bit: boolean): StateLayout {
  if (!is8bit) return likeWeight(shape, "expAvg", "expAvgSq");
  const scales = {
    shape: [numBlocks(numElements(shape))],
    dtype: "float32",
    isExact: true, // also of a weight of one element, which has one scale
  } as const;
  return {
    expAvg: { shape, dtype: "uint8" },
    expAvgSq: { shape, dtype: "uint8" },
    expAvgAbsmax: scales,
    expAvgSqAbsmax: scales,
  };
}

/** Those in float32 are the state itself, to be changed in place. */
export function readMoments(pieces: readonly Piece[]): Moments {
  return {
    expAvg: pieces.map(({ state }) => read(state, "expAvg")),
    expAvgSq: pieces.map(({ state }) => read(state, "expAvgSq")),
  };
}

/** After the moments were changed. */
export function writeMoments(pieces: readonly Piece[], moments: Moments): void {
  for (const name of ["expAvg", "expAvgSq"] as const)
    for (const [i, state] of stateOf(pieces, name).entries()) {
      const scale = pieces[i]?.state[`${name}Absmax`];
      if (scale === undefined) continue;
      const { codes, absmax } = quantize(moments[name][i] as Tensor, isSigned(name));
      state.copy_(codes);
      scale.copy_(absmax);
    }
}

function read(state: Piece["state"], name: keyof Moments): Tensor {
  const [codes, absmax] = [state[name] as Tensor, state[`${name}Absmax`]];
  return absmax === undefined ? codes : dequantize({ codes, absmax }, isSigned(name));
}

function isSigned(name: keyof Moments): boolean {
  return name === "expAvg";
}
