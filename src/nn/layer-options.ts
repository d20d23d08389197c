// Options that every layer with parameters takes, and the checks of sizes that layers share.
import { anyOf, boolean, integer, listOf, oneOf, text } from "../arguments/checks.js";
import type { TensorOptions } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";

/** Options of every layer with parameters. */
export interface LayerOptions {
  /** Where the parameters are, default "cpu". */
  readonly device?: string;
  /** Of the parameters, default "float32". */
  readonly dtype?: DType;
  /** False leaves random weights undefined, for who fills them at once: nothing is drawn. Default true. */
  readonly initialize?: boolean;
}

export const LAYER_OPTIONS = {
  device: text,
  dtype: oneOf("float32", "float64", "bfloat16", "float16"),
  initialize: boolean,
};

/** What of it is given for new tensors. */
export function placementIn({ device, dtype }: LayerOptions): TensorOptions {
  return { ...(device !== undefined && { device }), ...(dtype !== undefined && { dtype }) };
}

/** A number of features, channels or rows. */
export const count = integer({ min: 1 });

/** A size for each of `dims` dimensions, or one for all. */
export function sizes(dims: number, min: number) {
  return anyOf(integer({ min }), listOf(integer({ min }), { length: dims }));
}

/** One number for each of `dims` dimensions. */
export function perDim(value: number | readonly number[], dims: number): number[] {
  return typeof value === "number" ? new Array<number>(dims).fill(value) : [...value];
}
