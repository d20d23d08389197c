// Weights in NF4 (Dettmers et al. 2023, "QLoRA"): blocks of 64 weights, each weight one of sixteen numbers times the largest magnitude of its
// block. With double quantisation those magnitudes are 8-bit codes in blocks of 256. Layout, numbers and rounding are those of bitsandbytes.
import { boolean, type Check, kind, requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { aDType } from "../tensor/arguments.js";
import { tensor } from "../tensor/create.js";
import { emptyDeferred } from "../tensor/deferred-tensor.js";
import type { DType } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import { scoped } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";

/** Options of NF4. */
export interface Nf4Options {
  /** Whether the blocks' magnitudes are 8-bit codes themselves: 4.13 bits a weight instead of 4.5. Default true. */
  readonly doubleQuant?: boolean;
}

export const NF4_OPTIONS: OptionTable<Nf4Options> = { doubleQuant: boolean };

/** A matrix (out, in) in four bits. Numbers are kept as bytes, so that a model that is converted does not round them. */
export interface Nf4Weight {
  /** uint8 (out in / 2), two weights a byte, the first in its upper half. */
  readonly packed: Tensor;
  /** Of blocks: bytes of float32, or with double quantisation a code each. */
  readonly absmax: Tensor;
  /** Of double quantisation, bytes of float32: what 256 codes stand for, a scale for each 256 blocks, and what is added. */
  readonly double?: { readonly map: Tensor; readonly scales: Tensor; readonly offset: Tensor };
  /** Of the matrix. */
  readonly shape: readonly [outFeatures: number, inFeatures: number];
}

export const BLOCK_SIZE = 64;
/** Of double quantisation. */
export const SCALED_BLOCKS = 256;
/** Weights that are rounded at once: bounds what that takes. */
const PIECE = 2 ** 20;
/** Below it a block counts as zeros, whose magnitude divides nothing. */
const SMALLEST = 1e-38;

/** Whose numbers are rounded: wider ones would lose more than is told. */
const ROUNDED: readonly DType[] = ["float32", "bfloat16", "float16"];

/** What can be rounded. */
export const aMatrix: Check<Tensor> = kind<Tensor>(
  "a matrix (out, in) of float32, bfloat16 or float16",
  (value) => value instanceof Tensor && value.ndim === 2 && ROUNDED.includes(value.dtype),
);

export const aWeight = kind<Nf4Weight>(
  "a weight that quantizeNf4 made",
  (value) => typeof value === "object" && value !== null && "packed" in value && "absmax" in value,
);

/**
 * Rounds a matrix to NF4.
 * @param weight (out, in), of floating point
 */
export function quantizeNf4(weight: Tensor, options: Nf4Options = {}): Nf4Weight {
  requireValue("quantizeNf4: weight", weight, aMatrix);
  checkOptions("quantizeNf4", options, NF4_OPTIONS);
  return noGrad(() => {
    const flat = weight.detach().reshape(-1);
    const pieces = [];
    for (let at = 0; at < flat.numel; at += PIECE)
      pieces.push(scoped(() => roundPiece(flat.narrow(0, at, Math.min(PIECE, flat.numel - at)))));
    const packed = ops.aten.cat(pieces.map((piece) => piece.packed));
    const absmax = ops.aten.cat(pieces.map((piece) => piece.absmax));
    const [out, inner] = weight.shape as [number, number];
    const isDouble = options.doubleQuant ?? true;
    return { packed, shape: [out, inner], ...(isDouble ? doubled(absmax) : single(absmax)) };
  });
}

/** The matrix (out, in) that an NF4 weight stands for. @param dtype float32, bfloat16 or float16 */
export function dequantizeNf4(weight: Nf4Weight, dtype: DType): Tensor {
  requireValue("dequantizeNf4: weight", weight, aWeight);
  requireValue("dequantizeNf4: dtype", dtype, aDType);
  const { packed, absmax, double, shape: size } = weight;
  const { map = null, scales = null, offset = null } = double ?? {};
  return ops.notebooster.dequantize_nf4(packed, absmax, map, scales, offset, {
    size,
    block_size: BLOCK_SIZE,
    dtype,
  });
}

/** A weight whose bytes are still to come. */
export function emptyNf4(shape: Nf4Weight["shape"], isDouble: boolean): Nf4Weight {
  const bytes = (count: number) => emptyDeferred([count], "uint8");
  const numWeights = shape[0] * shape[1];
  const numBlocks = Math.ceil(numWeights / BLOCK_SIZE);
  const packed = bytes(Math.ceil(numWeights / 2));
  if (!isDouble) return { packed, absmax: bytes(4 * numBlocks), shape };
  const scales = bytes(4 * Math.ceil(numBlocks / SCALED_BLOCKS));
  return {
    packed,
    absmax: bytes(numBlocks),
    shape,
    double: { map: bytes(1024), scales, offset: bytes(4) },
  };
}

/** The sixteen numbers, ascending. */
export function nf4Numbers(): Float32Array {
  return values("cpu").toTypedArray() as Float32Array;
}

function single(absmax: Tensor): Pick<Nf4Weight, "absmax"> {
  return { absmax: bytesOf(absmax) };
}

function doubled(absmax: Tensor): Pick<Nf4Weight, "absmax" | "double"> {
  const map = tensor(dynamicMap(), { dtype: "float32", device: absmax.device });
  const offset = absmax.mean();
  const { codes, absmax: scales } = roundBlocks(absmax.sub(offset), map, SCALED_BLOCKS);
  const double = {
    map: bytesOf(map),
    scales: bytesOf(scales),
    offset: bytesOf(offset.reshape(1)),
  };
  return { absmax: codes.narrow(0, 0, absmax.numel), double };
}

/** @param flat whole blocks, but for the last of a weight */
function roundPiece(flat: Tensor): { packed: Tensor; absmax: Tensor } {
  const { codes, absmax } = roundBlocks(flat.to("float32"), values(flat.device), BLOCK_SIZE);
  const numPairs = Math.ceil(flat.numel / 2);
  const pairs = codes.narrow(0, 0, 2 * numPairs).view(-1, 2);
  return { packed: pairs.select(1, 0).mul(16).add(pairs.select(1, 1)), absmax };
}

/** The sixteen numbers, which all codes of a block of magnitude 1 stand for. */
function values(device: string): Tensor {
  const packed = tensor(Uint8Array.of(0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef), { device });
  const absmax = bytesOf(tensor(Float32Array.of(1), { device }));
  return dequantizeNf4({ packed, absmax, shape: [1, 16] }, "float32").view(-1);
}

/** The nearest of sorted `values` to each number over the magnitude of its block, uint8, halfway the lower one; of whole blocks. */
function roundBlocks(
  flat: Tensor,
  values: Tensor,
  blockSize: number,
): { codes: Tensor; absmax: Tensor } {
  const blocks = padded(flat, blockSize).view(-1, blockSize);
  const absmax = blocks.abs().amax(1);
  const inverse = ops.aten.reciprocal(absmax.clamp(SMALLEST)).unsqueeze(1);
  const scaled = blocks.mul(inverse).clamp(-1, 1).reshape(-1);
  const numValues = values.numel;
  const sums = values.narrow(0, 0, numValues - 1).add(values.narrow(0, 1, numValues - 1));
  const codes = ops.aten.bucketize(scaled, sums.div(2), { out_int32: true }).to("uint8");
  return { codes, absmax };
}

/** With zeros behind it, up to a multiple. */
function padded(flat: Tensor, multiple: number): Tensor {
  const missing = (multiple - (flat.numel % multiple)) % multiple;
  return missing === 0 ? flat : ops.aten.constant_pad_nd(flat, [0, missing]);
}

function bytesOf(numbers: Tensor): Tensor {
  return ops.aten.view(numbers.contiguous(), "uint8");
}

/**
 * What 8-bit codes of magnitudes stand for (dynamic tree quantisation, Dettmers 2016): for each of seven powers of ten twice as many means
 * of equal parts of 0.1 .. 1 as for the one below, with both signs; 0; and 1.
 */
function dynamicMap(): number[] {
  const values = [0, 1];
  for (let i = 0; i < 7; i++) {
    const power = 10 ** (i - 6);
    const bounds = ops.aten.linspace(0.1, 1, 2 ** i + 1, { dtype: "float32" });
    const means = bounds
      .narrow(0, 0, 2 ** i)
      .add(bounds.narrow(0, 1, 2 ** i))
      .div(2);
    for (const value of means.mul(power).tolist() as number[]) values.push(value, -value);
  }
  return values.sort((a, b) => a - b);
}
