// What OPT's blocks keep between the passes, in the order in which it is made. M rows, C hidden, F of the MLP, W width of the head, V
// vocabulary.
import { activationBytes, type BlockCost, blockCost, type InputShape } from "../../nn/cost.js";
import type { Layer } from "../../nn/layer.js";
import type { Module } from "../../nn/module.js";
import { Norm } from "../../nn/norm.js";
import { keptByActivation } from "../activation.js";
import { keptByLoss } from "../head-cost.js";
import type { OPTConfig } from "./config.js";

/** Widths of what a layer keeps of each row. */
export function keptWidths({
  hiddenSize: c,
  ffnDim: f,
  activationFunction,
}: OPTConfig): readonly number[] {
  const attention = [c, c, c, c, c]; // input, queries, keys, values, output
  const mlp = [c, c, ...keptByActivation(activationFunction, f)]; // sum, norm, inner and activation
  return [...attention, ...mlp, c]; // the norm before attention, or the sum before the last norm
}

/** What is after the layers, and the loss. */
export function headCost(
  { before, head }: { readonly before: readonly Module[]; readonly head: Layer },
  { hiddenSize: c, wordEmbedProjDim: w, vocabSize }: OPTConfig,
  shape: InputShape,
): BlockCost {
  const m = shape.batchSize * shape.sequenceLength;
  const between = before.map((each) => (each instanceof Norm ? c : w)); // norm, projection
  const ofLoss = keptByLoss(head, m, { width: w, vocabSize });
  return blockCost([...before, head], shape, {
    saved: {
      graph: activationBytes(head, m, [c, ...between]) + ofLoss,
      inputs: activationBytes(head, m, [c]),
    },
  });
}
