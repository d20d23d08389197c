// Linear layers that multiply the same x, some with adapters, in one operator: the narrow products with A are one then, and so are
// their gradients, and the gradient of x is summed where the large products end.
import type { Layer } from "../nn/layer.js";
import { isPlainLinear } from "../nn/linear.js";
import { Nf4Linear } from "../quantize/nf4-linear.js";
import { ops } from "../tensor/ops.js";
import type { Tensor } from "../tensor/tensor.js";
import type { LowRank } from "./lora-layer.js";
import { type AdaptableLinear, LoraLinear } from "./lora-linear.js";

/** A layer as an operator computes it with others. */
interface Product {
  readonly base: AdaptableLinear;
  readonly update?: LowRank;
}

/** x (..., in) -> (..., out) of each layer */
export function productsOf(x: Tensor, layers: readonly Layer[]): Tensor[] {
  return together(x, layers) ?? layers.map((layer) => layer.forward(x));
}

/** Undefined where no layer has an adapter, or they are to be computed one by one. */
function together(x: Tensor, layers: readonly Layer[]): Tensor[] | undefined {
  if (!layers.some((layer) => layer instanceof LoraLinear)) return undefined;
  const products = layers.map((layer) => productOf(layer, x));
  return isWhole(products) ? multiply(x, products) : undefined;
}

function productOf(layer: Layer, x: Tensor): Product | undefined {
  if (layer instanceof LoraLinear) return layer.product(x);
  if (layer instanceof Nf4Linear) return { base: layer };
  return isPlainLinear(layer) && layer.weight.dtype === x.dtype ? { base: layer } : undefined;
}

function isWhole(products: readonly (Product | undefined)[]): products is readonly Product[] {
  return products.every((each) => each !== undefined);
}

/** Undefined where some bases are in four bits and others are not, or some lie as (in, out). */
function multiply(x: Tensor, products: readonly Product[]): Tensor[] | undefined {
  const bases = products.map(({ base }) => base);
  const updates = products.map(({ update }) => update);
  if (bases.every((base) => base instanceof Nf4Linear))
    return Nf4Linear.products(x, bases, updates);
  const transposed = bases[0]?.isTransposed ?? false;
  const areAlike = bases.every(
    (base) => !(base instanceof Nf4Linear) && (base.isTransposed ?? false) === transposed,
  );
  if (!areAlike) return undefined;
  return ops.notebooster.lora_linears(
    x,
    bases.map(({ weight }) => weight),
    bases.map(({ bias }) => bias ?? null),
    updates.map((update) => update?.a ?? null),
    updates.map((update) => update?.b ?? null),
    { scalings: updates.map((update) => update?.scaling ?? 1), transposed },
  );
}
