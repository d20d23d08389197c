// A linear layer with adapters: y = x Wᵀ + b + s (x Aᵀ) Bᵀ.
import type { MultipliesRows } from "../nn/cost.js";
import type { Layer } from "../nn/layer.js";
import { isPlainLinear, Linear } from "../nn/linear.js";
import type { Nf4Options } from "../quantize/nf4.js";
import { Nf4Linear, type WideLayer } from "../quantize/nf4-linear.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { addDirected, type Magnitude } from "./dora.js";
import {
  type Factor,
  LoraLayer,
  type LowRank,
  type MatrixSizes,
  zeroFactor,
} from "./lora-layer.js";

/** A linear layer that an adapter can be put on. */
export type AdaptableLinear = Layer & MultipliesRows & { readonly bias?: Parameter };

/** A layer and an adapter that one operator computes. */
export interface AdaptedProduct {
  /** In four bits, or a matrix and a bias and no more. */
  readonly base: AdaptableLinear;
  readonly update: LowRank;
}

/** A linear layer and what is added to it. */
export class LoraLinear extends LoraLayer<AdaptableLinear> implements MultipliesRows {
  override get isTransposed(): boolean {
    return this.baseLayer.isTransposed ?? false;
  }

  /** The largest of its active adapters. */
  get dropoutRate(): number {
    return Math.max(0, ...this.activeAdapters.map((name) => this.configOf(name).dropout));
  }

  override get storedFactors(): readonly [a: string, b: string] {
    return ["lora_A.weight", "lora_B.weight"];
  }

  /** Rounds the weight below to NF4 and frees it. Rows that DoRA's new adapter is to keep the length of are those rounded. */
  quantizeBase(options: Nf4Options, newAdapter?: string): void {
    this.baseLayer = quantized(this.baseLayer, options);
    if (newAdapter !== undefined && this.loraMagnitudeVector.has(newAdapter))
      this.beginMagnitude(newAdapter);
  }

  /** x (..., in) -> (..., out) */
  override forward(x: Tensor): Tensor {
    const product = this.product(x);
    if (product !== undefined) return multiply(x, product);
    return this.activeAdapters.reduce(
      (y, name) => this.#add(name, x, y),
      this.baseLayer.forward(x),
    );
  }

  /** A weight of four bits becomes the layer that it was. */
  override merge(): void {
    if (this.baseLayer instanceof Nf4Linear)
      this.baseLayer = this.baseLayer.wideLayer(this.mergedWeight());
    else super.merge();
  }

  /** For costs: the products of the base layer are counted by itself. */
  productFlops(): { readonly forward: number; readonly backward: number } {
    return { forward: 0, backward: 0 };
  }

  protected override get matrix(): Tensor {
    return this.isTransposed ? this.weight.t() : this.weight;
  }

  protected override get sizes(): MatrixSizes {
    const { baseLayer: layer } = this;
    if (layer instanceof Nf4Linear) return layer;
    const { shape, device, dtype } = layer.weight;
    const [rows, columns] = shape as [number, number];
    const [outFeatures, inFeatures] = layer.isTransposed ? [columns, rows] : [rows, columns];
    return { outFeatures, inFeatures, device, dtype };
  }

  /** A begins random. */
  protected override newFactors(r: number, sizes: MatrixSizes): readonly [a: Factor, b: Factor] {
    const { inFeatures, device, dtype } = sizes;
    const b = zeroFactor(r, sizes);
    return [new Linear(inFeatures, r, { bias: false, device, dtype }), b];
  }

  /**
   * What one operator computes the layer and its adapter of: undefined where dropout, DoRA, several adapters, dtypes or the base
   * layer do not allow it.
   */
  product(x: Tensor): AdaptedProduct | undefined {
    const [only, ...others] = this.activeAdapters;
    if (only === undefined || others.length > 0) return undefined;
    const { dropout, useDora } = this.configOf(only);
    if (useDora || (this.training && dropout > 0)) return undefined;
    const update = this.lowRank(only);
    if (update.a.dtype !== x.dtype) return undefined;
    const { baseLayer: base } = this;
    if (base instanceof Nf4Linear) return { base, update };
    const isPlain = isPlainLinear(base) || this.isTransposed;
    return isPlain && base.weight.dtype === x.dtype ? { base, update } : undefined;
  }

  #add(name: string, x: Tensor, y: Tensor): Tensor {
    const { dropout, useDora } = this.configOf(name);
    const { a, b, scaling } = this.lowRank(name);
    const isDropped = this.training && dropout > 0;
    const given = x.to(a.dtype);
    const seen = isDropped ? ops.aten.dropout(given, dropout, true) : given;
    const update = ops.notebooster.linear(ops.notebooster.linear(seen, a), b);
    if (!useDora) return y.add(update.mul(scaling).to(y.dtype));
    const magnitude = this.loraMagnitudeVector.get(name) as Magnitude;
    const base = isDropped ? ops.notebooster.linear(seen, this.matrix.to(seen.dtype)) : undefined;
    const { bias } = this.baseLayer;
    return addDirected(
      { y, base, bias, update },
      { weight: this.matrix, lowRank: { a, b, scaling }, magnitude: magnitude.weight },
    );
  }
}

function multiply(x: Tensor, { base, update }: AdaptedProduct): Tensor {
  if (base instanceof Nf4Linear) return base.product(x, update);
  const { a, b, scaling } = update;
  const options = { scaling, transposed: base.isTransposed ?? false };
  return ops.notebooster.lora_linear(x, base.weight, base.bias ?? null, a, b, options);
}

/** The layer with its weight in NF4, the memory of the old one freed; what is in four bits already is left. */
export function quantized(layer: AdaptableLinear, options: Nf4Options): AdaptableLinear {
  return layer instanceof Nf4Linear ? layer : Nf4Linear.of(layer as WideLayer, options);
}
