// Which experts each token goes to, and how much it takes of each (Shazeer et al. 2017).
// Shapes: N tokens, C hidden, E experts, k experts of each token.
import type { Tensor } from "../../tensor/tensor.js";

/** How tokens are sent. */
export interface RouterOptions {
  /** Experts of each token, k. */
  readonly numExpertsPerTok: number;
  /** Whether what a token takes of its experts adds up to 1. */
  readonly normTopkProb: boolean;
}

/** Where tokens go. */
export interface Routing {
  /** (N, k) int64: the experts of each token, the likeliest first. */
  readonly chosen: Tensor;
  /** (N, k) what the token takes of each. */
  readonly weights: Tensor;
  /** (N, E) float32: how likely each expert is. */
  readonly probabilities: Tensor;
}

/** logits (N, E) of experts -> where tokens go; softmax comes before the choice, in float32. */
export function route(logits: Tensor, { numExpertsPerTok, normTopkProb }: RouterOptions): Routing {
  const probabilities = logits.softmax(-1, { dtype: "float32" });
  const { values, indices } = probabilities.topk(numExpertsPerTok, -1);
  const weights = normTopkProb ? values.div(values.sum(-1, { keepdim: true })) : values;
  return { chosen: indices, weights: weights.to(logits.dtype), probabilities };
}
