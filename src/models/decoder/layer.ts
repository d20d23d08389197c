// A decoder layer whose branches begin with a norm, as in LLaMA (Touvron et al. 2023).
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { DecoderConfig } from "./config.js";
import type { DecoderPass } from "./pass.js";

/** A layer of a decoder: x (B, T, C) -> (B, T, C). */
export interface DecoderLayer extends Module {
  forward(x: Tensor, pass: DecoderPass): Tensor;
}

/** Attention over the tokens of a pass. */
export interface Attention extends Module {
  forward(x: Tensor, pass: DecoderPass): Tensor;
}

/** What is done to each token alone. */
export interface FeedForward extends Module {
  forward(x: Tensor): Tensor;
}

/** x + attention(norm x), and of that y + mlp(norm y). */
export class PreNormLayer<A extends Attention, M extends FeedForward>
  extends Module
  implements DecoderLayer
{
  readonly selfAttn: A;
  readonly mlp: M;
  readonly inputLayernorm: RMSNorm;
  readonly postAttentionLayernorm: RMSNorm;

  constructor({ hiddenSize, rmsNormEps: eps }: DecoderConfig, selfAttn: A, mlp: M) {
    super();
    this.selfAttn = selfAttn;
    this.mlp = mlp;
    this.inputLayernorm = new RMSNorm(hiddenSize, { eps });
    this.postAttentionLayernorm = new RMSNorm(hiddenSize, { eps });
  }

  forward(x: Tensor, pass: DecoderPass): Tensor {
    const attended = this.selfAttn.forward(this.inputLayernorm.forward(x), pass);
    const { normed, sum } = this.postAttentionLayernorm.forwardAdd(attended, x);
    return sum.add(this.mlp.forward(normed));
  }
}
