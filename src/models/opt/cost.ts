// What OPT's blocks keep between the passes, in the order in which it is made. M rows, C hidden, F of the MLP, W width of the head, V
// vocabulary.
import { activationBytes, type BlockCost, blockCost, type InputShape } from "../../nn/cost.js";
import type { Module } from "../../nn/module.js";
import { itemSize } from "../../tensor/dtype.js";
import type { OPTConfig } from "./config.js";

/** Widths of what a layer keeps of each row. */
export function keptWidths({ hiddenSize: c, ffnDim: f }: OPTConfig): readonly number[] {
  const attention = [c, c, c, c, c]; // input, queries, keys, values, output
  const mlp = [c, c, f, f]; // sum, norm, inner, activation
  return [...attention, ...mlp, c]; // the norm before attention, or the sum before the last norm
}

/** What is after the layers, and the loss. */
export function headCost(
  modules: readonly Module[],
  { hiddenSize: c, wordEmbedProjDim: w, vocabSize: v }: OPTConfig,
  shape: InputShape,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const [head] = modules.slice(-1) as [Module];
  const ofLoss = m * (v * itemSize("float32") + itemSize("int64")); // log-probabilities, targets
  const before = modules.length > 2 ? [c, c, w] : [c, w]; // input, norm, projection
  return blockCost(modules, shape, {
    saved: {
      graph: activationBytes(head, m, [...before, v]) + ofLoss,
      inputs: activationBytes(head, m, [c]),
    },
  });
}
