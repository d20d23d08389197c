// Adapters of a model: put on its layers by name, chosen, left out for a while, merged into the weights.
import { kind, listOf, requireValue, text } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { openEffect, tellIfCutOff, wholly } from "../host/index.js";
import { Embedding } from "../nn/embedding.js";
import { Module } from "../nn/module.js";
import type { Nf4Options } from "../quantize/nf4.js";
import { Nf4Linear } from "../quantize/nf4-linear.js";
import { hasGradientOwner } from "../tensor/gradient-owner.js";
import type { Parameter } from "../tensor/parameter.js";
import { goneBase, trainedBiases, trainsBase } from "./in-place.js";
import { LoraEmbedding } from "./lora-embedding.js";
import { adaptedLayers, LoraLayer } from "./lora-layer.js";
import { LoraLinear, quantized } from "./lora-linear.js";
import {
  adapterConfig,
  LORA_OPTIONS,
  type LoraConfig,
  type LoraOptions,
  requireConsistent,
  withDefaults,
} from "./options.js";
import {
  namesOf,
  requireMeant,
  requireUnshared,
  savedModules,
  type Target,
  targetsIn,
} from "./targets.js";
import { rememberTrained, trainedIn, widened } from "./widening.js";

const aModule = kind<Module>("a module", (value) => value instanceof Module);

/** An adapter of a model. */
export interface Adapter {
  readonly config: LoraConfig;
  /** Ends of the names of the layers that it is on. */
  readonly targets: readonly string[];
}

interface Adapted {
  readonly adapters: Map<string, Adapter>;
  /** How many `disableAdapter` are open. */
  numDisabled: number;
  /** What was trained before the first adapter. */
  readonly trained: ReadonlySet<Parameter>;
}

const adaptedModels = new WeakMap<Module, Adapted>();

/**
 * Puts an adapter on layers of a model. The model's own parameters are trained no more, but for `modulesToSave` and `bias`; the
 * adapter is, and what the model computes stays the same until it has been. `booster.enableLora` under PEFT's name.
 * @throws RangeError when a name means no module of the model, or an adapter of that name is there
 */
export function addAdapter(model: Module, name: string, options: LoraOptions = {}): void {
  requireValue("addAdapter: model", model, aModule);
  requireValue("addAdapter: name", name, aName);
  checkOptions("addAdapter", options, LORA_OPTIONS);
  putNewAdapter("addAdapter", model, { name, options });
}

/** @param of the function as the user calls it */
export function putNewAdapter(
  of: string,
  model: Module,
  { options, ...as }: Omit<NewAdapter, "config"> & { readonly options: LoraOptions },
): void {
  const config = withDefaults(options);
  requireConsistent(of, config);
  requireMeant(of, model, config);
  putAdapter(of, model, { ...as, config });
}

/** What is put on a model. */
export interface NewAdapter {
  readonly name: string;
  readonly config: LoraConfig;
  /** Rounds the weights below it to four bits before, where they have no adapter yet. */
  readonly nf4?: Nf4Options | undefined;
}

/** @param of the function as the user calls it */
export function putAdapter(of: string, model: Module, { name, config, nf4 }: NewAdapter): void {
  const known = adaptedModels.get(model);
  if (known?.adapters.has(name) === true) {
    throw new RangeError(
      `${of}: the model has an adapter "${name}" already; take another name, or deleteAdapter(model, "${name}") first`,
    );
  }
  requireUnboosted(of, model);
  requireEnabled(of, model);
  requireOwnLayers(of, model);
  const targets = targetsIn(of, model, config);
  const whole = savedModules(of, model, config.modulesToSave);
  requireUnshared(of, model, [...targets, ...whole]);
  const withBase = [...adaptersOf(model).values()].some((adapter) => trainsBase(adapter.config));
  if (known !== undefined && (trainsBase(config) || withBase)) {
    throw new RangeError(
      `${of}: an adapter with modulesToSave or bias, which are trained in place, has a model to itself; merge the first one, or leave them out`,
    );
  }
  const trained = known?.trained ?? trainedIn(model);
  tellIfCutOff("a model was given an adapter in part: load the model again", () => {
    model.requiresGrad_(false);
    const adapters = known?.adapters ?? new Map<string, Adapter>();
    adapters.set(name, { config, targets: namesOf(targets, model, config) });
    adaptedModels.set(model, { adapters, numDisabled: 0, trained });
    for (const target of targets) adapt(model, target, { name, config, nf4 });
    for (const [, module] of whole) module.requiresGrad_();
    for (const [, parameter] of trainedBiases(model, config)) parameter.requiresGrad = true;
    model.partsChanged();
    activate(model, known === undefined ? [name] : activeAdapters(model));
  });
}

