// A linear layer with adapters (LoRA, Hu et al. 2021): y = x Wᵀ + b + s (x Aᵀ) Bᵀ, of which only A (r, in) and B (out, r) are
// trained; s is alpha / r. Names of fields are PEFT's: `base_layer`, `lora_A.NAME`, `lora_B.NAME`.
import type { MultipliesRows } from "../nn/cost.js";
import { Layer } from "../nn/layer.js";
import { isPlainLinear, Linear } from "../nn/linear.js";
import type { Nf4Options } from "../quantize/nf4.js";
import { Nf4Linear, type WideLayer } from "../quantize/nf4-linear.js";
import { itemSize } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { masterOf } from "../tensor/masters.js";
import { ops } from "../tensor/ops.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { addDirected, Magnitude, mergedDirected } from "./dora.js";
import type { AdapterConfig } from "./options.js";

/** A layer that an adapter can be put on. */
export type AdaptableLayer = Layer & MultipliesRows & { readonly bias?: Parameter };

/** The matrices of one adapter on one layer. */
export interface LowRank<T extends Tensor = Tensor> {
  /** (r, in) */
  readonly a: T;
  /** (out, r) */
  readonly b: T;
  readonly scaling: number;
}

export class LoraLinear extends Layer implements MultipliesRows {
  /** Another one once its weight was rounded to four bits, or an adapter was merged into such a weight. */
  baseLayer: AdaptableLayer;
  readonly loraA = new Map<string, Linear>();
  readonly loraB = new Map<string, Linear>();
  readonly loraMagnitudeVector = new Map<string, Magnitude>();
  readonly #configs = new Map<string, AdapterConfig>();
  #active: readonly string[] = [];

  constructor(baseLayer: AdaptableLayer) {
    super();
    this.baseLayer = baseLayer;
    this.training = baseLayer.training;
  }

  /** Of the layer below; one of four bits is widened at each call. */
  get weight(): Tensor {
    return this.baseLayer.weight;
  }
  get isTransposed(): boolean {
    return this.baseLayer.isTransposed ?? false;
  }

