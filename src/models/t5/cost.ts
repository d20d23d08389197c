// What T5's layers keep between the passes, in the order in which it is made, for a decoder with as many tokens as the encoder.
// M rows, C hidden, A width of all heads, F of the MLP, V vocabulary. Attention is counted as one kernel, which keeps one float32
// number for each head and row; on a CPU there is none that gives the gradient of what distances add to scores, and plain products
// keep the weights of all pairs as well.
import {
  activationBytes,
  attentionFlops,
  type BlockCost,
  blockCost,
  type InputShape,
} from "../../nn/cost.js";
import type { Module } from "../../nn/module.js";
import { itemSize } from "../../tensor/dtype.js";
import { keptByActivation } from "../activation.js";
import type { T5Config } from "./config.js";

/** A layer with so many attentions: one in the encoder, two in the decoder. */
export function layerCost(
  layer: Module,
  { dModel: c, dKv, numHeads, dFf: f, isGatedAct, denseActFn }: T5Config,
  { shape, numAttentions }: { readonly shape: InputShape; readonly numAttentions: 1 | 2 },
): BlockCost {
  const a = numHeads * dKv;
  const m = shape.batchSize * shape.sequenceLength;
  const attention = [c, c, a, a, a, a]; // input, norm, queries, keys, values, output
  const inner = keptByActivation(denseActFn, f);
  const mlp = [c, c, ...inner, ...(isGatedAct ? [f, f] : [])]; // sum, norm, inner and activation, gated
  const widths = [...Array.from({ length: numAttentions }, () => attention).flat(), ...mlp];
  const floats = m * itemSize("float32") * numAttentions * numHeads;
  return blockCost([layer], shape, {
    attention: numAttentions * attentionFlops(shape, a),
    saved: {
      graph: activationBytes(layer, m, widths) + floats,
      inputs: activationBytes(layer, m, [c]),
    },
  });
}

/** An embedding, and what distances add to scores: for each head a number of each pair of tokens. */
export function embeddingCost(
  modules: readonly [embedding: Module, distances: Module],
  { numHeads }: T5Config,
  shape: InputShape,
): BlockCost {
  const graph = activationBytes(modules[1], shape.sequenceLength ** 2, [numHeads]);
  return blockCost(modules, shape, { saved: { graph, inputs: 0 } });
}

/** Final norm, head and loss. */
export function headCost(
  modules: readonly [norm: Module, head: Module],
  { dModel: c, vocabSize: v }: T5Config,
  shape: InputShape,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const ofLoss = m * (v * itemSize("float32") + itemSize("int64")); // log-probabilities, targets
  return blockCost(modules, shape, {
    saved: {
      graph: activationBytes(modules[1], m, [c, c, v]) + ofLoss, // input, norm, logits
      inputs: activationBytes(modules[1], m, [c]),
    },
  });
}
