// What tensors, shapes, dtypes and devices may be given as: the checks that public functions share.
import { type Check, integer, kind, listOf } from "../arguments/checks.js";
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

export const aGenerator: Check<Generator> = kind(
  "a Generator, as new Generator(seed)",
  (value) => typeof value === "object" && value !== null && GENERATOR in value,
);
