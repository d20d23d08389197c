// Numbers in bfloat16 beside what they are in float32.
import type { Tensor } from "notebooster";
import { expect } from "vitest";

/** A tensor of a state that has float32 numbers for its weight's elements; others are as they were. */
export function expectRounded(held: Tensor | number, inFull: Tensor | number | undefined): void {
  if (typeof held === "number" || typeof inFull !== "object") expect(held).toBe(inFull);
  else if (held.dtype === "bfloat16") expectRoundedAtRandom(held, inFull);
  else expect([held.dtype, held.toArray()]).toEqual([inFull.dtype, inFull.toArray()]);
}

/** Each number is the exact one's neighbour below or above in bfloat16; on average they are the exact ones. */
export function expectRoundedAtRandom(rounded: Tensor, exact: Tensor): void {
  expect([rounded.dtype, exact.dtype]).toEqual(["bfloat16", "float32"]);
  const [x, y] = [bitsOf(exact), bitsOf(rounded.to("float32"))];
  const ups = Array.from(x, (bits, i) => ((y[i] as number) >>> 16) - (bits >>> 16));
  expect(ups.filter((up) => up !== 0 && up !== 1)).toEqual([]);
  const parts = Array.from(x, (bits) => (bits & 0xffff) / 2 ** 16);
  const spread = Math.sqrt(sum(parts.map((part) => part * (1 - part))));
  expect(Math.abs(sum(ups) - sum(parts))).toBeLessThan(4.5 * spread + 1e-9); // farther once in 150,000 draws
  expectNotToNearest(ups, parts);
}

function expectNotToNearest(ups: readonly number[], parts: readonly number[]): void {
  const isMostlyExact = parts.filter((part) => part === 0).length > parts.length / 2;
  if (isMostlyExact) return;
  const toNearest = ups.filter((up, i) => up === Math.round(parts[i] as number));
  expect(toNearest.length / ups.length).toBeLessThan(0.95);
}

function bitsOf(tensor: Tensor): Uint32Array {
  const numbers = tensor.detach().contiguous().toTypedArray() as Float32Array;
  return new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0);
}
