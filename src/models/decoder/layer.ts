// Decoder layers by where their norms stand.
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import type { Tensor } from "../../tensor/tensor.js";
import { RotaryAttention } from "./attention.js";
import type { DecoderConfig } from "./config.js";
import { GatedMLP } from "./gated-mlp.js";
import type { DecoderPass } from "./pass.js";

/** A layer of a decoder: x (B, T, C) -> (B, T, C). */
export interface DecoderLayer extends Module {
  forward(x: Tensor, pass: DecoderPass): Tensor;
}

/** Attention over the tokens of a pass. */
export interface Attention extends Module {
  forward(x: Tensor, pass: DecoderPass): Tensor;
}

/** What is done to each token alone: a norm, an MLP. */
export interface TokenWise extends Module {
  forward(x: Tensor): Tensor;
}

/** The modules before the MLP of a layer whose branches begin with a norm. */
interface AttentionBranch {
  readonly selfAttn: Attention;
  readonly inputLayernorm: RMSNorm;
  readonly postAttentionLayernorm: RMSNorm;
}

/** x (B, T, C) -> y = x + attention(norm x), and norm y. */
export function afterAttention(
  { selfAttn, inputLayernorm, postAttentionLayernorm }: AttentionBranch,
  x: Tensor,
  pass: DecoderPass,
): { readonly sum: Tensor; readonly normed: Tensor } {
  const first = inputLayernorm.forward(x);
  if (decodes(pass, selfAttn, RotaryAttention)) {
    const sum = selfAttn.addedTo(x, first, pass);
    return { sum, normed: postAttentionLayernorm.forward(sum) };
  }
  return postAttentionLayernorm.forwardAdd(selfAttn.forward(first, pass), x);
}

/** Whether the pass is one of a token at fixed shapes, and the module computes as `own` does. */
function decodes<M extends Module & { forward: unknown }>(
  { cache }: DecoderPass,
  module: Module,
  own: abstract new (...values: never[]) => M,
): module is M {
  if (cache?.slot === undefined || !(module instanceof own)) return false;
  return module.forward === (own.prototype as M).forward;
}

/** Branches begin with a norm, as in LLaMA (Touvron et al. 2023): y = x + attention(norm x), and y + mlp(norm y). */
export class PreNormLayer<A extends Attention, M extends TokenWise>
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
    const { normed, sum } = afterAttention(this, x, pass);
    if (decodes<GatedMLP>(pass, this.mlp, GatedMLP)) return this.mlp.addedTo(sum, normed, pass);
    return sum.add(this.mlp.forward(normed));
  }
}

/** Branches begin and end with a norm, as in Gemma 2: y = x + norm(attention(norm x)), and y + norm(mlp(norm y)). */
export class SandwichLayer<A extends Attention, M extends TokenWise>
  extends Module
  implements DecoderLayer
{
  readonly selfAttn: A;
  readonly mlp: M;
  readonly inputLayernorm: TokenWise;
  readonly postAttentionLayernorm: TokenWise;
  readonly preFeedforwardLayernorm: TokenWise;
  readonly postFeedforwardLayernorm: TokenWise;

  /** @param norm makes one of the residual stream's width */
  constructor(selfAttn: A, mlp: M, norm: () => TokenWise) {
    super();
    this.selfAttn = selfAttn;
    this.mlp = mlp;
    this.inputLayernorm = norm();
    this.postAttentionLayernorm = norm();
    this.preFeedforwardLayernorm = norm();
    this.postFeedforwardLayernorm = norm();
  }

  forward(x: Tensor, pass: DecoderPass): Tensor {
    const attended = this.selfAttn.forward(this.inputLayernorm.forward(x), pass);
    const sum = x.add(this.postAttentionLayernorm.forward(attended));
    const fed = this.mlp.forward(this.preFeedforwardLayernorm.forward(sum));
    return sum.add(this.postFeedforwardLayernorm.forward(fed));
  }
}
