// The parts of a GPT-2 layer (Radford et al. 2019): layer norms before attention and MLP, whose outputs are added to the
// residual stream. That addition is left to the next norm, which does both in one pass over memory: between layers travel
// the stream and the branch still to be added.
// Shapes: B batch, T tokens, C hidden, H heads, D head dim.
import { type MultipliesRows, productFlops } from "../../nn/cost.js";
import { Layer } from "../../nn/layer.js";
import { LayerNorm } from "../../nn/layer-norm.js";
import { Module } from "../../nn/module.js";
import { holdParameter } from "../../nn/parameter-fields.js";
import { empty, zeros } from "../../tensor/create.js";
import { gelu } from "../../tensor/functional.js";
import { ops } from "../../tensor/ops.js";
import { Parameter } from "../../tensor/parameter.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { CausalLMInput } from "../causal-lm-input.js";
import { causalAttention, type VisibleTokens } from "../visible-tokens.js";
import type { GPT2Config } from "./config.js";

/** The residual stream is `residual + dropout(branch)`; the embeddings have no branch. */
export type Stream = {
  readonly residual: Tensor; // (B, T, C)
  readonly branch?: Tensor; // (B, T, C)
};

/** What all blocks of a forward pass see. */
export interface Pass extends CausalLMInput {
  /** (T) or (B, T) int64 */
  readonly positions: Tensor;
  readonly visible: VisibleTokens | undefined;
  /** Whether attention weights are dropped. */
  readonly training: boolean;
  /** Philox state (2) of the dropout before additions; undefined: none. */
  readonly dropout: Tensor | undefined;
}

/** A linear layer whose weight is stored as (in, out), as in GPT-2's checkpoints. */
export class Conv1D extends Layer implements MultipliesRows {
  /** (in, out) */
  declare readonly weight: Parameter;
  /** (out) */
  declare readonly bias: Parameter;
  readonly isTransposed = true;

  constructor(inFeatures: number, outFeatures: number) {
    super(`${inFeatures}, ${outFeatures}`);
    holdParameter(this, "weight", new Parameter(empty([inFeatures, outFeatures])));
    holdParameter(this, "bias", new Parameter(zeros([outFeatures])));
  }

  /** x (B, T, in) -> (B, T, out) */
  override forward(x: Tensor): Tensor {
    return ops.notebooster.linear(x, this.weight, this.bias, { transposed: true });
  }

  /** The same without the bias, for who adds it with what comes next. */
  forwardWithoutBias(x: Tensor): Tensor {
    return ops.notebooster.linear(x, this.weight, { transposed: true });
  }

  /** For costs. */
  productFlops(numRows: number): ReturnType<MultipliesRows["productFlops"]> {
    return productFlops(numRows, this.weight);
  }
}

class GPT2Attention extends Module {
  readonly cAttn: Layer;
  readonly cProj: Layer;
  readonly #headDim: number;
  /** Of attention weights, while training. */
  readonly dropoutRate: number;
  readonly #scale: number;
  readonly #layer: number;

  constructor(config: GPT2Config, layer: number) {
    super();
    this.cAttn = new Conv1D(config.hiddenSize, 3 * config.hiddenSize);
    this.cProj = new Conv1D(config.hiddenSize, config.hiddenSize);
    this.#headDim = config.headDim;
    this.dropoutRate = config.attnPdrop;
    const scale = config.scaleAttnWeights ? config.headDim ** -0.5 : 1;
    this.#scale = config.scaleAttnByInverseLayerIdx ? scale / (layer + 1) : scale;
    this.#layer = layer;
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, { training, cache, visible }: Pass): Tensor {
    const [batch, length, width] = x.shape as [number, number, number];
    const heads = (t: Tensor): Tensor => t.view(batch, length, -1, this.#headDim).transpose(1, 2); // (B, H, T, D)
    const parts = this.cAttn.forward(x).split([width, width, width], -1).map(heads);
    let [q, k, v] = parts as [Tensor, Tensor, Tensor];
    if (cache !== undefined) ({ keys: k, values: v } = cache.append(this.#layer, k, v));
    const attended = causalAttention([q, k, v], visible, {
      scale: this.#scale,
      dropout: training ? this.dropoutRate : 0,
    });
    return this.cProj.forward(attended.transpose(1, 2).reshape(batch, length, width));
  }
}

class GPT2MLP extends Module {
  readonly cFc: Layer; // GPT-2's own, unless adapters replace it
  readonly cProj: Layer;
  readonly #approximate: "tanh" | "none";

  constructor({ hiddenSize, intermediateSize, activation }: GPT2Config) {
    super();
    this.cFc = new Conv1D(hiddenSize, intermediateSize);
    this.cProj = new Conv1D(intermediateSize, hiddenSize);
    this.#approximate = activation === "gelu_new" ? "tanh" : "none";
  }

  forward(x: Tensor): Tensor {
    return this.cProj.forward(this.#inner(x));
  }

  /** Bias and activation in one pass where the layer is GPT-2's own. */
  #inner(x: Tensor): Tensor {
    const { cFc } = this;
    const approximate = this.#approximate;
    if (!(cFc instanceof Conv1D)) return gelu(cFc.forward(x), { approximate });
    return ops.notebooster.bias_gelu(cFc.forwardWithoutBias(x), cFc.bias, { approximate });
  }
}

export class GPT2Block extends Module {
  readonly ln_1: LayerNorm;
  readonly attn: GPT2Attention;
  readonly ln_2: LayerNorm;
  readonly mlp: GPT2MLP;
  /** Of attention weights, while training. */
  readonly dropoutRate: number;
  readonly #layer: number;

  constructor(config: GPT2Config, layer: number) {
    super();
    this.ln_1 = new LayerNorm(config.hiddenSize, { eps: config.layerNormEpsilon });
    this.attn = new GPT2Attention(config, layer);
    this.ln_2 = new LayerNorm(config.hiddenSize, { eps: config.layerNormEpsilon });
    this.mlp = new GPT2MLP(config);
    this.dropoutRate = config.residPdrop;
    this.#layer = layer;
  }

  /** @param stream of the layer before, or of the embeddings */
  forward(stream: Stream, pass: Pass): Stream {
    const dropout = { p: this.dropoutRate, state: pass.dropout };
    const call = 2 * this.#layer;
    const outer = addAndNorm(stream, this.ln_1, { ...dropout, call: call - 1 });
    const middle = { residual: outer.sum, branch: this.attn.forward(outer.normed, pass) };
    const inner = addAndNorm(middle, this.ln_2, { ...dropout, call });
    return { residual: inner.sum, branch: this.mlp.forward(inner.normed) };
  }
}

/** Dropout of one addition: `call` tells the additions of a pass apart. */
export interface Dropout {
  readonly p: number;
  readonly state: Tensor | undefined;
  readonly call: number;
}

/** The sum that a stream stands for, and its norm. */
export function addAndNorm(
  { residual, branch }: Stream,
  norm: LayerNorm,
  { p, state, call: site }: Dropout,
): { normed: Tensor; sum: Tensor } {
  if (branch === undefined) return { normed: norm.forward(residual), sum: residual };
  if (state === undefined || p === 0) return norm.forwardAdd(branch, residual);
  const sum = ops.notebooster.bias_dropout_add(branch, null, residual, state, {
    p,
    call: site,
  });
  return { normed: norm.forward(sum), sum };
}
