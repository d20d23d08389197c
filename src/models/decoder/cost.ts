// What a decoder's blocks keep between the passes, in the order in which it is made. M rows, C hidden, A and K widths of queries
// and keys, F of the MLP, V vocabulary. Attention is one kernel, which keeps one float32 number for each head and row.
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
import type { DecoderConfig } from "./config.js";

/** Widths of what attention with a norm before it keeps of each row. */
export function attentionWidths(config: DecoderConfig): readonly number[] {
  const { hiddenSize: c, numAttentionHeads, numKeyValueHeads } = config;
  const [a, k] = [numAttentionHeads * config.headDim, numKeyValueHeads * config.headDim];
  return [c, c, a, k, k, a]; // input, norm, queries, keys, values, output
}

/** Widths of what a layer with a norm before each branch keeps of each row. */
export function keptWidths(config: DecoderConfig): readonly number[] {
  const { hiddenSize: c, intermediateSize: f } = config;
  return [...attentionWidths(config), c, c, f, f, f]; // sum, norm, gate, up, their product
}

/** The same of a layer with a norm behind each branch too. */
export function sandwichWidths(config: DecoderConfig): readonly number[] {
  return [...keptWidths(config), config.hiddenSize, config.hiddenSize];
}

/** What a layer keeps of each row. */
export interface Kept {
  readonly shape: InputShape;
  /** Of numbers of the layer's dtype. */
  readonly widths: readonly number[];
  /** Numbers of four bytes beside those of attention, as layer norms keep two. */
  readonly numFloats?: number;
}

/** A layer with attention of tokens to their own row. */
export function layerCost(
  layer: Module,
  config: Pick<DecoderConfig, "hiddenSize" | "numAttentionHeads" | "headDim">,
  { shape, widths, numFloats = 0 }: Kept,
): BlockCost {
  const { hiddenSize, numAttentionHeads, headDim } = config;
  const m = shape.batchSize * shape.sequenceLength;
  const floats = m * itemSize("float32") * (numAttentionHeads + numFloats);
  const graph = activationBytes(layer, m, widths) + floats;
  return blockCost([layer], shape, {
    attention: attentionFlops(shape, numAttentionHeads * headDim),
    saved: { graph, inputs: activationBytes(layer, m, [hiddenSize]) },
  });
}

/** Final norm, head and loss. @param bendsLogits whether something is done to logits before the loss */
export function headCost(
  [norm, head]: readonly [Module, Layer],
  {
    hiddenSize: c,
    vocabSize,
    bendsLogits = false,
  }: Pick<DecoderConfig, "hiddenSize" | "vocabSize"> & { readonly bendsLogits?: boolean },
  shape: InputShape,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const ofLoss = keptByLoss(head, m, { width: c, vocabSize, bendsLogits });
  return blockCost([norm, head], shape, {
    saved: {
      graph: activationBytes(head, m, [c, c]) + ofLoss, // input, norm
      inputs: activationBytes(head, m, [c]),
    },
  });
}
