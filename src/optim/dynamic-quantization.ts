// Block-wise dynamic quantisation (Dettmers et al. 2022, "8-bit Optimizers via Block-wise Quantization"): each block of 256 numbers
// is divided by its largest absolute value, and each number becomes the nearest of 256 values between -1 and 1 that lie closer
// together the smaller they are (Dettmers 2016).
import { tensor } from "../tensor/create.js";
import { ops } from "../tensor/ops.js";
import { keep } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";

/** Numbers that share one scale. */
export const BLOCK_SIZE = 256;

/** Numbers in 8 bits each. */
export interface Quantized {
  /** uint8, of the numbers' shape: indices of values. */
  readonly codes: Tensor;
  /** (numBlocks) float32: what a block's values are multiplied by. */
  readonly absmax: Tensor;
}

/** How many blocks so many numbers are; the last may be shorter. */
export function numBlocks(numel: number): number {
  return Math.ceil(numel / BLOCK_SIZE);
}

/** The numbers nearest to these that 8 bits hold. @param isSigned false: none is below 0, and all values are used for those above */
export function quantize(numbers: Tensor, isSigned: boolean): Quantized {
  const blocks = inBlocks(numbers.reshape([-1]));
  const absmax = blocks.abs().amax([1]);
  const scaled = blocks.div(absmax.clampMin(SMALLEST).unsqueeze(1));
  const { midpoints } = tableOn(numbers.device, isSigned);
  const codes = ops.aten.bucketize(scaled, midpoints, { out_int32: true }).to("uint8");
  return { codes: codes.reshape([-1]).narrow(0, 0, numbers.numel).view(numbers.shape), absmax };
}

/** float32 of the codes' shape. */
export function dequantize({ codes, absmax }: Quantized, isSigned: boolean): Tensor {
  const { values } = tableOn(codes.device, isSigned);
  const found = values.indexSelect(0, codes.reshape([-1]).to("int32"));
  const blocks = inBlocks(found).mul(absmax.unsqueeze(1));
  return blocks.reshape([-1]).narrow(0, 0, codes.numel).view(codes.shape);
}

/**
 * The 256 values of the dynamic type in ascending order: for each power of ten from 1e-6 to 1 twice as many as for the one below,
 * evenly spread over its decade, with 0 and 1.
 */
export function dynamicValues(isSigned: boolean): number[] {
  const found = [0, 1];
  for (let exponent = 0; exponent < NUM_EXPONENTS; exponent++) {
    const count = 2 ** (isSigned ? exponent : exponent + 1);
    const scale = 10 ** (exponent - NUM_EXPONENTS + 1);
    for (let i = 0; i < count; i++) {
      const value = scale * (0.1 + (0.9 * (i + 0.5)) / count);
      found.push(value, ...(isSigned ? [-value] : []));
    }
  }
  return found.sort((a, b) => a - b);
}

const NUM_EXPONENTS = 7;
/** Of a block of zeros the scale is 0, and by this it can be divided. */
const SMALLEST = 2 ** -126;

interface Table {
  readonly values: Tensor;
  /** Between one value and the next. */
  readonly midpoints: Tensor;
}

const tables = new Map<string, Table>();

function tableOn(device: string, isSigned: boolean): Table {
  const key = `${device} ${isSigned}`;
  const found = tables.get(key);
  if (found !== undefined) return found;
  const values = dynamicValues(isSigned);
  const midpoints = values.slice(1).map((value, i) => (value + (values[i] as number)) / 2);
  const on = (numbers: number[]) => keep(tensor(numbers, { dtype: "float32", device }));
  const made = { values: on(values), midpoints: on(midpoints) };
  tables.set(key, made);
  return made;
}

/** (numel) -> (numBlocks, 256), zeros behind the end. */
function inBlocks(flat: Tensor): Tensor {
  const missing = numBlocks(flat.numel) * BLOCK_SIZE - flat.numel;
  const whole = missing === 0 ? flat : ops.aten.constant_pad_nd(flat, [0, missing], 0);
  return whole.view([-1, BLOCK_SIZE]);
}
