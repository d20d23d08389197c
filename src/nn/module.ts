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
    const fields = [...this.#fields()];
    for (const [name, child] of fields)
      if (child instanceof Parameter) yield [prefix + name, child];
    for (const [name, child] of fields)
      if (child instanceof Module) yield* child.namedParameters(`${prefix}${name}.`);
  }

  /** Each parameter once, in the same order. */
  parameters(): Parameter[] {
    const found = new Set<Parameter>();
    this.#addParameters(found);
    return [...found];
  }

  /** Without names, which cost more than all else: every block of a model is asked in every step. */
  #addParameters(found: Set<Parameter>): void {
    for (const value of Object.values(this)) if (value instanceof Parameter) found.add(value);
    for (const child of this.children()) child.#addParameters(found);
  }

  /** The modules directly in this one by name; those of a list are `NAME.0`, `NAME.1`, ... */
  *namedChildren(): Generator<[name: string, child: Module]> {
    for (const [name, child] of this.#fields()) if (child instanceof Module) yield [name, child];
  }

  /** The modules directly in this one. */
  children(): Module[] {
    const values: unknown[] = Object.values(this).flat();
    return values.filter((value) => value instanceof Module);
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
      if (value instanceof Parameter || value instanceof Module) yield [snakeCase(field), value];
      if (Array.isArray(value)) yield* modulesIn(value, snakeCase(field));
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
