// What `backward` takes: a loss, or an output that says how many tokens its loss is the mean of.
import { anyOf, type Check, integer, kind } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { full } from "../tensor/create.js";
import { noGrad } from "../tensor/grad-mode.js";
import { Tensor } from "../tensor/tensor.js";

/** Output of a model whose loss is a mean over tokens. */
export interface LossOutput {
  /** () the mean */
  readonly loss: Tensor;
  /** () int64: of how many tokens */
  readonly numTokens?: Tensor;
}

/** Options of `booster.backward`. */
export interface BackwardOptions {
  /** Of how many tokens the loss is the mean: a whole number, or an integer tensor of one. Default: the output's `numTokens`. */
  readonly tokens?: number | Tensor;
}

const aCount: Check<number | Tensor> = anyOf(
  integer({ min: 0 }),
  kind<Tensor>(
    "an int64 or int32 tensor of one number",
    (value) => value instanceof Tensor && /^int(64|32)$/.test(value.dtype) && value.numel === 1,
  ),
);
const OPTIONS: OptionTable<BackwardOptions> = { tokens: aCount };

/** The loss, and its tokens as () int64 on its device; undefined for a bare loss. */
export function weighedLoss(
  of: Tensor | LossOutput,
  options: BackwardOptions,
): { loss: Tensor; tokens: Tensor | undefined } {
  checkOptions("backward", options, OPTIONS);
  const loss = lossIn(of);
  const given = options.tokens ?? (of instanceof Tensor ? undefined : of.numTokens);
  if (given !== undefined) return { loss, tokens: asTensor(given, loss) };
  if (of instanceof Tensor) return { loss, tokens: undefined };
  throw new TypeError(
    "backward: the output has no numTokens, of how many tokens its loss is the mean; give { tokens }, or output.loss for losses that all count the same",
  );
}

function lossIn(of: unknown): Tensor {
  if (of instanceof Tensor) return of;
  const loss = Object(of) === of ? (of as Partial<LossOutput>).loss : undefined;
  if (loss instanceof Tensor) return loss;
  const isOutput = Object(of) === of && "logits" in (of as object);
  if (isOutput) throw new TypeError("backward: the output has no loss; give forward() labels");
  throw new TypeError(
    `backward: loss must be a tensor, or a model's output with loss and numTokens, got ${describeValue(of)}`,
  );
}

function asTensor(tokens: number | Tensor, { device }: Tensor): Tensor {
  if (tokens instanceof Tensor)
    return noGrad(() => tokens.detach().reshape([]).to({ dtype: "int64", device }));
  return full([], tokens, { dtype: "int64", device });
}

/** Where one rank trains alone; of several, one may have a loss that none of the parameters is in. */
export function refuseLossOfNone(): never {
  throw new TypeError(
    "backward: the loss depends on no parameter of the model that this optimizer was boosted with; give the optimizer of the model that computed it",
  );
}
