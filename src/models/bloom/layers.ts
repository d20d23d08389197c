// The parts of a BLOOM (Le Scao et al. 2022): attention without positions, with one matrix of queries, keys and values, and a
// plain MLP.
// Shapes: B batch, T tokens, C hidden, H heads, D head dim.
import { Dropout } from "../../nn/dropout.js";
import { Embedding } from "../../nn/embedding.js";
import { LayerNorm } from "../../nn/layer-norm.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { gelu } from "../../tensor/functional.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { CausalLMInput } from "../causal-lm-input.js";
import { joinHeads } from "../decoder/attention.js";
import { attentionTo, type MaskedTokens } from "../visible-tokens.js";
import type { BloomConfig } from "./config.js";

/** What all blocks of a forward pass see. */
export interface Pass extends CausalLMInput {
  /** With the lines of ALiBi in the mask. */
  readonly visible: MaskedTokens;
}

class BloomAttention extends Module {
  /** (3 C, C): for each head its queries, keys and values */
  readonly queryKeyValue: Linear;
  readonly dense: Linear;
  readonly #headDim: number;
  /** Of attention weights, while training. */
  readonly dropoutRate: number;
  readonly #layer: number;

  constructor({ hiddenSize, headDim, attentionDropout }: BloomConfig, layer: number) {
    super();
    this.queryKeyValue = new Linear(hiddenSize, 3 * hiddenSize, { initialize: false });
    this.dense = new Linear(hiddenSize, hiddenSize, { initialize: false });
    this.#headDim = headDim;
    this.dropoutRate = attentionDropout;
    this.#layer = layer;
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, { cache, visible }: Pass): Tensor {
    const [batch, length] = x.shape as [number, number];
    const fused = this.queryKeyValue.forward(x).view(batch, length, -1, 3, this.#headDim);
    const part = (which: number): Tensor => fused.select(3, which).transpose(1, 2); // (B, H, T, D)
    let [keys, values] = [part(1), part(2)];
    if (cache !== undefined) ({ keys, values } = cache.append(this.#layer, keys, values));
    const dropout = this.training ? this.dropoutRate : 0;
    return this.dense.forward(
      joinHeads(attentionTo([part(0), keys, values], visible, { dropout })),
    );
  }
}

class BloomMLP extends Module {
  readonly dense_h_to_4h: Linear;
  readonly dense_4h_to_h: Linear;

  constructor({ hiddenSize }: BloomConfig) {
    super();
    this.dense_h_to_4h = new Linear(hiddenSize, 4 * hiddenSize, { initialize: false });
    this.dense_4h_to_h = new Linear(4 * hiddenSize, hiddenSize, { initialize: false });
  }

  forward(x: Tensor): Tensor {
    return this.dense_4h_to_h.forward(gelu(this.dense_h_to_4h.forward(x), { approximate: "tanh" }));
  }
}

export class BloomBlock extends Module {
  readonly inputLayernorm: LayerNorm;
  readonly selfAttention: BloomAttention;
  readonly postAttentionLayernorm: LayerNorm;
  readonly mlp: BloomMLP;
  readonly dropout: Dropout;
  readonly #addsToNormed: boolean;

  constructor(config: BloomConfig, layer: number) {
    super();
    this.inputLayernorm = normOf(config);
    this.selfAttention = new BloomAttention(config, layer);
    this.postAttentionLayernorm = normOf(config);
    this.mlp = new BloomMLP(config);
    this.dropout = new Dropout(config.hiddenDropout);
    this.#addsToNormed = config.applyResidualConnectionPostLayernorm;
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, pass: Pass): Tensor {
    const outer = this.inputLayernorm.forward(x);
    const attended = this.dropout.forward(this.selfAttention.forward(outer, pass));
    const residual = this.#addsToNormed ? outer : x;
    const { normed, sum } = this.postAttentionLayernorm.forwardAdd(attended, residual);
    const branch = this.dropout.forward(this.mlp.forward(normed));
    return (this.#addsToNormed ? normed : sum).add(branch);
  }
}

/** Everything below the head. */
export class BloomModel extends Module {
  readonly wordEmbeddings: Embedding;
  readonly wordEmbeddingsLayernorm: LayerNorm;
  readonly h: BloomBlock[];
  readonly lnF: LayerNorm;

  constructor(config: BloomConfig) {
    super();
    this.wordEmbeddings = new Embedding(config.vocabSize, config.hiddenSize, { initialize: false });
    this.wordEmbeddingsLayernorm = normOf(config);
    this.h = Array.from(
      { length: config.numHiddenLayers },
      (_, layer) => new BloomBlock(config, layer),
    );
    this.lnF = normOf(config);
  }
}

function normOf({ hiddenSize, layerNormEpsilon: eps }: BloomConfig): LayerNorm {
  return new LayerNorm(hiddenSize, { eps });
}
