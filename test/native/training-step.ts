// A whole step of a language model on made-up rows, as memory plans count it.
import { type Booster, type LossOutput, ones, scope, type Tensor } from "notebooster";

interface Rows {
  readonly batch: number;
  readonly sequence: number;
}

interface LanguageModel {
  forward(input: { inputIds: Tensor; labels: Tensor }): LossOutput;
}

/** Forward, backward and update; what it makes is freed at its end. */
export function trainingStep(
  booster: Booster,
  parts: { model: unknown; optimizer: Awaited<ReturnType<Booster["boost"]>>["optimizer"] },
  { batch, sequence }: Rows,
): () => void {
  const model = parts.model as LanguageModel;
  return () => {
    using _ = scope();
    const ids = (): Tensor => ones([batch, sequence], { dtype: "int64" });
    booster.backward(model.forward({ inputIds: ids(), labels: ids() }), parts.optimizer as never);
    parts.optimizer?.step();
    parts.optimizer?.zeroGrad();
  };
}
