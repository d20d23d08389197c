// What tensors, shapes, dtypes and devices may be given as: the checks that public functions share.
import { type Check, integer, kind, listOf } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { DEVICE_PATTERN, type DeviceName, DTYPES, type DType } from "./dtype.js";
import type { Generator } from "./random.js";
import { GENERATOR, isTensor } from "./scope.js";
import type { Tensor } from "./tensor.js";

export const aTensor: Check<Tensor> = { ...kind("a tensor", isTensor), each: "tensors" };

/** Sizes of dimensions; none for a tensor of one number. */
export const aShape: Check<readonly number[]> = listOf(integer({ min: 0 }));

export const aDType: Check<DType> = kind(`a dtype (${DTYPES.join(", ")})`, (value) =>
  (DTYPES as readonly unknown[]).includes(value),
);

export const aDevice: Check<DeviceName> = kind(
  'a device ("cpu", "cuda", "cuda:1", "meta")',
  (value) => typeof value === "string" && DEVICE_PATTERN.test(value),
);

/**
 * Refuses a tensor of whole numbers or booleans where there must be fractions.
 * @param what names it as the user knows it: "dropout: x"
 */
export function requireFractions(what: string, x: Tensor): void {
  if (/float|complex/.test(x.dtype)) return;
  throw new TypeError(
    `${what} must have a dtype with fractions, got ${describeValue(x)}; convert it with x.float()`,
  );
}

export const aGenerator: Check<Generator> = kind(
  "a Generator, as new Generator(seed)",
  (value) => typeof value === "object" && value !== null && GENERATOR in value,
);
