// Answers of a model that is in training: layers such as dropout do nothing meanwhile, and are afterwards as they were.
import { openEffect } from "../host/index.js";

/** What has layers. */
export interface Trainable {
  /** All modules, itself included. */
  modules(): Iterable<{ training: boolean }>;
}

const warned = new WeakSet<object>();

/**
 * Says once of a model that its dropout is on. It stays on: so does transformers', and some sample with it on purpose.
 * @param of the function as the user calls it: "generate"
 */
export function warnOfDropout(of: string, model: object): void {
  if (warned.has(model) || !("modules" in model)) return;
  const modules = [...(model as Trainable).modules()] as {
    training: boolean;
    dropoutRate?: number;
  }[];
  if (!modules.some(({ training, dropoutRate = 0 }) => training && dropoutRate > 0)) return;
  warned.add(model);
  process.emitWarning(
    `${of}: the ${model.constructor.name} is in train() mode, so dropout changes what it writes, as in transformers; call model.eval() before, or take sample() or chat(), which leave dropout out meanwhile`,
    "DropoutWarning",
  );
}

/** Runs `body`, which must not wait for anything, with all modules as after `model.eval()`. */
export function evaluating<T>(model: Trainable, body: () => T): T {
  const inTraining = [...model.modules()].filter(({ training }) => training);
  const set = (training: boolean): void => {
    for (const module of inTraining) module.training = training;
  };
  using _ = openEffect(() => set(true), "call");
  set(false);
  return body();
}
