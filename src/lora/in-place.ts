// What an adapter trains of the base model itself, beside its own matrices: modules trained whole, and biases. The model without
// such an adapter is gone, so it has the model to itself.
import type { Module } from "../nn/module.js";
import type { Parameter } from "../tensor/parameter.js";
import { adaptedLayers } from "./lora-layer.js";
import type { LoraConfig } from "./options.js";

export function trainsBase(config: LoraConfig): boolean {
  return namesOf(config).length > 0;
}

/** @param of what needs the model as it was */
export function goneBase(of: string, config: LoraConfig): RangeError {
  return new RangeError(
    `${of}: ${namesOf(config).join(", ")} are trained in place, so the model without this adapter is gone; load the base model beside this one`,
  );
}

/** The biases that it trains, under all the names that they have in the model with the adapter on it. */
export function trainedBiases(
  model: Module,
  { bias }: LoraConfig,
): [name: string, parameter: Parameter][] {
  if (bias === "none") return [];
  const below = adaptedLayers(model).map(([path]) => `${path}.base_layer.bias`);
  return [...model.namedParameters("", { removeDuplicate: false })].filter(([name]) =>
    bias === "all" ? /(?:^|\.)bias$/.test(name) : below.includes(name),
  );
}

function namesOf({ modulesToSave, bias }: LoraConfig): readonly string[] {
  return bias === "none" ? modulesToSave : [...modulesToSave, "biases"];
}
