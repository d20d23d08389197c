// QLoRA (Dettmers et al. 2023): the frozen weights below adapters in four bits.
import { tellIfCutOff } from "../host/index.js";
import type { Module } from "../nn/module.js";
import type { Nf4Options } from "../quantize/nf4.js";
import { Nf4Linear } from "../quantize/nf4-linear.js";
import { adaptersOf } from "./adapters.js";
import { LoraLinear, quantized } from "./lora-linear.js";
import { LORA_DEFAULTS } from "./options.js";
import { allLinear, type LinearTarget } from "./targets.js";

/** @throws RangeError when all linear layers are in four bits */
export function requireWideLayers(of: string, model: Module): void {
  if (wideLayers(model).length > 0) return;
  throw new RangeError(
    `${of}: quantize: the model's linear layers are in four bits already; leave it out`,
  );
}

/**
 * Rounds the weights of all linear layers to NF4, adapted or not, and frees them; the head, the embeddings, and what `modulesToSave` trains
 * stay as they are.
 * @param newAdapter that no training has changed yet
 */
export function quantizeBase(model: Module, options: Nf4Options, newAdapter?: string): void {
  const wide = wideLayers(model);
  tellIfCutOff("a model's weights were rounded to four bits in part: load the model again", () => {
    for (const [name, layer] of wide)
      if (layer instanceof LoraLinear) layer.quantizeBase(options, newAdapter);
      else model.replaceModule(name, quantized(layer, options));
  });
}

function wideLayers(model: Module): LinearTarget[] {
  const modulesToSave = [...adaptersOf(model).values()].flatMap(
    ({ config }) => config.modulesToSave,
  );
  return allLinear(model, { ...LORA_DEFAULTS, modulesToSave }).filter(isWide);
}

function isWide([, layer]: LinearTarget): boolean {
  return !((layer instanceof LoraLinear ? layer.baseLayer : layer) instanceof Nf4Linear);
}
