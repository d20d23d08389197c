// What T5's layers keep between the passes, in the order in which it is made, for a decoder with as many tokens as the encoder.
// M rows, C hidden, A width of all heads, F of the MLP, V vocabulary.
import {
  activationBytes,
  attentionFlops,
  type BlockCost,
  blockCost,
  type InputShape,
} from "../../nn/cost.js";
import type { Module } from "../../nn/module.js";
import { itemSize } from "../../tensor/dtype.js";
import type { T5Config } from "./config.js";

/** A layer with so many attentions: one in the encoder, two in the decoder. */
export function layerCost(
  layer: Module,
  { dModel: c, dKv, numHeads, dFf: f, isGatedAct }: T5Config,
  { shape, numAttentions }: { readonly shape: InputShape; readonly numAttentions: 1 | 2 },
): BlockCost {
  const a = numHeads * dKv;
  const m = shape.batchSize * shape.sequenceLength;
  const attention = [c, c, a, a, a, a]; // input, norm, queries, keys, values, output
  const mlp = [c, c, ...(isGatedAct ? [f, f, f, f] : [f, f])]; // sum, norm, inner, activation
  const widths = [...Array.from({ length: numAttentions }, () => attention).flat(), ...mlp];
  const floats = m * itemSize("float32") * (numAttentions * (numHeads + 1) + 1);
  return blockCost([layer], shape, {
    attention: numAttentions * attentionFlops(shape, a),
    saved: {
      graph: activationBytes(layer, m, widths) + floats,
      inputs: activationBytes(layer, m, [c]),
    },
  });
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
