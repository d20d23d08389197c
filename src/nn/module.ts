// A part of a model: parameters, buffers and sub-modules are its fields. A field's name in camel case is its name in a
// checkpoint in snake case (`qProj` -> `q_proj`), so that state names equal those of transformers; one that begins with a
// capital (`LayerNorm`) stays as it is.

import { snakeCase } from "../arguments/cases.js";
import { boolean, kind, requireValue, text } from "../arguments/checks.js";
import { nearest } from "../arguments/nearest.js";
import { isPlainObject } from "../arguments/plain-object.js";
import { refuseSurplus } from "../arguments/surplus.js";
import { nameHolders } from "../device/holders.js";
import { Parameter } from "../tensor/parameter.js";
import { placementOf, type Target } from "../tensor/placement.js";
import { Tensor } from "../tensor/tensor.js";
import { type Described, describeAsHtml, describeAsText } from "./describe-module.js";
import { guardParameters } from "./parameter-fields.js";
import { place } from "./place.js";
import {
  type LoadedState,
  type LoadStateOptions,
  loadState,
  type StateDict,
} from "./state-dict.js";

/** Options of `namedParameters` and `namedBuffers`. */
export interface NamedOptions {
  /** False: a shared tensor appears under each of its names; default true. */
  readonly removeDuplicate?: boolean;
}

/**
 * A part of a model. Its fields that are parameters, buffers (other tensors) or modules are its own and name its weights in
 * a checkpoint; they may also stand in arrays, plain objects and maps. Private fields (`#cache`) are not looked at: what a pass
 * leaves behind belongs there. A tensor that has a gradient to hand on is no buffer, and neither is one that was freed.
 */
export abstract class Module {
  /** False while evaluating: layers such as dropout then do nothing. */
  training = true as boolean;

  constructor() {
    nameHolders(this);
  }

