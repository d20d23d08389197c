// A decoder layer of GLM-4-0414: that of `glm`, with a norm behind each branch too.
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import type { Tensor } from "../../tensor/tensor.js";
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { FusedGatedMLP } from "../decoder/gated-mlp.js";
import type { DecoderLayer } from "../decoder/layer.js";
import type { DecoderPass } from "../decoder/pass.js";
import type { GlmConfig } from "../glm/config.js";

export class Glm4Layer extends Module implements DecoderLayer {
  readonly selfAttn: RotaryAttention;
  readonly mlp: FusedGatedMLP;
  readonly inputLayernorm: RMSNorm;
  readonly postAttentionLayernorm: RMSNorm; // stands before the MLP
  readonly postSelfAttnLayernorm: RMSNorm;
  readonly postMlpLayernorm: RMSNorm;

  constructor(config: GlmConfig, place: LayerPlace) {
    super();
    const { hiddenSize, rmsNormEps: eps, attentionBias: qkvBias } = config;
    this.selfAttn = new RotaryAttention(config, place, { qkvBias });
    this.mlp = new FusedGatedMLP(config);
    this.inputLayernorm = new RMSNorm(hiddenSize, { eps });
    this.postAttentionLayernorm = new RMSNorm(hiddenSize, { eps });
    this.postSelfAttnLayernorm = new RMSNorm(hiddenSize, { eps });
    this.postMlpLayernorm = new RMSNorm(hiddenSize, { eps });
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, pass: DecoderPass): Tensor {
    const attended = this.selfAttn.forward(this.inputLayernorm.forward(x), pass);
    const branch = this.postSelfAttnLayernorm.forward(attended);
    const { normed, sum } = this.postAttentionLayernorm.forwardAdd(branch, x);
    return sum.add(this.postMlpLayernorm.forward(this.mlp.forward(normed)));
  }
}

export function glm4Layer(config: GlmConfig, place: LayerPlace): Glm4Layer {
  return new Glm4Layer(config, place);
}
