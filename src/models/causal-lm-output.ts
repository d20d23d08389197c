// What the forward pass of a language model returns.
import { isGradEnabled, noGrad, withGradMode } from "../tensor/grad-mode.js";
import type { Tensor } from "../tensor/tensor.js";

/** Output of a language model. */
export interface CausalLMOutput {
  /** (B, T, vocabulary) */
  readonly logits: Tensor;
  /** () the mean over the tokens that count; there when labels were given */
  readonly loss?: Tensor;
  /** () int64: how many tokens count, made when it is first read; there when labels were given */
  readonly numTokens?: Tensor;
  /** () how unevenly experts are used, of which the loss has a part; there when the configuration has `outputRouterLogits` */
  readonly auxLoss?: Tensor;
}

/** With labels. */
export type OutputWithLoss = CausalLMOutput & Required<Pick<CausalLMOutput, "loss" | "numTokens">>;

/**
 * With labels; what is not asked for is not computed. Logits have a gradient where the loss has one, though they are first read
 * under `noGrad`.
 */
export function outputWithLoss(
  loss: Tensor,
  labels: Tensor,
  logitsOf: () => Tensor,
): OutputWithLoss {
  const isRecorded = isGradEnabled();
  const logits = once(() => withGradMode(isRecorded, logitsOf));
  const numTokens = once(() => noGrad(() => labels.slice(1, 1).ne(-100).sum()));
  return {
    loss,
    get logits(): Tensor {
      return logits();
    },
    get numTokens(): Tensor {
      return numTokens();
    },
  };
}

/** Calls `make` when the tensor is first asked for, and again where the scope that asked for it has ended. */
function once(make: () => Tensor): () => Tensor {
  let made: Tensor | undefined;
  return () => {
    if (made === undefined || made.isDisposed) made = make();
    return made;
  };
}
