// The parts of a decoder layer (Touvron et al. 2023): grouped-query attention with rotary positions, and a gated MLP.
// Shapes: B batch, T tokens, C hidden, H heads, Hkv key/value heads, D head dim.

import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import { ops } from "../../tensor/ops.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { CausalLMInput } from "../causal-lm-input.js";
import { applyRotary, type Rotation } from "../rotary/embedding.js";
import { causalAttention, type VisibleTokens } from "../visible-tokens.js";
import type { LlamaConfig } from "./config.js";

/** What all blocks of a forward pass see. */
export interface Pass extends CausalLMInput {
  readonly positions: Rotation;
  readonly visible: VisibleTokens | undefined;
}

export class LlamaAttention extends Module {
  readonly qProj: Linear;
  readonly kProj: Linear;
  readonly vProj: Linear;
  readonly oProj: Linear;
  readonly headDim: number;
  readonly #layer: number;

  constructor(config: LlamaConfig, layer: number) {
    super();
    this.#layer = layer;
    const {
      hiddenSize,
      numAttentionHeads,
      numKeyValueHeads,
      headDim,
      attentionBias: bias,
    } = config;
    this.headDim = headDim;
    this.qProj = new Linear(hiddenSize, numAttentionHeads * headDim, { bias, initialize: false });
    this.kProj = new Linear(hiddenSize, numKeyValueHeads * headDim, { bias, initialize: false });
    this.vProj = new Linear(hiddenSize, numKeyValueHeads * headDim, { bias, initialize: false });
    this.oProj = new Linear(numAttentionHeads * headDim, hiddenSize, { bias, initialize: false });
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, { positions, visible, cache }: Pass): Tensor {
    const [batch, length] = x.shape as [number, number, number];
    const heads = (t: Tensor): Tensor => t.view(batch, length, -1, this.headDim).transpose(1, 2); // (B, h, T, D)
    const q = applyRotary(heads(this.qProj.forward(x)), positions);
    let k = applyRotary(heads(this.kProj.forward(x)), positions);
    let v = heads(this.vProj.forward(x));
    if (cache !== undefined) ({ keys: k, values: v } = cache.append(this.#layer, k, v));
    const attended = causalAttention([q, k, v], visible);
    return this.oProj.forward(attended.transpose(1, 2).reshape(batch, length, -1));
  }
}

export class LlamaMLP extends Module {
  readonly gateProj: Linear;
  readonly upProj: Linear;
  readonly downProj: Linear;

  constructor({ hiddenSize, intermediateSize, mlpBias: bias }: LlamaConfig) {
    super();
    this.gateProj = new Linear(hiddenSize, intermediateSize, { bias, initialize: false });
    this.upProj = new Linear(hiddenSize, intermediateSize, { bias, initialize: false });
    this.downProj = new Linear(intermediateSize, hiddenSize, { bias, initialize: false });
  }

  forward(x: Tensor): Tensor {
    return this.downProj.forward(
      ops.notebooster.swiglu(this.gateProj.forward(x), this.upProj.forward(x)),
    );
  }
}

export class LlamaDecoderLayer extends Module {
  readonly selfAttn: LlamaAttention;
  readonly mlp: LlamaMLP;
  readonly inputLayernorm: RMSNorm;
  readonly postAttentionLayernorm: RMSNorm;

  constructor(config: LlamaConfig, layer: number) {
    super();
    this.selfAttn = new LlamaAttention(config, layer);
    this.mlp = new LlamaMLP(config);
    this.inputLayernorm = new RMSNorm(config.hiddenSize, { eps: config.rmsNormEps });
    this.postAttentionLayernorm = new RMSNorm(config.hiddenSize, { eps: config.rmsNormEps });
  }

  forward(x: Tensor, pass: Pass): Tensor {
    const attended = this.selfAttn.forward(this.inputLayernorm.forward(x), pass);
    const { normed, sum } = this.postAttentionLayernorm.forwardAdd(attended, x);
    return sum.add(this.mlp.forward(normed));
  }
}
