// Which layers of a model get an adapter. As in PEFT a name is meant by its end: "q_proj" is every module called so.
import { nearest } from "../arguments/nearest.js";
import { multipliesRows } from "../nn/cost.js";
import { Embedding } from "../nn/embedding.js";
import { Layer } from "../nn/layer.js";
import type { Module } from "../nn/module.js";
import { Nf4Linear } from "../quantize/nf4-linear.js";
import type { Parameter } from "../tensor/parameter.js";
import { LoraEmbedding } from "./lora-embedding.js";
import { LoraLayer } from "./lora-layer.js";
import { type AdaptableLinear, LoraLinear } from "./lora-linear.js";
import { endMatches, type LoraConfig } from "./options.js";

/** A layer to adapt, or one that is adapted already, with its name in the model. */
export type Target = readonly [name: string, layer: AdaptableLinear | Embedding | LoraEmbedding];
/** One that is linear. */
export type LinearTarget = readonly [name: string, layer: AdaptableLinear];

export type NamedModule = readonly [name: string, module: Module];

/**
 * The layers that `targetModules` means, without those trained whole, excluded, or of other layers than `layersToTransform`.
 * @throws RangeError when none is meant, TypeError when one is neither linear nor an embedding
 */
export function targetsIn(of: string, model: Module, config: LoraConfig): Target[] {
  const { targetModules } = config;
  const meant = targetModules === "all-linear" ? allLinear(model, config) : named(model, config);
  const other = meant.find((each) => !isTarget(each));
  if (other !== undefined) {
    throw new TypeError(
      `${of}: targetModules: ${other[0]} is a ${other[1].constructor.name}; adapters go on linear layers and embeddings, others can be trained whole by modulesToSave`,
    );
  }
  if (meant.length > 0) return meant.filter(isTarget);
  if (targetModules !== "all-linear") requireEach(`${of}: targetModules`, targetModules, model);
  throw new RangeError(
    `${of}: targetModules: ${isNarrowed(config) ? "excludeModules, layersToTransform and modulesToSave leave no layer" : "the model has no linear layers but its head"}`,
  );
}

/** All linear layers of the model but the head, as `targetsIn` means them unless told otherwise. */
export function allLinear(model: Module, config: LoraConfig): LinearTarget[] {
  const sharer = sharersIn(model);
  return allowed(model, config)
    .filter(isLinear)
    .filter((target) => !isHead(target, model) && sharer(target) === undefined);
}

/**
 * Refuses names and patterns that mean nothing in the model, which in a file of another program's are no fault.
 * @throws RangeError naming the first, and the names that there are
 */
export function requireMeant(of: string, model: Module, config: LoraConfig): void {
  const { targetModules, excludeModules } = config;
  if (targetModules !== "all-linear") requireEach(`${of}: targetModules`, targetModules, model);
  if (excludeModules instanceof RegExp || excludeModules.length > 0)
    requireEach(`${of}: excludeModules`, excludeModules, model);
  const targets = targetsIn(of, model, config);
  for (const option of ["rankPattern", "alphaPattern"] as const)
    for (const pattern of Object.keys(config[option]))
      if (!targets.some(([name]) => endMatches(name, pattern)))
        throw new RangeError(
          `${of}: ${option}: no layer with an adapter ends in "${pattern}"; the first is ${targets[0]?.[0]}`,
        );
}

/**
 * Modules that are trained whole, by the ends of their names.
 * @throws RangeError when a name means none
 */
export function savedModules(of: string, model: Module, names: readonly string[]): NamedModule[] {
  const modules = outermost(model);
  return names.flatMap((end) => {
    const meant = modules.filter(([name]) => endsWith(name, end));
    if (meant.length === 0) throw noModule(`${of}: modulesToSave`, end, modules);
    return meant;
  });
}

/** The shortest list of ends that with `config` means these layers and no others; PEFT reads it back as the same. */
export function namesOf(targets: readonly Target[], model: Module, config: LoraConfig): string[] {
  const ends = [...new Set(targets.map(([name]) => name.split(".").at(-1) as string))].sort();
  const meant = named(model, { ...config, targetModules: ends });
  return meant.length === targets.length ? ends : targets.map(([name]) => name);
}

/** Modules that `targetModules` names, where adapters are allowed. */
function named(model: Module, config: LoraConfig): NamedModule[] {
  const targets = config.targetModules as RegExp | readonly string[];
  return allowed(model, config).filter(([name]) => isMeant(name, targets));
}

/** Modules that may get an adapter, whatever they are. */
function allowed(model: Module, config: LoraConfig): NamedModule[] {
  const { modulesToSave, excludeModules, layersToTransform, layersPattern } = config;
  const layers = [layersToTransform].flat();
  const patterns = [layersPattern].flat();
  return outermost(model).filter(
    ([name]) =>
      !(isWithin(name, modulesToSave) || isMeant(name, excludeModules)) &&
      (layers.length === 0 || layers.includes(layerOf(name, patterns) ?? -1)),
  );
}

