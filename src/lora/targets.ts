// Which layers of a model get an adapter. As in PEFT a name is meant by its end: "q_proj" is every module called so.
import { nearest } from "../arguments/nearest.js";
import { multipliesRows } from "../nn/cost.js";
import { Layer } from "../nn/layer.js";
import type { Module } from "../nn/module.js";
import { Nf4Linear } from "../quantize/nf4-linear.js";
import type { Parameter } from "../tensor/parameter.js";
import { type AdaptableLayer, LoraLinear } from "./lora-linear.js";
import type { LoraConfig } from "./options.js";

/** A layer to adapt, with its name in the model. */
export type Target = readonly [name: string, layer: AdaptableLayer];

export type NamedModule = readonly [name: string, module: Module];

/**
 * The layers that `targetModules` means, without those trained whole.
 * @throws RangeError when a name means none, TypeError when it means what is no linear layer
 */
export function targetsIn(
  of: string,
  model: Module,
  { targetModules, modulesToSave }: LoraConfig,
): Target[] {
  const modules = outermost(model).filter(([name]) => !isWithin(name, modulesToSave));
  if (targetModules === "all-linear") {
    const sharer = sharersIn(model);
    const linear = modules
      .filter(isTarget)
      .filter((target) => !isHead(target, model) && sharer(target) === undefined);
    if (linear.length > 0) return linear;
    throw new RangeError(`${of}: targetModules: the model has no linear layers but its head`);
  }
  const meant = modules.filter(([name]) => isMeant(name, targetModules));
  requireEach(of, targetModules, modules);
  const other = meant.find((each) => !isTarget(each));
  if (other === undefined) return meant.filter(isTarget);
  throw new TypeError(
    `${of}: targetModules: ${other[0]} is a ${other[1].constructor.name}; adapters go on linear layers, others can be trained whole by modulesToSave`,
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

/** The shortest list of ends that means these layers and no others; PEFT reads it back as the same. */
export function namesOf(targets: readonly Target[], model: Module): string[] {
  const ends = [...new Set(targets.map(([name]) => name.split(".").at(-1) as string))].sort();
  const meant = outermost(model).filter(([name]) => isMeant(name, ends));
  return meant.length === targets.length ? ends : targets.map(([name]) => name);
}

/** Modules by name; what is inside an adapted layer is none of the model's own. */
function outermost(model: Module): NamedModule[] {
  const all = [...model.namedModules()].filter(([name]) => name !== "");
  const adapted = all.filter(([, module]) => module instanceof LoraLinear).map(([name]) => name);
  return all.filter(([name]) => !adapted.some((above) => name.startsWith(`${above}.`)));
}

function isTarget(named: NamedModule): named is Target {
  const [, module] = named;
  if (module instanceof Nf4Linear) return true;
  return module instanceof Layer && multipliesRows(module) && module.weight.ndim === 2;
}

function isHead([, layer]: Target, model: Module): boolean {
  return !(layer instanceof Nf4Linear) && layer.weight === headWeight(model);
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

function requireEach(
  of: string,
  targets: RegExp | readonly string[],
  modules: NamedModule[],
): void {
  const ends = targets instanceof RegExp ? [targets] : targets;
  for (const end of ends) {
    const isSome = modules.some(([name]) => isMeant(name, end instanceof RegExp ? end : [end]));
    if (!isSome) throw noModule(`${of}: targetModules`, String(end), modules);
  }
  if (ends.length === 0)
    throw new RangeError(
      `${of}: targetModules: an empty list means no layer; give names or "all-linear"`,
    );
}

function noModule(what: string, end: string, modules: NamedModule[]): RangeError {
  const ends = [...new Set(modules.map(([name]) => name.split(".").at(-1) as string))];
  const known = ends.filter((one) => !/^\d+$/.test(one));
  const [near] = nearest(end, known);
  const hint = near === undefined ? "; there are" : `; did you mean "${near}"? There are`;
  return new RangeError(`${what}: no module is called "${end}"${hint}: ${known.join(", ")}`);
}
