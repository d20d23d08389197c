// Choosing the next token from scores: the most likely one, or one drawn.
import { ops } from "../tensor/ops.js";
import type { Generator } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Settings } from "./options.js";
import { warped } from "./processors.js";

/** scores (B, V), processed -> next ids (B, 1) int64 */
export function chosen(scores: Tensor, settings: Settings, generator: Generator): Tensor {
  if (settings.temperature === 0) return scores.argmax(-1).unsqueeze(-1);
  const probabilities = warped(scores.to("float32"), settings).softmax(-1);
  return ops.aten.multinomial(probabilities, 1, { generator });
}
