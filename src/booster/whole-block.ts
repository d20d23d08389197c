// A learner's module, whose `forward` names no blocks, is one block: its owner hears of its gradients as of a model's.
import { Model } from "../nn/model.js";
import type { Module } from "../nn/module.js";
import { runUnscoped } from "../tensor/tape.js";

const wrapped = new WeakSet<Module>();

/** Makes `model.forward` a block, unless the model lists blocks itself. */
export function makeWholeBlock(model: Module): void {
  if (model instanceof Model || wrapped.has(model)) return;
  wrapped.add(model);
  const { forward } = model as Module & { forward?: (...args: unknown[]) => unknown };
  if (typeof forward !== "function") return; // losses are then made by hand, and reduced at their end
  Object.defineProperty(model, "forward", {
    value: (...args: unknown[]) => runUnscoped(model, () => forward.apply(model, args)),
    configurable: true,
    writable: true,
  });
}
