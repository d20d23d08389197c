// The header of a GGUF file that is written: version 3, little-endian, and where each tensor will begin.
import { numElements } from "../tensor/element-range.js";
import type { GgufType } from "./types.js";

/** A value of the metadata with the type that files have for it. */
export type TypedValue =
  | { readonly u32: number }
  | { readonly f32: number }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly i32s: readonly number[] }
  | { readonly f32s: readonly number[] };

/** A tensor that is to be written. */
export interface GgufSource {
  readonly name: string;
  readonly type: GgufType;
  /** Rows first. */
  readonly shape: readonly number[];
}

const ALIGNMENT = 32;
const [U32, I32, F32, BOOL, TEXT, LIST] = [4, 5, 6, 7, 8, 9];

/** The header, up to where the first tensor begins. */
export function ggufHeader(
  metadata: ReadonlyMap<string, TypedValue>,
  tensors: readonly GgufSource[],
): Buffer {
  const parts = [Buffer.from("GGUF"), uint32(3), uint64(tensors.length), uint64(metadata.size)];
  for (const [key, value] of metadata) parts.push(text(key), ...typed(value));
  let offset = 0;
  for (const tensor of tensors) {
    const { name, type, shape } = tensor;
    const sizes = [...shape].reverse().map(uint64);
    parts.push(text(name), uint32(shape.length), ...sizes, uint32(type.id), uint64(offset));
    offset += bytesOf(tensor) + paddingAfter(bytesOf(tensor));
  }
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([...parts, Buffer.alloc(paddingAfter(length))]);
}

export function bytesOf({ shape, type }: GgufSource): number {
  return (numElements(shape) / type.block) * type.bytes;
}

/** Bytes of nothing before what follows so many. */
export function paddingAfter(bytes: number): number {
  return (ALIGNMENT - (bytes % ALIGNMENT)) % ALIGNMENT;
}

function typed(value: TypedValue): Buffer[] {
  if ("u32" in value) return [uint32(U32), uint32(value.u32)];
  if ("f32" in value) return [uint32(F32), floats([value.f32])];
  if ("bool" in value) return [uint32(BOOL), Buffer.of(Number(value.bool))];
  if ("text" in value) return [uint32(TEXT), text(value.text)];
  if ("texts" in value) return list(TEXT, value.texts.length, value.texts.map(text));
  if ("i32s" in value)
    return list(I32, value.i32s.length, [Buffer.from(Int32Array.from(value.i32s).buffer)]);
  return list(F32, value.f32s.length, [floats(value.f32s)]);
}

function list(type: number | undefined, count: number, items: readonly Buffer[]): Buffer[] {
  return [uint32(LIST), uint32(type), uint64(count), ...items];
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint64(bytes.length), bytes]);
}

function floats(values: readonly number[]): Buffer {
  return Buffer.from(Float32Array.from(values).buffer);
}

function uint32(value = 0): Buffer {
  return Buffer.from(Uint32Array.of(value).buffer);
}

function uint64(value: number): Buffer {
  return Buffer.from(BigUint64Array.of(BigInt(value)).buffer);
}
