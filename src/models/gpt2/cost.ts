// What GPT-2's blocks keep between the passes, in the order in which it is made. M rows, C hidden, F of the MLP, V vocabulary.
// Attention is one kernel, which keeps one float32 number for each head and row; a layer norm keeps two for each row. Dropout
// keeps nothing: it draws again.
import {
  activationBytes,
  attentionFlops,
  type BlockCost,
  blockCost,
  type InputShape,
} from "../../nn/cost.js";
import type { Layer } from "../../nn/layer.js";
import type { Module } from "../../nn/module.js";
import { itemSize } from "../../tensor/dtype.js";
import { keptByLoss } from "../head-cost.js";
import type { GPT2Config } from "./config.js";

/** A layer; the first gets the embeddings, whose stream has no branch to be added. */
export function layerCost(
  layer: Module,
  { hiddenSize: c, intermediateSize: f, numAttentionHeads }: GPT2Config,
  { shape, isFirst }: { readonly shape: InputShape; readonly isFirst: boolean },
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const stream = isFirst ? [c] : [c, c]; // residual, branch
  const attention = [...(isFirst ? [] : [c]), c, 3 * c, c]; // sum, norm, queries with keys and values, output
  const mlp = [c, f, f]; // norm, inner, activation; the sum is an output
  const graph =
    activationBytes(layer, m, [...stream, ...attention, ...mlp]) +
    m * itemSize("float32") * (numAttentionHeads + 4);
  return blockCost([layer], shape, {
    attention: attentionFlops(shape, c),
    saved: { graph, inputs: activationBytes(layer, m, stream) },
  });
}

/** Final norm, head and loss. */
export function headCost(
  [norm, head]: readonly [Module, Layer],
  { hiddenSize: c, vocabSize }: GPT2Config,
  shape: InputShape,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const stream = [c, c]; // residual, branch
  const graph =
    activationBytes(norm, m, [...stream, c, c]) + // sum, norm
    2 * m * itemSize("float32") + // mean and deviation
    keptByLoss(head, m, { width: c, vocabSize });
  return blockCost([norm, head], shape, {
    saved: { graph, inputs: activationBytes(head, m, stream) },
  });
}
