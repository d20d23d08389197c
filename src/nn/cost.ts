// What a block of a model takes for one forward and one backward pass: FLOPs of matrix products and attention, which are nearly
// all of a transformer's, and bytes that lie between the two passes. It is reckoned from shapes, without running anything.
import { integer, kind, listOf, number, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { itemSize } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";

/** Rows of equal length. */
export interface InputShape {
  /** Rows, B. */
  readonly batchSize: number;
  /** Tokens of a row, T. */
  readonly sequenceLength: number;
  /**
   * Tokens that attention of a token reaches over, in the mean over tokens: where rows hold several documents that of its document. Default:
   * `sequenceLength`.
   */
  readonly attendedLength?: number;
}

const INPUT_SHAPE: OptionTable<InputShape> = {
  batchSize: integer({ min: 1 }),
  sequenceLength: integer({ min: 1 }),
  attendedLength: number({ above: 0 }),
};

/** @throws TypeError or RangeError naming what is missing or not allowed */
export function requireInputShape(of: string, shape: InputShape): void {
  checkOptions(of, shape, INPUT_SHAPE);
  for (const name of ["batchSize", "sequenceLength"] as const)
    requireValue(`${of}: ${name}`, shape[name], INPUT_SHAPE[name]);
  const { attendedLength = 1, sequenceLength } = shape;
  if (attendedLength <= sequenceLength) return;
  throw new RangeError(
    `${of}: attendedLength must be at most sequenceLength, ${sequenceLength}, got ${attendedLength}`,
  );
}

/** FLOPs; a multiplication with an addition is two. */
export interface Flops {
  /** Of products with weights. */
  readonly products: number;
  /** Of attention, each token with all of its document; a causal mask leaves about half. */
  readonly attention: number;
}

/** Bytes that lie between forward and backward pass, its inputs included and its outputs, the next block's inputs, left out. */
export interface SavedBytes {
  /** Where the block's graph is kept. */
  readonly graph: number;
  /** Where it is computed again (gradient checkpointing). */
  readonly inputs: number;
}

/** What one forward and one backward pass of a block take. */
export interface BlockCost {
  /** Of the forward pass. */
  readonly forward: Flops;
  /** Of frozen weights no gradient is computed. Attention counts twice its forward pass. */
  readonly backward: Flops;
  /** Between the two. */
  readonly saved: SavedBytes;
}

/** A module that multiplies rows by a weight. */
export interface MultipliesRows {
  /** (out, in), or (in, out) where `isTransposed`. */
  readonly weight: Tensor;
  /** Whether the weight is stored as (in, out), as GPT-2's; default false. */
  readonly isTransposed?: boolean;
  /** FLOPs for so many rows. */
  productFlops(numRows: number): { readonly forward: number; readonly backward: number };
}

/** A module that gives its parts other numbers of rows than it is given, as a mixture of experts. */
export interface DividesRows {
  /** Rows that a module directly in this one gets of so many. */
  rowsOf(part: Module, numRows: number): number;
}

const NOTHING: SavedBytes = { graph: 0, inputs: 0 };

/** The cost of a block from its modules, and what they do not say. */
export function blockCost(
  modules: readonly Module[],
  shape: InputShape,
  { attention = 0, saved = NOTHING }: { attention?: number; saved?: SavedBytes } = {},
): BlockCost {
  requireValue("blockCost: modules", modules, someModules);
  requireInputShape("blockCost: shape", shape);
  const numRows = shape.batchSize * shape.sequenceLength;
  const products = modules.flatMap((module) => productsIn(module, numRows));
  const sum = (pass: "forward" | "backward"): number =>
    products.reduce((total, flops) => total + flops[pass], 0);
  return {
    forward: { products: sum("forward"), attention },
    backward: { products: sum("backward"), attention: 2 * attention },
    saved,
  };
}

/** Of all products in a module that is given so many rows. */
function productsIn(module: Module, numRows: number): ReturnType<MultipliesRows["productFlops"]>[] {
  const own = multipliesRows(module) ? [module.productFlops(numRows)] : [];
  const rowsOf = dividesRows(module) ? module.rowsOf.bind(module) : () => numRows;
  return [...own, ...module.children().flatMap((part) => productsIn(part, rowsOf(part, numRows)))];
}

/** FLOPs of scores and weighted values, each token with all of its document. @param width heads times their size */
export function attentionFlops(shape: InputShape, width: number): number {
  requireInputShape("attentionFlops: shape", shape);
  requireValue("attentionFlops: width", width, number({ above: 0 }));
  const { batchSize, sequenceLength, attendedLength = sequenceLength } = shape;
  return 4 * batchSize * sequenceLength * attendedLength * width;
}

/** Of a weight that turns `inFeatures` into `outFeatures`: forward, to its input, and to the weight where that is trained. */
export function productFlops(
  numRows: number,
  weight: { readonly numel: number; readonly requiresGrad: boolean },
): { readonly forward: number; readonly backward: number } {
  requireValue("productFlops: numRows", numRows, number({ min: 0 }));
  const once = 2 * numRows * weight.numel;
  return { forward: once, backward: weight.requiresGrad ? 2 * once : once };
}

/** Bytes of activations of a module's dtype, one of each width for every row. */
export function activationBytes(
  module: Module,
  numRows: number,
  widths: readonly number[],
): number {
  const dtype = module.parameters()[0]?.dtype ?? "float32";
  return numRows * itemSize(dtype) * widths.reduce((sum, width) => sum + width, 0);
}

const someModules = listOf<Module>({
  ...kind("a module", (value) => value instanceof Module),
  each: "modules",
});

function dividesRows(module: Module): module is Module & DividesRows {
  return typeof (module as Partial<DividesRows>).rowsOf === "function";
}

/** Whether a module is a product of rows with a weight. */
export function multipliesRows(module: Module): module is Module & MultipliesRows {
  return typeof (module as Partial<MultipliesRows>).productFlops === "function";
}
