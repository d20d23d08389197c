// Attention whose scores are bent (Gemma 2), by plain products, as no kernel here bends them.
import type { Tensor } from "../../tensor/tensor.js";
import { causalMask, type MaskedTokens } from "../visible-tokens.js";
import type { Heads } from "./attention.js";

/** Scores are multiplied by `scale` and stay below `softCap`: softCap tanh(score / softCap). */
export interface CappedScores {
  readonly scale: number;
  readonly softCap: number;
}

/** Attention to the tokens that are visible, (B, H, T, D), weights in float32; a token that sees none gets zeros. */
export function cappedAttention(
  [q, k, v]: Heads,
  visible: MaskedTokens | undefined,
  { scale, softCap }: CappedScores,
): Tensor {
  const [batch, heads, length, dim] = q.shape as [number, number, number, number];
  const [, keyHeads, numKeys] = k.shape as [number, number, number];
  const grouped = q.reshape(batch, keyHeads, -1, dim); // (B, Hkv, G T, D)
  const scores = grouped.matmul(k.transpose(-1, -2)).mul(scale);
  const bent = scores.div(softCap).tanh().mul(softCap).view(batch, heads, length, numKeys);
  const { mask } = visible ?? causalMask([length, numKeys], q);
  const weights = bent.add(mask).softmax(-1, { dtype: "float32" }).to(v.dtype);
  const attended = weights.view(batch, keyHeads, -1, numKeys).matmul(v);
  const out = attended.view(batch, heads, length, dim);
  return visible?.blind === undefined ? out : out.maskedFill(visible.blind, 0);
}