/** The first number in a name, after `patterns` where there are any. */
function layerOf(name: string, patterns: readonly string[]): number | undefined {
  const forms = patterns.map((each) => `^(?:.*?\\.)?(?:${each})\\.(?<at>\\d+)\\.`);
  for (const form of forms.length > 0 ? forms : ["^.*?\\.[^.]*\\.(?<at>\\d+)\\."]) {
    const at = new RegExp(form, "u").exec(name)?.groups?.["at"];
    if (at !== undefined) return Number(at);
  }
  return undefined;
}

function isNarrowed({ modulesToSave, excludeModules, layersToTransform }: LoraConfig): boolean {
  const lists = [modulesToSave, excludeModules, [layersToTransform].flat()];
  return lists.some((each) => each instanceof RegExp || each.length > 0);
}

/** Modules by name; what is inside an adapted layer is none of the model's own. */
function outermost(model: Module): NamedModule[] {
  const all = [...model.namedModules()].filter(([name]) => name !== "");
  const adapted = all.filter(([, module]) => module instanceof LoraLayer).map(([name]) => name);
  return all.filter(([name]) => !adapted.some((above) => name.startsWith(`${above}.`)));
}

function isTarget(named: NamedModule): named is Target {
  const [, module] = named;
  return isLinear(named) || module.constructor === Embedding || module instanceof LoraEmbedding;
}

function isLinear(named: NamedModule): named is LinearTarget {
  const [, module] = named;
  if (module instanceof Nf4Linear || module instanceof LoraLinear) return true;
  return module instanceof Layer && multipliesRows(module) && module.weight.ndim === 2;
}

function isHead([, layer]: LinearTarget, model: Module): boolean {
  const base = layer instanceof LoraLinear ? layer.baseLayer : layer;
  if (base instanceof Nf4Linear) return false; // to ask for its weight is to widen it
  return base.weight === headWeight(model);
}

function isMeant(name: string, targets: RegExp | readonly string[]): boolean {
  if (targets instanceof RegExp) return wholeOf(targets).test(name);
  return targets.some((end) => endsWith(name, end));
}

function wholeOf({ source, flags }: RegExp): RegExp {
  return new RegExp(`^(?:${source})$`, flags.replace("g", ""));
}

function endsWith(name: string, end: string): boolean {
  return name === end || name.endsWith(`.${end}`);
}

function isWithin(name: string, ends: readonly string[]): boolean {
  return ends.some((end) => endsWith(name, end) || `.${name}.`.includes(`.${end}.`));
}

/** Finds by what name another module holds a weight of the one given, as tied heads hold the embedding's; undefined: none does. */
export function sharersIn(model: Module): (named: NamedModule) => string | undefined {
  const names = new Map<Parameter, string[]>();
  for (const [name, parameter] of model.namedParameters("", { removeDuplicate: false }))
    names.set(parameter, [...(names.get(parameter) ?? []), name]);
  return ([path, module]) =>
    module
      .parameters()
      .flatMap((parameter) => names.get(parameter) ?? [])
      .find((name) => !name.startsWith(`${path}.`));
}

/** @throws RangeError for weights that another module computes with too: PEFT trains or merges a copy, here both would change */
export function requireUnshared(of: string, model: Module, modules: readonly NamedModule[]): void {
  const sharer = sharersIn(model);
  for (const named of modules) {
    const other = sharer(named);
    if (other === undefined) continue;
    throw new RangeError(
      `${of}: ${named[0]} shares its weight with ${other}, and both would change; leave it out, ${untying(model)}`,
    );
  }
}

/** How a model gets a head of its own. */
function untying(model: Module): string {
  if (!("config" in model)) return "or give one of them a weight of its own";
  const made = `new ${model.constructor.name}({ ...model.config, tieWordEmbeddings: false })`;
  return `or untie them first: const untied = ${made}; untied.loadStateDict(model.stateDict())`;
}

function headWeight(model: Module): unknown {
  return "headWeight" in model ? model.headWeight : undefined;
}

/** @throws RangeError for the first that means no module of the model */
function requireEach(what: string, means: RegExp | readonly string[], model: Module): void {
  const modules = outermost(model);
  const ends = means instanceof RegExp ? [means] : means;
  for (const end of ends) {
    const isSome = modules.some(([name]) => isMeant(name, end instanceof RegExp ? end : [end]));
    if (!isSome) throw noModule(what, String(end), modules);
  }
  if (ends.length === 0)
    throw new RangeError(`${what}: an empty list means no layer; give names or "all-linear"`);
}

function noModule(what: string, end: string, modules: NamedModule[]): RangeError {
  const ends = [...new Set(modules.map(([name]) => name.split(".").at(-1) as string))];
  const known = ends.filter((one) => !/^\d+$/.test(one));
  const [near] = nearest(end, known);
  const hint = near === undefined ? "; there are" : `; did you mean "${near}"? There are`;
  return new RangeError(`${what}: no module is called "${end}"${hint}: ${known.join(", ")}`);
}
