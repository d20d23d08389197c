// Weights of four bits made wide again where their adapters are merged or gone: they train if they did before the first adapter.
import { tellIfCutOff } from "../host/index.js";
import type { Module } from "../nn/module.js";
import { Nf4Linear } from "../quantize/nf4-linear.js";
import type { Parameter } from "../tensor/parameter.js";

/** What was trained before the first of the adapters that are gone, weights of four bits included. */
const trainedBefore = new WeakMap<Module, ReadonlySet<Parameter>>();

/** Of a model that has no adapters any more. */
export function rememberTrained(model: Module, trained: ReadonlySet<Parameter>): void {
  trainedBefore.set(model, trained);
}

/** Parameters that are trained, and that were before they became four bits. */
export function trainedIn(model: Module): ReadonlySet<Parameter> {
  const own = new Set(model.parameters());
  const hidden = [...(trainedBefore.get(model) ?? [])].filter((parameter) => !own.has(parameter));
  return new Set([...hidden, ...[...own].filter(({ requiresGrad }) => requiresGrad)]);
}

/** The model with its weights of four bits as they are computed with. */
export function widened<M extends Module>(model: M): M {
  tellIfCutOff("weights of four bits were widened in part: load the model again", () => {
    for (const [name, layer] of [...model.namedModules()])
      if (layer instanceof Nf4Linear) widen(model, name, layer);
  });
  return model;
}

function widen(model: Module, name: string, layer: Nf4Linear): void {
  const wide = layer.wideLayer(layer.weight);
  model.replaceModule(name, wide);
  const trained = trainedBefore.get(model);
  if (trained !== undefined) wide.weight.requiresGrad = trained.has(wide.weight as Parameter);
}
