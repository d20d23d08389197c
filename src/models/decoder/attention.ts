// Grouped-query attention with rotary positions (Su et al. 2021, Ainslie et al. 2023).
// Shapes: B batch, T tokens, C hidden, H heads, Hkv key/value heads, D head dim.
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import type { RMSNorm } from "../../nn/rms-norm.js";
import type { Tensor } from "../../tensor/tensor.js";
import { applyRotary } from "../rotary/embedding.js";
import { causalAttention } from "../visible-tokens.js";
import type { DecoderConfig } from "./config.js";
import type { DecoderPass, LayerView } from "./pass.js";
import type { LayerType } from "./windows.js";

/** Where a layer stands, and what it sees. */
export interface LayerPlace {
  /** From 0; its place in the cache. */
  readonly index: number;
  readonly type: LayerType;
}

/** Queries, keys and values of a layer, (B, H, T, D), (B, Hkv, T, D) twice. */
export type Heads = readonly [q: Tensor, k: Tensor, v: Tensor];

/** x (B, T, H D) -> (B, H, T, D) */
export function splitHeads(x: Tensor, headDim: number): Tensor {
  const [batch, length] = x.shape as [number, number];
  return x.view(batch, length, -1, headDim).transpose(1, 2);
}

/** x (B, H, T, D) -> (B, T, H D) */
export function joinHeads(x: Tensor): Tensor {
  const [batch, , length] = x.shape as [number, number, number];
  return x.transpose(1, 2).reshape(batch, length, -1);
}

/** Turns queries and keys by their positions and lets each token attend to those that it sees: (B, H, T, D). */
export function attendRotary(
  [q, k, v]: Heads,
  { views, cache }: DecoderPass,
  { index, type }: LayerPlace,
): Tensor {
  const { rotation, visible } = views[type] as LayerView;
  const queries = applyRotary(q, rotation);
  let [keys, values] = [applyRotary(k, rotation), v];
  if (cache !== undefined) ({ keys, values } = cache.append(index, keys, values));
  return causalAttention([queries, keys, values], visible);
}

/** What families do to the projections of attention. */
export interface RotaryAttentionOptions {
  /** Whether queries, keys and values have a bias. Default false. */
  readonly qkvBias?: boolean;
  /** Whether the output has a bias. Default false. */
  readonly outputBias?: boolean;
  /** Makes a norm over the numbers of each head, one of queries and one of keys. */
  readonly headNorm?: () => RMSNorm;
}

/** Attention whose queries, keys and values are projected apart. */
export class RotaryAttention extends Module {
  readonly qProj: Linear;
  readonly kProj: Linear;
  readonly vProj: Linear;
  readonly oProj: Linear;
  readonly qNorm: RMSNorm | undefined;
  readonly kNorm: RMSNorm | undefined;
  readonly #headDim: number;
  readonly #place: LayerPlace;

  constructor(
    { hiddenSize, numAttentionHeads, numKeyValueHeads, headDim }: DecoderConfig,
    place: LayerPlace,
    { qkvBias = false, outputBias = false, headNorm }: RotaryAttentionOptions = {},
  ) {
    super();
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
    const q = splitHeads(this.qProj.forward(x), this.#headDim);
    const k = splitHeads(this.kProj.forward(x), this.#headDim);
    const v = splitHeads(this.vProj.forward(x), this.#headDim);
    const heads = [this.qNorm?.forward(q) ?? q, this.kNorm?.forward(k) ?? k, v] as const;
    return this.oProj.forward(joinHeads(attendRotary(heads, pass, this.#place)));
  }
}