/** The adapters of a model by name. */
export function adaptersOf(model: Module): ReadonlyMap<string, Adapter> {
  return adaptedModels.get(model)?.adapters ?? new Map();
}

/**
 * The adapters that are computed and, unless the model was boosted before, trained; the others are as if they were not there.
 * Of several the updates are added.
 * @throws RangeError naming the adapters that there are
 */
export function setAdapter(model: Module, names: string | readonly string[]): void {
  requireValue("setAdapter: model", model, aModule);
  const chosen = typeof names === "string" ? [names] : names;
  requireValue("setAdapter: names", chosen, listOf(text));
  for (const name of chosen) requireAdapter("setAdapter", model, name);
  requireEnabled("setAdapter", model);
  for (const [name, adapter] of adaptersOf(model))
    if (trainsBase(adapter.config) && !chosen.includes(name))
      throw goneBase("setAdapter", adapter.config);
  wholly(() => activate(model, chosen));
}

/**
 * While it is open the model computes without its adapters:
 *
 *     { using _ = disableAdapter(model); model.generate(...); }
 */
export function disableAdapter(model: Module): Disposable {
  requireValue("disableAdapter: model", model, aModule);
  const adapted = requireSome("disableAdapter", model);
  const whole = [...adapted.adapters.values()].find((adapter) => trainsBase(adapter.config));
  if (whole !== undefined) throw goneBase("disableAdapter", whole.config);
  const before = layersOf(model).map((layer) => [layer, layer.activeAdapters] as const);
  const effect = openEffect(() => {
    adapted.numDisabled -= 1;
    for (const [layer, names] of before) layer.activeAdapters = names;
  });
  adapted.numDisabled += 1;
  for (const [layer] of before) layer.activeAdapters = [];
  return effect;
}

/**
 * Takes an adapter away.
 * @throws RangeError naming the adapters that there are, or when the model was boosted with it
 */
export function deleteAdapter(model: Module, name: string): void {
  requireValue("deleteAdapter: model", model, aModule);
  const adapter = requireAdapter("deleteAdapter", model, name);
  requireUnboosted("deleteAdapter", model);
  requireEnabled("deleteAdapter", model);
  if (trainsBase(adapter.config)) throw goneBase("deleteAdapter", adapter.config);
  removeAdapter(model, name);
}

export function removeAdapter(model: Module, name: string): void {
  tellIfCutOff("an adapter was removed in part: load the model again", () => {
    for (const layer of layersOf(model)) layer.deleteAdapter(name);
    model.partsChanged();
    adaptedModels.get(model)?.adapters.delete(name);
    const [next] = adaptersOf(model).keys();
    if (next === undefined) unload(model);
    else if (activeAdapters(model).length === 0) activate(model, [next]); // as PEFT does
  });
}

/**
 * Writes the active adapters into the weights and removes all adapters: the model is a plain one again, with the numbers of the
 * adapted one within rounding, and trains what it trained before. Weights of four bits are widened, also where the adapters
 * above them were deleted.
 */
export function mergeAndUnload<M extends Module>(model: M): M {
  requireValue("mergeAndUnload: model", model, aModule);
  if (!adaptedModels.has(model) && [...model.modules()].some((each) => each instanceof Nf4Linear))
    return widened(model);
  requireSome("mergeAndUnload", model);
  requireEnabled("mergeAndUnload", model);
  if (activeAdapters(model).length === 0) {
    throw new TypeError(
      `mergeAndUnload: no adapter is active, so there is nothing to merge; setAdapter(model, "${[...adaptersOf(model).keys()][0]}") makes one so`,
    );
  }
  tellIfCutOff("adapters were merged in part: load model and adapter again", () => {
    for (const layer of layersOf(model)) layer.merge();
    widened(model);
    unload(model);
  });
  return model;
}