  /**
   * Parameters by checkpoint name, in PyTorch's order: a module's own before those of the modules in it, each in the order
   * of the fields. Shared ones appear under their first name.
   */
  *namedParameters(
    prefix = "",
    options: NamedOptions = {},
  ): Generator<[name: string, parameter: Parameter]> {
    for (const [name, value] of this.#namedTensors(prefix, options))
      if (value instanceof Parameter) yield [name, value];
  }

  /** Tensors that are saved and moved with the module and not trained, such as running means, by checkpoint name. */
  *namedBuffers(
    prefix = "",
    options: NamedOptions = {},
  ): Generator<[name: string, buffer: Tensor]> {
    for (const [name, value] of this.#namedTensors(prefix, options))
      if (!(value instanceof Parameter)) yield [name, value];
  }

  /** Each parameter once, in the order of `namedParameters`. */
  parameters(...more: never[]): Parameter[] {
    refuseSurplus("parameters()", more, "namedParameters() says by name whose each is");
    return [...this.namedParameters()].map(([, parameter]) => parameter);
  }

  /** Each buffer once, in the order of `namedBuffers`. */
  buffers(): Tensor[] {
    return [...this.namedBuffers()].map(([, buffer]) => buffer);
  }

  /** The modules directly in this one by name; those of a list are `NAME.0`, `NAME.1`, ... */
  *namedChildren(): Generator<[name: string, child: Module]> {
    for (const { name, value } of this.#fields()) if (value instanceof Module) yield [name, value];
  }

  /** The modules directly in this one. */
  children(): Module[] {
    return [...this.namedChildren()].map(([, child]) => child);
  }

  /** This module, named `prefix` ("" unless given), and all below it by name. */
  *namedModules(prefix = ""): Generator<[name: string, module: Module]> {
    yield* this.#walk(prefix, []);
  }

  /** This module and all below it. */
  *modules(): Generator<Module> {
    for (const [, module] of this.namedModules()) yield module;
  }

  /** Number of elements of all parameters, shared ones counted once. */
  numParameters(): number {
    return this.parameters().reduce((sum, parameter) => sum + parameter.numel, 0);
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
  }

  /** Whether the parameters are trained; false freezes them all. */
  requiresGrad_(requiresGrad = true): this {
    requireValue(`${this.constructor.name}.requiresGrad_: requiresGrad`, requiresGrad, boolean);
    for (const parameter of this.parameters()) parameter.requiresGrad = requiresGrad;
    return this;
  }

  /** Sets `training` here and in all modules below. */
  train(mode = true): this {
    requireValue(`${this.constructor.name}.train: mode`, mode, boolean);
    for (const module of this.modules()) module.training = mode;
    return this;
  }

  /** Sets `training` to false here and in all modules below. */
  eval(): this {
    return this.train(false);
  }

  /**
   * Converts and moves parameters and buffers: `model.to("bfloat16")`, `model.to("cuda", "bfloat16")`, `model.to({ dtype, device })`.
   * A dtype is for those of floating point; the others keep theirs.
   */
  to(target: Target, other?: Target): this {
    place([...this.parameters(), ...this.buffers()], placementOf(target, other));
    return this;
  }

  /** Parameters and buffers under all their names, without gradient; the memory is the module's own. */
  stateDict(): StateDict {
    const named = [...this.#namedTensors("", { removeDuplicate: false })];
    return Object.fromEntries(named.map(([name, tensor]) => [name, tensor.detach()]));
  }

  /**
   * Copies a `stateDict` into parameters and buffers. Nothing is changed unless all fits.
   * @param options `strict: false` lets names be missing or left over, and returns them; default true
   * @throws RangeError listing what is missing, left over or of another shape
   */
  loadStateDict(state: StateDict, options: LoadStateOptions = {}): LoadedState {
    return loadState(
      Object.fromEntries(this.#namedTensors("", { removeDuplicate: false })),
      state,
      options,
    );
  }

  /**
   * Puts `module` into the place of the one with this name ("layers.0.up_proj"), as adapters and quantised layers do.
   * @throws RangeError naming the nearest module when there is none
   */
  replaceModule(name: string, module: Module): void {
    requireValue("replaceModule: name", name, text);
    requireValue("replaceModule: module", module, aModule);
    for (const [path, parent] of this.namedModules()) {
      const field = [...parent.#fields()].find((each) => join(path, each.name) === name);
      if (field?.value instanceof Module) {
        field.replace(module);
        return;
      }
    }
    const names = [...this.namedModules()].map(([path]) => path).filter((path) => path !== "");
    const near = nearestPath(name, names);
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    throw new RangeError(`replaceModule: there is no module ${name}${hint}`);
  }

  /** What beside its parameters decides what it computes, as text: a block is computed again only while it is the same. */
  get settings(): string {
    return "";
  }

  /** To be called where the parameters of modules in this one have changed: what was made of the old ones is forgotten. */
  partsChanged(): void {
    // a plain module makes nothing of them
  }

  *#namedTensors(
    prefix: string,
    { removeDuplicate = true }: NamedOptions,
  ): Generator<[name: string, tensor: Tensor]> {
    const seen = new Set<Tensor>();
    for (const [path, module] of this.#walk(prefix, [])) {
      for (const { name, value } of tensorsOf(module.#fields())) {
        if (removeDuplicate && seen.has(value)) continue;
        seen.add(value);
        yield [join(path, name), value];
      }
    }
  }

  /** @param above the modules that this one is in */
  *#walk(path: string, above: readonly Module[]): Generator<[path: string, module: Module]> {
    if (above.includes(this)) throw containsItself(this, path);
    yield [path, this];
    for (const [name, child] of this.namedChildren())
      yield* child.#walk(join(path, name), [...above, this]);
  }

  *#fields(): Generator<Field> {
    guardParameters(this);
    for (const [key, value] of Object.entries(this)) {
      const replace = (module: Module) => void Object.assign(this, { [key]: module });
      yield* fieldsIn(snakeCase(key), value, replace);
    }
  }

  /** What this module adds to a model that files of models have no place for, and the remedy; undefined: nothing. */
  get storedOtherwise(): string | undefined {
    return undefined;
  }

  /** The tree of sub-modules with parameter counts. */
  toString(): string {
    return describeAsText(this.#described());
  }
  [Symbol.for("Jupyter.display")](): Record<string, string> {
    return { "text/plain": this.toString(), "text/html": describeAsHtml(this.#described()) };
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** What a printed tree calls this module. */
  protected get title(): string {
    return this.constructor.name;
  }

  #described(): Described {
    const children: [name: string, child: Parameter | Described][] = [];
    for (const { name, value } of this.#fields()) {
      if (value instanceof Module) children.push([name, value.#described()]);
      else if (value instanceof Parameter) children.push([name, value]);
    }
    return { title: this.title, children };
  }
}

function join(prefix: string, name: string): string {
  return prefix === "" || prefix.endsWith(".") ? prefix + name : `${prefix}.${name}`;
}

const aModule = kind<Module>("a module", (value) => value instanceof Module);

interface Field {
  readonly name: string;
  readonly value: Module | Tensor;
  /** Puts another module into its place. */
  replace(module: Module): void;
}

/** What a field holds: itself, or the members of an array, a plain object or a map, which are `NAME.KEY`. */
function* fieldsIn(name: string, value: unknown, replace: Field["replace"]): Generator<Field> {
  if (value instanceof Module || value instanceof Tensor) yield { name, value, replace };
  else if (value instanceof Map) {
    for (const [key, item] of value)
      yield* fieldsIn(`${name}.${key}`, item, (module) => void value.set(key, module));
  } else if (Array.isArray(value) || isPlainObject(value)) {
    for (const [key, item] of Object.entries(value))
      yield* fieldsIn(
        `${name}.${key}`,
        item,
        (module) => void Object.assign(value, { [key]: module }),
      );
  }
}

/** Of the paths as long as `wrong`, if there are, the nearest: "model" is not meant by "model.layer.0". */
function nearestPath(wrong: string, paths: readonly string[]): string | undefined {
  const depth = (path: string): number => path.split(".").length;
  return nearest(
    wrong,
    paths.filter((path) => depth(path) === depth(wrong)),
  )[0];
}

/** Parameters first, then buffers. */
function tensorsOf(fields: Iterable<Field>): (Field & { readonly value: Tensor })[] {
  const tensors = [...fields].filter(isTensorField);
  return [true, false].flatMap((areParameters) =>
    tensors.filter(({ value }) => value instanceof Parameter === areParameters),
  );
}

/** What a pass left in a field, freed since or part of a graph, is no buffer. */
function isTensorField(field: Field): field is Field & { readonly value: Tensor } {
  const { value } = field;
  if (value instanceof Parameter) return true;
  return value instanceof Tensor && !value.isDisposed && !value.requiresGrad;
}

function containsItself(module: Module, path: string): TypeError {
  return new TypeError(
    `${module.constructor.name} contains itself as ${path}; keep what a module is in, not what it consists of, in a private field: #parent`,
  );
}
