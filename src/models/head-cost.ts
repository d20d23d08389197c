// What a head and the loss of the next tokens keep between the passes.
import { activationBytes } from "../nn/cost.js";
import type { Layer } from "../nn/layer.js";
import { itemSize } from "../tensor/dtype.js";
import { storesNoLogits } from "./next-tokens.js";

/** Sizes of a head. */
interface HeadSizes {
  /** Of what it is given. */
  readonly width: number;
  readonly vocabSize: number;
}

/** Bytes beside what the head is given. @param bendsLogits whether something is done to logits, which are stored then */
export function keptByLoss(
  head: Layer,
  numRows: number,
  { width, vocabSize, bendsLogits = false }: HeadSizes & { readonly bendsLogits?: boolean },
): number {
  const [float, long] = [itemSize("float32"), itemSize("int64")];
  if (bendsLogits || !storesNoLogits(head)) {
    const logits = activationBytes(head, numRows, [vocabSize]);
    return logits + numRows * (vocabSize * float + long); // log-probabilities, targets
  }
  const padded = 64 * Math.ceil(vocabSize / 64); // rows of the weight's gradient, for fast products
  const ofWeight = head.weight.requiresGrad ? activationBytes(head, 1, [padded * width]) : 0;
  return activationBytes(head, numRows, [width]) + ofWeight + numRows * (2 * float + long);
}