  /** The largest of its active adapters. */
  get dropoutRate(): number {
    return Math.max(0, ...this.#active.map((name) => this.#configs.get(name)?.dropout ?? 0));
  }

  override get storedOtherwise(): string {
    return "adapters: write them with booster.saveLoraAsPretrained(model, folder), or the whole model after mergeAndUnload(model)";
  }

  /** A begins random and B as zeros, so that nothing changes at first. */
  addAdapter(name: string, config: AdapterConfig): void {
    const { device, dtype, outFeatures, inFeatures } = matrixOf(this.baseLayer);
    const place = {
      bias: false,
      device,
      dtype: itemSize(dtype) < itemSize("float32") ? "float32" : dtype,
    } as const;
    const b = new Linear(config.r, outFeatures, { ...place, initialize: false });
    noGrad(() => b.weight.zero_());
    this.loraA.set(name, new Linear(inFeatures, config.r, place));
    this.loraB.set(name, b);
    this.#configs.set(name, config);
    if (config.useDora) this.#beginMagnitude(name);
  }

  /** Rounds the weight below to NF4 and frees it. Rows that DoRA's new adapter is to keep the length of are those rounded. */
  quantizeBase(options: Nf4Options, newAdapter?: string): void {
    this.baseLayer = quantized(this.baseLayer, options);
    if (newAdapter !== undefined && this.loraMagnitudeVector.has(newAdapter))
      this.#beginMagnitude(newAdapter);
  }

  deleteAdapter(name: string): void {
    for (const of of [this.loraA, this.loraB, this.loraMagnitudeVector, this.#configs])
      of.delete(name);
    this.#active = this.#active.filter((each) => each !== name);
  }

  get adapterNames(): readonly string[] {
    return [...this.#configs.keys()];
  }
  get activeAdapters(): readonly string[] {
    return this.#active;
  }
  /** Those that are computed; all others are as if they were not there. */
  set activeAdapters(names: readonly string[]) {
    this.#active = names.filter((name) => this.#configs.has(name));
  }

  override get settings(): string {
    return this.#active.join();
  }

  /** What is trained of an adapter. */
  adapterParameters(name: string): Parameter[] {
    const of = [this.loraA, this.loraB, this.loraMagnitudeVector];
    return of.flatMap((each) => each.get(name)?.weight ?? []);
  }

  /** x (..., in) -> (..., out) */
  override forward(x: Tensor): Tensor {
    const [only, ...others] = this.#active;
    const fused = only !== undefined && others.length === 0 ? this.#fused(only, x) : undefined;
    return (
      fused ?? this.#active.reduce((y, name) => this.#add(name, x, y), this.baseLayer.forward(x))
    );
  }

  /** The weight (out, in) that the active adapters make of the base layer's, in float32 or wider. */
  mergedWeight(): Tensor {
    const base = wide(this.#matrix);
    return noGrad(() =>
      this.#active.reduce((weight, name) => {
        const { a, b, scaling } = this.#lowRank(name);
        const lowRank = { a: full(a), b: full(b), scaling };
        const magnitude = this.loraMagnitudeVector.get(name);
        return magnitude === undefined
          ? weight.add(lowRank.b.matmul(lowRank.a).mul(scaling))
          : mergedDirected({ weight, base }, lowRank, full(magnitude.weight));
      }, base),
    );
  }

  /** Writes the merged weight into the base layer; one of four bits becomes the layer that it was. */
  merge(): void {
    const merged = this.mergedWeight();
    if (this.baseLayer instanceof Nf4Linear) this.baseLayer = this.baseLayer.wideLayer(merged);
    else noGrad(() => this.#matrix.copy_(merged));
  }

  /** For costs: the products of the base layer are counted by itself. */
  productFlops(): { readonly forward: number; readonly backward: number } {
    return { forward: 0, backward: 0 };
  }

  /** (out, in), a view */
  get #matrix(): Tensor {
    return this.isTransposed ? this.weight.t() : this.weight;
  }

  #beginMagnitude(name: string): void {
    this.loraMagnitudeVector.set(name, new Magnitude(this.#matrix, this.#lowRank(name)));
  }

  #lowRank(name: string): LowRank<Parameter> {
    const { scaling } = this.#configs.get(name) as AdapterConfig;
    const [a, b] = [this.loraA, this.loraB].map((of) => (of.get(name) as Linear).weight);
    return { a: a as Parameter, b: b as Parameter, scaling };
  }

  /** The layer and its adapter in one operator; undefined where dropout, DoRA, dtypes or the base layer do not allow it. */
  #fused(name: string, x: Tensor): Tensor | undefined {
    const { dropout, useDora } = this.#configs.get(name) as AdapterConfig;
    if (useDora || (this.training && dropout > 0)) return undefined;
    const { a, b, scaling } = this.#lowRank(name);
    if (this.baseLayer instanceof Nf4Linear)
      return a.dtype === x.dtype ? this.baseLayer.product(x, { a, b, scaling }) : undefined;
    const { weight, bias } = this.baseLayer;
    const isPlain = isPlainLinear(this.baseLayer) || this.isTransposed;
    if (!isPlain || weight.dtype !== x.dtype || a.dtype !== x.dtype) return undefined;
    const options = { scaling, transposed: this.isTransposed };
    return ops.notebooster.lora_linear(x, weight, bias ?? null, a, b, options);
  }

  #add(name: string, x: Tensor, y: Tensor): Tensor {
    const { dropout, useDora } = this.#configs.get(name) as AdapterConfig;
    const { a, b, scaling } = this.#lowRank(name);
    const isDropped = this.training && dropout > 0;
    const given = x.to(a.dtype);
    const seen = isDropped ? ops.aten.dropout(given, dropout, true) : given;
    const update = ops.notebooster.linear(ops.notebooster.linear(seen, a), b);
    if (!useDora) return y.add(update.mul(scaling).to(y.dtype));
    const magnitude = this.loraMagnitudeVector.get(name) as Magnitude;
    const base = isDropped ? ops.notebooster.linear(seen, this.#matrix.to(seen.dtype)) : undefined;
    const { bias } = this.baseLayer;
    return addDirected(
      { y, base, bias, update },
      { weight: this.#matrix, lowRank: { a, b, scaling }, magnitude: magnitude.weight },
    );
  }
}

/** The layer with its weight in NF4, the memory of the old one freed; what is in four bits already is left. */
export function quantized(layer: AdaptableLayer, options: Nf4Options): AdaptableLayer {
  return layer instanceof Nf4Linear ? layer : Nf4Linear.of(layer as WideLayer, options);
}

/** What is known of a layer's matrix (out, in) without widening it. */
function matrixOf(layer: AdaptableLayer) {
  if (layer instanceof Nf4Linear) return layer;
  const { shape, device, dtype } = layer.weight;
  const [rows, columns] = shape as [number, number];
  const [outFeatures, inFeatures] = layer.isTransposed ? [columns, rows] : [rows, columns];
  return { outFeatures, inFeatures, device, dtype };
}

/** In float32 or wider. */
function wide(x: Tensor): Tensor {
  return itemSize(x.dtype) < itemSize("float32") ? x.to("float32") : x;
}

/** A parameter's numbers in full precision. */
function full(parameter: Parameter): Tensor {
  return wide(masterOf(parameter) ?? parameter);
}
