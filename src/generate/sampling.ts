// Choosing the next token from logits: the most likely one, or one drawn at a temperature from the `topK` most likely, or
// from the most likely that together reach a probability (nucleus sampling, Holtzman et al. 2020).
import { integer, number } from "../arguments/checks.js";
import type { OptionTable } from "../arguments/options.js";
import { ops } from "../tensor/ops.js";
import type { Generator } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";

/** How the next token is chosen; without any of them it is the most likely one. */
export interface SamplingOptions {
  /** 0 takes the most likely token; 1 samples as the model says. Default: the model's `generation_config.json`, or 0. */
  readonly temperature?: number;
  /** Sample among so many of the most likely tokens. Default: the model's `generation_config.json`, or 0: all. */
  readonly topK?: number;
  /**
   * Sample among the fewest tokens whose probabilities reach this sum. Default: the model's `generation_config.json`, or 1:
   * all.
   */
  readonly topP?: number;
  /**
   * Positive logits of tokens that are in the text already are divided by this, negative ones multiplied (CTRL, Keskar et
   * al. 2019). Default: the model's `generation_config.json`, or 1: none.
   */
  readonly repetitionPenalty?: number;
}

export const SAMPLING_OPTIONS: OptionTable<SamplingOptions> = {
  temperature: number({ min: 0 }),
  topK: integer({ min: 0 }),
  topP: number({ above: 0, max: 1 }),
  repetitionPenalty: number({ above: 0 }),
};

/** logits (B, V) after the ids (B, T) int64 -> next ids (B, 1) int64 */
export function sample(
  { logits, ids }: { readonly logits: Tensor; readonly ids: Tensor },
  { temperature = 0, topK = 0, topP = 1, repetitionPenalty = 1 }: SamplingOptions,
  generator: Generator,
): Tensor {
  const scores = repetitionPenalty === 1 ? logits : penalized(logits, ids, repetitionPenalty);
  if (temperature === 0) return scores.argmax(-1).unsqueeze(-1);
  const tempered = likeliest(scores.to("float32").div(temperature), topK);
  const probabilities = tempered.softmax(-1);
  if (topP === 1) return ops.aten.multinomial(probabilities, 1, { generator });
  const [sorted, order] = ops.aten.sort(probabilities, -1, true);
  const before = sorted.cumsum(-1).sub(sorted);
  const nucleus = ops.aten.masked_fill(sorted, ops.aten.ge(before, topP), 0);
  return ops.aten.gather(order, -1, ops.aten.multinomial(nucleus, 1, { generator }));
}

function penalized(logits: Tensor, ids: Tensor, penalty: number): Tensor {
  const seen = ops.aten.gather(logits, -1, ids); // (B, T)
  const lowered = ops.aten.where(ops.aten.lt(seen, 0), seen.mul(penalty), seen.div(penalty));
  return ops.aten.scatter(logits, -1, ids, lowered);
}

/** All but the `count` largest of a row become -infinity. */
function likeliest(scores: Tensor, count: number): Tensor {
  if (count === 0 || count >= (scores.shape[1] as number)) return scores;
  const [largest] = ops.aten.topk(scores, count);
  const smallest = largest.slice(-1, count - 1); // (B, 1)
  return ops.aten.masked_fill(scores, ops.aten.lt(scores, smallest), Number.NEGATIVE_INFINITY);
}
