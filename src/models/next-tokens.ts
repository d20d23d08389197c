// What a causal language model is to predict at each position, and how far it is off.

import type { Carried } from "../nn/model.js";
import { full } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { crossEntropy } from "../tensor/losses.js";
import type { Tensor } from "../tensor/tensor.js";

/** labels (B, T) moved one to the left, so that each position's target is the next token; the last has none: (B * T) */
export function nextTokens(labels: Tensor): Tensor {
  const none = full([labels.shape[0] as number, 1], -100, {
    dtype: "int64",
    device: labels.device,
  });
  return cat([labels.slice(1, 1), none], 1).view(-1);
}

/** logits (B, T, V), and with labels (B, T) the mean loss of the next tokens, in float32 */
export function withNextTokenLoss(logits: Tensor, labels: Tensor | undefined): Carried {
  if (labels === undefined) return { logits };
  return { loss: crossEntropy(logits.flatten(0, 1).to("float32"), nextTokens(labels)), logits };
}
