// The projection of hidden vectors onto the vocabulary, which may be the embedding's matrix.
import { Linear } from "../nn/linear.js";
import type { DeviceName } from "../tensor/dtype.js";
import type { Parameter } from "../tensor/parameter.js";

/** What a head is made of beside its sizes. */
interface HeadOptions {
  /** The embedding's weight, where the two are tied. */
  readonly tied: Parameter | undefined;
  /** Where a weight of its own is. */
  readonly device?: DeviceName | undefined;
}

/** (..., C) -> (..., vocabulary), without a bias; a weight of its own is drawn later. */
export function languageHead(
  hiddenSize: number,
  vocabSize: number,
  { tied, device }: HeadOptions,
): Linear {
  return new Linear(hiddenSize, vocabSize, {
    bias: false,
    initialize: false,
    ...(device !== undefined && { device }),
    ...(tied !== undefined && { weight: tied }),
  });
}
