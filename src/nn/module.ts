// A part of a model: parameters and sub-modules are its fields. A field's name in camel case is its name in a
// checkpoint in snake case (`qProj` -> `q_proj`), so that state names equal those of transformers.
import { boolean, requireValue } from "../arguments/checks.js";
import { nameHolders } from "../device/holders.js";
import { Parameter } from "../tensor/parameter.js";
import { type Described, describeAsHtml, describeAsText } from "./describe-module.js";

/** A part of a model: its fields that are parameters or modules are its own, and name its weights in a checkpoint. */
export abstract class Module {
  /** False while evaluating: layers such as dropout then do nothing. */
  training = true as boolean;

  constructor() {
    nameHolders(this);
  }

  /**
   * Parameters by checkpoint name, in PyTorch's order: a module's own before those of the modules in it, each in the order
   * of the fields. Shared ones appear under each name.
   */
  *namedParameters(prefix = ""): Generator<[name: string, parameter: Parameter]> {
    for (const [name, child] of this.#fields())
      if (child instanceof Parameter) yield [prefix + name, child];
    for (const [name, child] of this.namedChildren())
      yield* child.namedParameters(`${prefix}${name}.`);
  }

  /** Each parameter once. */
  parameters(): Parameter[] {
    return [...new Set([...this.namedParameters()].map(([, parameter]) => parameter))];
  }

  /** The modules directly in this one by name; those of a list are `NAME.0`, `NAME.1`, ... */
  *namedChildren(): Generator<[name: string, child: Module]> {
    for (const [name, child] of this.#fields()) if (child instanceof Module) yield [name, child];
  }

  /** The modules directly in this one. */
  children(): Module[] {
    return [...this.namedChildren()].map(([, child]) => child);
  }

  /** This module and all below it. */
  *modules(): Generator<Module> {
    yield this;
    for (const [, child] of this.namedChildren()) yield* child.modules();
  }

  /** Number of elements of all parameters, shared ones counted once. */
  numParameters(): number {
    return this.parameters().reduce((sum, parameter) => sum + parameter.numel, 0);
  }

  /** Forgets the gradients of all parameters. */
  zeroGrad(): void {
    for (const parameter of this.parameters()) parameter.grad = null;
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

  *#fields(): Generator<[name: string, child: Parameter | Module]> {
    for (const [field, value] of Object.entries(this)) {
      const name = snakeCase(field);
      if (value instanceof Parameter || value instanceof Module) yield [name, value];
      if (Array.isArray(value)) yield* modulesIn(value, name);
    }
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
    const children = [...this.#fields()].map(
      ([name, child]) => [name, child instanceof Parameter ? child : child.#described()] as const,
    );
    return { title: this.title, children };
  }
}

function* modulesIn(
  list: readonly unknown[],
  name: string,
): Generator<[name: string, child: Module]> {
  for (const [index, item] of list.entries()) {
    if (item instanceof Module) yield [`${name}.${index}`, item];
  }
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
