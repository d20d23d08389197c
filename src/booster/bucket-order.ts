// Which gradients come together, and in which order: what is carried out and what memory plans count are the same.
import { inBuckets } from "../memory/bucket-layout.js";
import type { Module } from "../nn/module.js";
import type { Parameter } from "../tensor/parameter.js";

/** Those that are trained, as backward passes come to them. */
export function inOrderOfGradients(model: Module): Parameter[] {
  return [...new Set(model.parameters())].filter(({ requiresGrad }) => requiresGrad).reverse();
}

/** Those whose gradients are averaged in one reduction. */
export function averagedTogether(
  trained: readonly Parameter[],
  bucketBytes: number,
): readonly Parameter[][] {
  return inBuckets(trained, { bytesOf: () => bucketBytes, kindOf: ({ dtype }) => dtype });
}