/** @throws RangeError naming the adapters that there are */
export function requireAdapter(of: string, model: Module, name: string): Adapter {
  const adapters = adaptersOf(model);
  const found = adapters.get(name);
  if (found !== undefined) return found;
  const known = [...adapters.keys()].map((each) => `"${each}"`).join(", ") || "none";
  throw new RangeError(`${of}: the model has no adapter "${name}"; it has: ${known}`);
}

const aName = kind<string>(
  "a name of letters, digits, - and _",
  (value) => typeof value === "string" && /^[\w-]+$/.test(value),
);

function requireSome(of: string, model: Module): Adapted {
  const adapted = adaptedModels.get(model);
  if (adapted !== undefined) return adapted;
  throw new TypeError(
    `${of}: the model has no adapters; addAdapter or booster.enableLora gives it some`,
  );
}

function requireEnabled(of: string, model: Module): void {
  if ((adaptedModels.get(model)?.numDisabled ?? 0) === 0) return;
  throw new TypeError(
    `${of}: the model computes without adapters until disableAdapter ends; call it after that, and write { using _ = disableAdapter(model); ... }`,
  );
}

/** A module in the model may have been given adapters by itself, whose names this one does not know. */
function requireOwnLayers(of: string, model: Module): void {
  const known = adaptersOf(model);
  const strange = adaptedLayers(model).find(([, { adapterNames }]) =>
    adapterNames.some((name) => !known.has(name)),
  );
  if (strange === undefined) return;
  throw new TypeError(
    `${of}: ${strange[0]} has an adapter that a part of this model was given by itself; give adapters to the whole model, or mergeAndUnload(part) first`,
  );
}

function layersOf(model: Module): LoraLayer[] {
  return adaptedLayers(model).map(([, layer]) => layer);
}

/** Names of the adapters that are computed; none where the model has none. */
export function activeAdapters(model: Module): readonly string[] {
  requireValue("activeAdapters: model", model, aModule);
  return [...new Set(layersOf(model).flatMap(({ activeAdapters }) => activeAdapters))];
}

function adapt(model: Module, [name, layer]: Target, adapter: NewAdapter): void {
  const adapted = adaptable(layer, adapter.nf4);
  adapted.addAdapter(adapter.name, adapterConfig(adapter.config, name));
  if (adapted !== layer) model.replaceModule(name, adapted);
}

function adaptable(layer: Target[1], nf4: Nf4Options | undefined): LoraLayer {
  if (layer instanceof LoraLayer) return layer;
  if (layer instanceof Embedding) return new LoraEmbedding(layer);
  return new LoraLinear(nf4 === undefined ? layer : quantized(layer, nf4));
}

function activate(model: Module, names: readonly string[]): void {
  const boosted = isBoosted(model);
  for (const layer of layersOf(model)) {
    layer.activeAdapters = names;
    if (boosted) continue; // who averages gradients knows what was trained then
    for (const each of layer.adapterNames)
      for (const parameter of layer.adapterParameters(each))
        parameter.requiresGrad = names.includes(each);
  }
}

function unload(model: Module): void {
  for (const [name, layer] of adaptedLayers(model)) model.replaceModule(name, layer.baseLayer);
  const trained = adaptedModels.get(model)?.trained;
  for (const parameter of model.parameters())
    parameter.requiresGrad = trained?.has(parameter) === true;
  if (trained !== undefined) rememberTrained(model, trained);
  adaptedModels.delete(model);
}

function isBoosted(model: Module): boolean {
  return model.parameters().some(hasGradientOwner);
}

function requireUnboosted(of: string, model: Module): void {
  if (!isBoosted(model)) return;
  throw new TypeError(
    `${of}: the model was boosted before, and its optimizer trains what it had then; call it before booster.boost`,
  );
}
