// What BLOOM's blocks keep between the passes, in the order in which it is made. C hidden.
import { activationBytes, type BlockCost, blockCost, type InputShape } from "../../nn/cost.js";
import type { Module } from "../../nn/module.js";
import { itemSize } from "../../tensor/dtype.js";
import type { BloomConfig } from "./config.js";

/** The embedding and its norm, and what is added to scores: for each head a number of each pair of tokens. */
export function embeddingCost(
  modules: readonly [embedding: Module, norm: Module],
  { hiddenSize: c, numAttentionHeads }: BloomConfig,
  shape: InputShape,
): BlockCost {
  const { batchSize, sequenceLength } = shape;
  const m = batchSize * sequenceLength;
  const scores = activationBytes(modules[0], sequenceLength ** 2, [numAttentionHeads]);
  const ofNorm = activationBytes(modules[0], m, [c]) + 2 * m * itemSize("float32");
  return blockCost(modules, shape, { saved: { graph: scores + ofNorm, inputs: 0 } });
}

/** Widths of what a layer keeps of each row. */
export function keptWidths({ hiddenSize: c }: BloomConfig): readonly number[] {
  const attention = [c, c, 3 * c, c]; // input, norm, queries with keys and values, output
  const mlp = [c, c, 4 * c, 4 * c]; // sum, norm, inner, activation
  return [...attention, ...mlp];
}
