// Grouped-query attention with rotary positions (Su et al. 2021, Ainslie et al. 2023).
// Shapes: B batch, T tokens, C hidden, H heads, Hkv key/value heads, D head dim.
import { productsOf } from "../../lora/shared-input.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import type { Tensor } from "../../tensor/tensor.js";
import { applyRotary } from "../rotary/embedding.js";
import { causalAttention } from "../visible-tokens.js";
import { cappedAttention } from "./capped-attention.js";
import type { DecoderConfig } from "./config.js";
import { decodeLinear } from "./decode-linear.js";
import type { TokenWise } from "./layer.js";
import type { DecoderPass, LayerView } from "./pass.js";
import type { LayerType } from "./windows.js";

/** How scores are made of queries and keys. */
export interface ScoreOptions {
  /** Their factor. Default 1 / sqrt(D). */
  readonly scale?: number;
}

/** Where a layer stands, and what it sees. */
export interface LayerPlace {
  /** From 0; its place in the cache. */
  readonly index: number;
  readonly type: LayerType;
}

/** Queries, keys and values of a layer, (B, H, T, D), (B, Hkv, T, D) twice. */
export type Heads = readonly [q: Tensor, k: Tensor, v: Tensor];

/** x (B, T, H D) -> (B, H, T, D). @param norm over the numbers of each head */
export function splitHeads(x: Tensor, headDim: number, norm?: TokenWise): Tensor {
  const [batch, length] = x.shape as [number, number];
  const heads = x.view(batch, length, -1, headDim);
  return (norm?.forward(heads) ?? heads).transpose(1, 2);
}

/** x (B, H, T, D) -> (B, T, H D) */
export function joinHeads(x: Tensor): Tensor {
  const [batch, , length] = x.shape as [number, number, number];
  return x.transpose(1, 2).reshape(batch, length, -1);
}

/** Turns queries and keys by their positions and lets each token attend to those that it sees: (B, H, T, D). */
export function attendRotary(
  [q, k, v]: Heads,
  { views, cache, attentionMask: mask }: DecoderPass,
  { index, type }: LayerPlace,
  { scale }: ScoreOptions = {},
): Tensor {
  const { rotation, scores, window } = views[type] as LayerView;
  const { softCap } = scores;
  if (cache?.slot !== undefined) {
    const turning = { ...rotation, interleaved: rotation.part?.interleaved ?? false };
    return cache.attend(index, [q, k, v], { rotation: turning, mask, scale, softCap, window });
  }
  const queries = applyRotary(q, rotation);
  let [keys, values] = [applyRotary(k, rotation), v];
  if (cache !== undefined) ({ keys, values } = cache.append(index, keys, values));
  const heads = [queries, keys, values] as const;
  if (scores.softCap === null)
    return causalAttention(heads, scores.visible, scale === undefined ? {} : { scale });
  return cappedAttention(heads, scores.visible, {
    scale: scale ?? (q.shape[3] as number) ** -0.5,
    softCap: scores.softCap,
  });
}

/** What families do to the projections of attention. */
export interface RotaryAttentionOptions extends ScoreOptions {
  /** Whether queries, keys and values have a bias. Default false. */
  readonly qkvBias?: boolean;
  /** Whether the output has a bias. Default false. */
  readonly outputBias?: boolean;
  /** Makes a norm over the numbers of each head, one of queries and one of keys. */
  readonly headNorm?: () => TokenWise;
}

/** Attention whose queries, keys and values are projected apart. */
export class RotaryAttention extends Module {
  readonly qProj: Linear;
  readonly kProj: Linear;
  readonly vProj: Linear;
  readonly oProj: Linear;
  readonly qNorm: TokenWise | undefined;
  readonly kNorm: TokenWise | undefined;
  readonly #headDim: number;
  readonly #place: LayerPlace;
  readonly #scores: ScoreOptions;

  constructor(
    { hiddenSize, numAttentionHeads, numKeyValueHeads, headDim }: DecoderConfig,
    place: LayerPlace,
    { qkvBias = false, outputBias = false, headNorm, ...scores }: RotaryAttentionOptions = {},
  ) {
    super();
    this.#scores = scores;
    this.#place = place;
    this.#headDim = headDim;
    const [a, k] = [numAttentionHeads * headDim, numKeyValueHeads * headDim];
    this.qProj = new Linear(hiddenSize, a, { bias: qkvBias, initialize: false });
    this.kProj = new Linear(hiddenSize, k, { bias: qkvBias, initialize: false });
    this.vProj = new Linear(hiddenSize, k, { bias: qkvBias, initialize: false });
    this.oProj = new Linear(a, hiddenSize, { bias: outputBias, initialize: false });
    this.qNorm = headNorm?.();
    this.kNorm = headNorm?.();
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, pass: DecoderPass): Tensor {
    return this.oProj.forward(this.#attend(x, pass));
  }

  /** residual + forward(x, pass), in fewer kernels for one token at fixed shapes. */
  addedTo(residual: Tensor, x: Tensor, pass: DecoderPass): Tensor {
    const attended = this.#attend(x, pass);
    const [sum] = decodeLinear(pass, attended, [this.oProj], { residual }) ?? [];
    return sum ?? residual.add(this.oProj.forward(attended));
  }

  /** What the output is projected from: x (B, T, C) -> (B, T, H D) */
  #attend(x: Tensor, pass: DecoderPass): Tensor {
    const layers = [this.qProj, this.kProj, this.vProj];
    const projected = decodeLinear(pass, x, layers) ?? productsOf(x, layers);
    const norms = [this.qNorm, this.kNorm, undefined];
    const heads = projected.map((each, i) => splitHeads(each, this.#headDim, norms[i]));
    return joinHeads(
      attendRotary(heads as [Tensor, Tensor, Tensor], pass, this.#place, this.#scores),
    );
  }
}
