// What LLaMA's blocks keep between the passes, in the order in which it is made. M rows, C hidden, A and K widths of queries and
// keys, F of the MLP, V vocabulary. Attention is one kernel, which keeps one float32 number for each head and row.
import {
  activationBytes,
  attentionFlops,
  type BlockCost,
  blockCost,
  type InputShape,
} from "../../nn/cost.js";
import type { Module } from "../../nn/module.js";
import { itemSize } from "../../tensor/dtype.js";
import type { LlamaConfig } from "./config.js";

/** A decoder layer. */
export function layerCost(layer: Module, config: LlamaConfig, shape: InputShape): BlockCost {
  const { hiddenSize: c, intermediateSize: f, numAttentionHeads, numKeyValueHeads } = config;
  const [a, k] = [numAttentionHeads * config.headDim, numKeyValueHeads * config.headDim];
  const m = shape.batchSize * shape.sequenceLength;
  const attention = [c, c, a, k, k, a]; // input, norm, queries, keys, values, output
  const mlp = [c, c, f, f, f]; // sum, norm, gate, up, their product
  const graph =
    activationBytes(layer, m, [...attention, ...mlp]) + m * itemSize("float32") * numAttentionHeads;
  return blockCost([layer], shape, {
    attention: attentionFlops(shape, a),
    saved: { graph, inputs: activationBytes(layer, m, [c]) },
  });
}

/** Final norm, head and loss. */
export function headCost(
  [norm, head]: readonly [Module, Module],
  { hiddenSize: c, vocabSize: v }: LlamaConfig,
  shape: InputShape,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const ofLoss = m * (v * itemSize("float32") + itemSize("int64")); // log-probabilities, targets
  const graph = activationBytes(head, m, [c, c, v]) + ofLoss; // input, norm, logits
  return blockCost([norm, head], shape, {
    saved: { graph, inputs: activationBytes(head, m, [c]) },
  });
}
