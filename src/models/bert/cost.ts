// What BERT's blocks keep between the passes, in the order in which it is made. M rows, C hidden, F of the MLP.
import { activationBytes, type BlockCost, blockCost, type InputShape } from "../../nn/cost.js";
import type { Module } from "../../nn/module.js";
import { itemSize } from "../../tensor/dtype.js";
import { keptByActivation } from "../activation.js";
import type { BertConfig } from "./config.js";

/** Widths of what a layer with a norm after each branch keeps of each row. */
export function keptWidths({
  hiddenSize: c,
  intermediateSize: f,
  hiddenAct,
}: BertConfig): readonly number[] {
  const attention = [c, c, c, c, c, c]; // input, queries, keys, values, output, sum
  const mlp = [c, ...keptByActivation(hiddenAct, f), c]; // norm, inner and activation, sum; its norm is an output
  return [...attention, ...mlp];
}

/** Embeddings, whose sum and norm are kept. */
export function embeddingCost(
  embeddings: Module,
  { hiddenSize: c }: BertConfig,
  shape: InputShape,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const graph = activationBytes(embeddings, m, [c]) + 2 * m * itemSize("float32");
  return blockCost([embeddings], shape, { saved: { graph, inputs: 0 } });
}

/** What the head of masked tokens keeps before it gives classes. */
export function transformWidths({ hiddenSize: c, hiddenAct }: BertConfig): readonly number[] {
  return [...keptByActivation(hiddenAct, c), c]; // inner and activation, norm
}

interface TokenHead {
  readonly shape: InputShape;
  readonly numClasses: number;
  /** Of what is kept between the input and the classes. */
  readonly widths?: readonly number[];
}

/** A head that gives `numClasses` for each token, and its loss. */
export function tokenHeadCost(
  head: Module,
  { hiddenSize: c }: BertConfig,
  { shape, numClasses, widths = [] }: TokenHead,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const ofLoss = m * (numClasses * itemSize("float32") + itemSize("int64")); // log-probabilities, targets
  return blockCost([head], shape, {
    saved: {
      graph: activationBytes(head, m, [c, ...widths, numClasses]) + ofLoss,
      inputs: activationBytes(head, m, [c]),
    },
  });
}

/** What looks at the first token of each row. */
export function sequenceHeadCost(
  head: readonly Module[],
  { hiddenSize: c }: BertConfig,
  { batchSize, sequenceLength }: InputShape,
): BlockCost {
  const [pooler] = head as [Module];
  const ofRows = blockCost(head, { batchSize, sequenceLength: 1 });
  const inputs = activationBytes(pooler, batchSize * sequenceLength, [c]);
  return {
    ...ofRows,
    saved: { graph: inputs + activationBytes(pooler, batchSize, [c, c]), inputs },
  };
}
