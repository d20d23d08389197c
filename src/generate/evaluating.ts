// Answers of a model that is in training: layers such as dropout do nothing meanwhile, and are afterwards as they were.
import { openEffect } from "../host/index.js";

/** What has layers. */
export interface Trainable {
  /** All modules, itself included. */
  modules(): Iterable<{ training: boolean }>;
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
