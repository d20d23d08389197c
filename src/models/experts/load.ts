// How evenly experts are used, as a loss (Fedus et al. 2021, equations 4 to 6): the part of tokens that each expert gets times how
// likely it is, added over experts. Parts and likelihoods are means over the tokens of all layers together, padding left out.
import { zerosLike } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Routing } from "./router.js";

/** Sums over tokens of the layers so far; a type, because tensors go from block to block in records. */
export type ExpertLoad = {
  /** (E) tokens that each expert got. */
  readonly expertTokens: Tensor;
  /** (E) how likely each was. */
  readonly expertChances: Tensor;
};

/** `load` and what another layer adds. @param mask (B, T) of 0 and 1, 0 for padding */
export function withLayer(
  load: Partial<ExpertLoad>,
  { chosen, probabilities }: Routing,
  mask: Tensor | undefined,
): ExpertLoad {
  const { expertTokens, expertChances } = load;
  const isChosen = zerosLike(probabilities.detach()).scatter(1, chosen, 1); // (N, E)
  const sum = (numbers: Tensor): Tensor =>
    mask === undefined ? numbers.sum(0) : mask.flatten().to(numbers.dtype).matmul(numbers);
  const [tokens, chances] = [sum(isChosen), sum(probabilities)];
  return {
    expertTokens: expertTokens?.add(tokens) ?? tokens,
    expertChances: expertChances?.add(chances) ?? chances,
  };
}

/** () 1 times k where all experts are used alike, and larger where they are not. @param numTokens of all layers together */
export function balanceLoss(
  { expertTokens, expertChances }: ExpertLoad,
  numTokens: Tensor,
): Tensor {
  const numExperts = expertTokens.shape[0] as number;
  return expertTokens.div(numTokens).mul(expertChances.div(numTokens)).sum().mul(numExperts);
}
