// Groups of a model's parameters by what they are: those that most recipes leave without weight decay (norms and biases), those
// that only some do (embeddings), and those that are no hidden matrices, which Muon leaves to AdamW.
import { kind, requireValue } from "../arguments/checks.js";
import { requireNames } from "../arguments/options.js";
import { aModel } from "../booster/parts.js";
import { Embedding } from "../nn/embedding.js";
import type { Module } from "../nn/module.js";
import type { AdamWGroup } from "../optim/adamw.js";
import type { ParamGroup } from "../optim/optimizer.js";
import type { GivenGroup } from "../optim/rule-optimizer.js";
import type { Parameter } from "../tensor/parameter.js";

/**
 * What a parameter is: "bias" by its name; "norm" in a module whose class is called a norm; "embedding" in an `Embedding`, a head
 * that is tied to one too; "head" in the layer that gives logits; "matrix" any other with two dimensions; "other" the rest, as
 * convolution kernels.
 */
export type ParameterKind = "bias" | "norm" | "embedding" | "head" | "matrix" | "other";

/** Settings of the groups of some kinds. */
export type KindSettings<G extends ParamGroup> = Readonly<
  Partial<Record<ParameterKind, Partial<Omit<G, "parameters">>>>
>;

const KINDS: readonly ParameterKind[] = ["bias", "norm", "embedding", "head", "matrix", "other"];
const NO_DECAY = { weightDecay: 0 } as const;
const HEADS = new Set(["lm_head", "score", "classifier", "qa_outputs"]);

/**
 * A model's parameters in groups, for any optimizer: kinds with the same settings share a group, and kinds without settings have the
 * optimizer's. `new AdamW(parameterGroups(model), { weightDecay: 0.1 })` decays all but norms and biases;
 * `{ norm: { weightDecay: 0 }, bias: { weightDecay: 0 }, embedding: { weightDecay: 0 } }` leaves embeddings out as well.
 * @param settings by kind, default `{ norm: { weightDecay: 0 }, bias: { weightDecay: 0 } }`
 * @throws TypeError for what is no model, or a kind that does not exist
 */
export function parameterGroups<G extends ParamGroup = AdamWGroup>(
  model: Module,
  settings: KindSettings<G> = { norm: NO_DECAY, bias: NO_DECAY } as unknown as KindSettings<G>,
): GivenGroup<G>[] {
  requireValue("parameterGroups: model", model, aModel);
  requireNames("parameterGroups", settings, KINDS);
  for (const [name, given] of Object.entries(settings))
    if (given !== undefined) requireValue(`parameterGroups: ${name}`, given, someSettings);
  const groups: { readonly settings: object; readonly parameters: Parameter[] }[] = [];
  for (const [parameter, is] of kindsOf(model)) {
    const own = settings[is] ?? {};
    const found = groups.find((group) => isAlike(group.settings, own));
    if (found === undefined) groups.push({ settings: own, parameters: [parameter] });
    else found.parameters.push(parameter);
  }
  return groups.map((group) => ({ ...group.settings, parameters: group.parameters }) as never);
}

const someSettings = kind<object>(
  "an object of settings, as { weightDecay: 0 }",
  (value) => typeof value === "object" && value !== null && value.constructor === Object,
);

/** Each parameter once; one with several names is the first of `KINDS` among what they say. */
function kindsOf(model: Module): Map<Parameter, ParameterKind> {
  const modules = new Map(model.namedModules());
  const kinds = new Map<Parameter, ParameterKind>();
  for (const [name, parameter] of model.namedParameters("", { removeDuplicate: false })) {
    const is = kindOf(name, parameter, modules);
    const before = kinds.get(parameter) ?? "other";
    kinds.set(parameter, KINDS.indexOf(is) < KINDS.indexOf(before) ? is : before);
  }
  return kinds;
}

function kindOf(
  name: string,
  { shape }: Parameter,
  modules: ReadonlyMap<string, Module>,
): ParameterKind {
  const path = name.split(".");
  const last = path.pop() ?? "";
  while (path.length > 0 && !modules.has(path.join("."))) path.pop();
  const owner = modules.get(path.join("."));
  if (/(^|_)bias$/.test(last)) return "bias";
  if (/norm/i.test(owner?.constructor.name ?? "")) return "norm";
  if (owner instanceof Embedding) return "embedding";
  if (HEADS.has(path.at(-1) ?? "")) return "head";
  return shape.length === 2 ? "matrix" : "other";
}

function isAlike(a: object, b: object): boolean {
  const [of_a, of_b] = [Object.entries(a), Object.entries(b)];
  return (
    of_a.length === of_b.length &&
    of_a.every(([name, value]) => isSame(value, b[name as keyof object]))
  );
}

function isSame(a: unknown, b: unknown): boolean {
  return Array.isArray(a) && Array.isArray(b) ? a.join() === b.join() : Object.is(a, b);
}
