// Choosing the next token from logits: the most likely one, or one drawn at a temperature from the most likely
// tokens that together reach a probability (nucleus sampling, Holtzman et al. 2020).
import { call, callMany } from "../tensor/ops.js";
import type { Generator } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";

export interface SamplingOptions {
  /** 0 takes the most likely token; 1 samples as the model says. Default 0. */
  readonly temperature?: number;
  /** Sample among the fewest tokens whose probabilities reach this sum, default 1: all. */
  readonly topP?: number;
}

/**
 * @throws RangeError naming the option that is out of range
 */
export function checkSampling({ temperature = 0, topP = 1 }: SamplingOptions): void {
  if (!(temperature >= 0))
    throw new RangeError(`temperature must be 0 or more, got ${temperature}`);
  if (!(topP > 0 && topP <= 1))
    throw new RangeError(`topP must be above 0 and at most 1, got ${topP}`);
}

/** logits (B, V) -> next ids (B, 1) int64 */
export function sample(
  logits: Tensor,
  { temperature = 0, topP = 1 }: SamplingOptions,
  generator: Generator,
): Tensor {
  if (temperature === 0) return logits.argmax(-1).unsqueeze(-1);
  const probabilities = logits.to("float32").div(temperature).softmax(-1);
  if (topP === 1) return call("multinomial", probabilities, 1, { generator });
  const [sorted, order] = callMany("sort", probabilities, -1, true) as [Tensor, Tensor];
  const before = sorted.cumsum(-1).sub(sorted);
  const nucleus = call("masked_fill", sorted, call("ge", before, topP), 0);
  return call("gather", order, -1, call("multinomial", nucleus, 1, { generator }));
}
