// A decoder layer of Phi-3 (Abdin et al. 2024): LLaMA's, with queries, keys and values as one matrix, and gate and up as one.
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import type { Tensor } from "../../tensor/tensor.js";
import { attendRotary, joinHeads, type LayerPlace, splitHeads } from "../decoder/attention.js";
import { FusedGatedMLP } from "../decoder/gated-mlp.js";
import { PreNormLayer } from "../decoder/layer.js";
import type { DecoderPass } from "../decoder/pass.js";
import type { Phi3Config } from "./config.js";

/** Grouped-query attention whose projections are one matrix: the rows of queries, then those of keys, then those of values. */
export class Phi3Attention extends Module {
  readonly oProj: Linear;
  readonly qkvProj: Linear;
  readonly #headDim: number;
  readonly #widths: readonly number[];
  readonly #place: LayerPlace;

  constructor(
    { hiddenSize, numAttentionHeads, numKeyValueHeads, headDim }: Phi3Config,
    place: LayerPlace,
  ) {
    super();
    this.#place = place;
    this.#headDim = headDim;
    const [a, k] = [numAttentionHeads * headDim, numKeyValueHeads * headDim];
    this.#widths = [a, k, k];
    this.oProj = new Linear(a, hiddenSize, { bias: false, initialize: false });
    this.qkvProj = new Linear(hiddenSize, a + 2 * k, { bias: false, initialize: false });
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, pass: DecoderPass): Tensor {
    const parts = this.qkvProj.forward(x).split(this.#widths, -1);
    const heads = parts.map((part) => splitHeads(part, this.#headDim));
    const [q, k, v] = heads as [Tensor, Tensor, Tensor];
    return this.oProj.forward(joinHeads(attendRotary([q, k, v], pass, this.#place)));
  }
}

export type Phi3Layer = PreNormLayer<Phi3Attention, FusedGatedMLP>;

export function phi3Layer(config: Phi3Config, place: LayerPlace): Phi3Layer {
  return new PreNormLayer(config, new Phi3Attention(config, place), new FusedGatedMLP(config));
}
