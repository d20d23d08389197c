// The parts of a decoder layer (Touvron et al. 2023): grouped-query attention with rotary positions, and a gated MLP.
// Shapes: B batch, T tokens, C hidden, H heads, Hkv key/value heads, D head dim.

import type { KVCache } from "../../generate/kv-cache.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import { attention } from "../../tensor/attention.js";
import { call } from "../../tensor/ops.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { LlamaConfig } from "./config.js";
import { applyRotary } from "./rope.js";

export interface Positions {
  readonly cos: Tensor; // (T, D)
  readonly sin: Tensor; // (T, D)
}

/** Where a layer finds earlier tokens while generating. */
export interface CacheSlot {
  readonly cache: KVCache;
  readonly layer: number;
}

export class LlamaAttention extends Module {
  readonly qProj: Linear;
  readonly kProj: Linear;
  readonly vProj: Linear;
  readonly oProj: Linear;
  readonly headDim: number;

  constructor(config: LlamaConfig) {
    super();
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
  forward(x: Tensor, positions: Positions, slot?: CacheSlot): Tensor {
    const [batch, length] = x.shape as [number, number, number];
    const heads = (t: Tensor): Tensor => t.view(batch, length, -1, this.headDim).transpose(1, 2); // (B, h, T, D)
    const q = applyRotary(heads(this.qProj.forward(x)), positions);
    let k = applyRotary(heads(this.kProj.forward(x)), positions);
    let v = heads(this.vProj.forward(x));
    if (slot !== undefined) ({ keys: k, values: v } = slot.cache.append(slot.layer, k, v));
    const isPrefill = slot === undefined || slot.cache.length === 0;
    if (!isPrefill && length > 1) {
      throw new RangeError(`after the prompt, tokens are fed one by one, got ${length}`);
    }
    const attended = attention(q, k, v, { causal: isPrefill });
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
      call("notebooster::swiglu", this.gateProj.forward(x), this.upProj.forward(x)),
    );
  }
}

export class LlamaDecoderLayer extends Module {
  readonly selfAttn: LlamaAttention;
  readonly mlp: LlamaMLP;
  readonly inputLayernorm: RMSNorm;
  readonly postAttentionLayernorm: RMSNorm;

  constructor(config: LlamaConfig) {
    super();
    this.selfAttn = new LlamaAttention(config);
    this.mlp = new LlamaMLP(config);
    this.inputLayernorm = new RMSNorm(config.hiddenSize, { eps: config.rmsNormEps });
    this.postAttentionLayernorm = new RMSNorm(config.hiddenSize, { eps: config.rmsNormEps });
  }

  forward(x: Tensor, positions: Positions, slot?: CacheSlot): Tensor {
    const attended = this.selfAttn.forward(this.inputLayernorm.forward(x), positions, slot);
    const { normed, sum } = this.postAttentionLayernorm.forwardAdd(attended, x);
    return sum.add(this.mlp.forward(normed));
  }
}
