// What a causal language model is to predict at each position, and how far it is off.

import type { Layer } from "../nn/layer.js";
import { isPlainLinear, type Linear } from "../nn/linear.js";
import type { Carried } from "../nn/model.js";
import { full } from "../tensor/create.js";
import { cat } from "../tensor/functional.js";
import { crossEntropy } from "../tensor/losses.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";

/** labels (B, T) moved one to the left, so that each position's target is the next token; the last has none: (B * T) */
export function nextTokens(labels: Tensor): Tensor {
  const none = full([labels.shape[0] as number, 1], -100, {
    dtype: "int64",
    device: labels.device,
  });
  return cat([labels.slice(1, 1), none], 1).view(-1);
}

/** Whether the loss is computed from the head's weight, so that no logits are stored: of a head of its weight alone. */
export function storesNoLogits(head: Layer): head is Linear {
  return isPlainLinear(head) && head.bias === undefined;
}

/**
 * The head of hidden (B, T, C): logits (B, T, V), or with labels (B, T) the mean loss of the next tokens, in float32, and what the logits
 * can be made of when they are asked for.
 */
export function headAndLoss(head: Layer, hidden: Tensor, labels: Tensor | undefined): Carried {
  if (labels === undefined) return { logits: head.forward(hidden) };
  if (!storesNoLogits(head) || hidden.dtype === "float64")
    return withNextTokenLoss(head.forward(hidden), labels);
  const rows = hidden.flatten(0, 1);
  const loss = ops.notebooster.linear_cross_entropy(rows, head.weight, nextTokens(labels));
  return { loss, hidden };
}

/** logits (B, T, V), and with labels (B, T) the mean loss of the next tokens, in float32 */
export function withNextTokenLoss(logits: Tensor, labels: Tensor | undefined): Carried {
  if (labels === undefined) return { logits };
  return { loss: crossEntropy(logits.flatten(0, 1).to("float32"), nextTokens(labels)), logits };
}
