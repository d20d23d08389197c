// Modules one after the other. They are the fields "0", "1", ..., so that state names are PyTorch's: `0.weight`.
import { describeValue } from "../arguments/describe-value.js";
import type { Tensor } from "../tensor/tensor.js";
import { Layer } from "./layer.js";
import { Module } from "./module.js";

/** Layers (activations.ts) of which there is a function as well. */
const ACTIVATIONS = ["ReLU", "GELU", "SiLU", "Tanh", "Sigmoid", "Softmax", "Dropout"];

/** A module that Sequential can chain. */
export type Chained = Module & { forward(x: Tensor): Tensor };

/** Modules one after the other, each given what the one before returned. State names are PyTorch's: `0.weight`. */
export class Sequential extends Layer implements Iterable<Chained> {
  readonly [index: number]: Chained;

  /** @throws TypeError naming the first argument that is no module with a `forward` */
  constructor(...modules: readonly Chained[]) {
    super();
    for (const [index, module] of modules.entries()) requireModule(index, module);
    Object.assign(this, modules);
  }

  /** Number of modules. */
  get length(): number {
    return this.children().length;
  }

  *[Symbol.iterator](): Generator<Chained> {
    yield* this.children() as Chained[];
  }

  /** Each module's output is the next one's input. */
  override forward(x: Tensor): Tensor {
    let output = x;
    for (const module of this) output = module.forward(output);
    return output;
  }
}

function requireModule(index: number, module: unknown): void {
  if (module instanceof Module && "forward" in module) return;
  throw new TypeError(
    `Sequential takes modules with a forward(x), argument ${index} is ${describeValue(module)}${remedyFor(module)}`,
  );
}

function remedyFor(given: unknown): string {
  if (Array.isArray(given)) return "; spread a list: new Sequential(...list)";
  if (typeof given !== "function") return "";
  if (given.prototype instanceof Module) return `; make one: new ${given.name}(...)`;
  const layer = ACTIVATIONS.find((name) => name.toLowerCase() === given.name.toLowerCase());
  return layer === undefined
    ? "; extend Module for what a function does"
    : `; its layer is new ${layer}()`;
}
