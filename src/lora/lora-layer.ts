// A layer with adapters (LoRA, Hu et al. 2021): the matrix W (out, in) of the layer below becomes W + s B A, of which only A (r, in)
// and B (out, r) are trained; s is alpha / r. Names of fields are PEFT's: `base_layer`, `lora_A.NAME`, `lora_B.NAME`.
import { Layer } from "../nn/layer.js";
import { Linear } from "../nn/linear.js";
import type { Module } from "../nn/module.js";
import type { DType } from "../tensor/dtype.js";
import { itemSize } from "../tensor/dtype.js";
import { noGrad } from "../tensor/grad-mode.js";
import { masterOf } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { Magnitude, mergedDirected } from "./dora.js";
import type { AdapterConfig } from "./options.js";

/** The matrices of one adapter on one layer. */
export interface LowRank<T extends Tensor = Tensor> {
  /** (r, in) */
  readonly a: T;
  /** (out, r) */
  readonly b: T;
  readonly scaling: number;
}

/** A module that is one matrix. */
export type Factor = Module & { readonly weight: Parameter };

/** What is known of a layer's matrix (out, in) without widening it. */
export interface MatrixSizes {
  readonly outFeatures: number;
  readonly inFeatures: number;
  readonly device: string;
  readonly dtype: DType;
}

/** A layer that has a weight, which may be made at each look. */
export type Weighted = Layer & { readonly weight: Tensor; readonly bias?: Parameter };

/** What layers with adapters have in common, whatever they compute with their matrix. */
export abstract class LoraLayer<Base extends Weighted = Weighted> extends Layer {
  /** Another one once its weight was rounded to four bits, or an adapter was merged into such a weight. */
  baseLayer: Base;
  readonly loraA = new Map<string, Factor>();
  readonly loraB = new Map<string, Factor>();
  readonly loraMagnitudeVector = new Map<string, Magnitude>();
  readonly #configs = new Map<string, AdapterConfig>();
  #active: readonly string[] = [];

  constructor(baseLayer: Base) {
    super();
    this.baseLayer = baseLayer;
    this.training = baseLayer.training;
  }

  /** Of the layer below; one of four bits is widened at each call. */
  get weight(): Base["weight"] {
    return this.baseLayer.weight;
  }

  /** Whether the weight is stored as (in, out), as GPT-2's linear layers hold theirs. */
  get isTransposed(): boolean {
    return false;
  }

  override get storedOtherwise(): string {
    return "adapters: write them with booster.saveLoraAsPretrained(model, folder), or the whole model after mergeAndUnload(model)";
  }

  /** How PEFT's files call A and B. */
  abstract readonly storedFactors: readonly [a: string, b: string];
  /** (out, in), a view */
  protected abstract get matrix(): Tensor;
  protected abstract get sizes(): MatrixSizes;
  /** A new A and B, whose product is zero. */
  protected abstract newFactors(r: number, sizes: MatrixSizes): readonly [a: Factor, b: Factor];

  /** A and B begin so that nothing changes at first. */
  addAdapter(name: string, config: AdapterConfig): void {
    const { dtype, ...sizes } = this.sizes;
    const isNarrow = itemSize(dtype) < itemSize("float32");
    const [a, b] = this.newFactors(config.r, { ...sizes, dtype: isNarrow ? "float32" : dtype });
    this.loraA.set(name, a);
    this.loraB.set(name, b);
    this.#configs.set(name, config);
    if (config.useDora) this.beginMagnitude(name);
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

  /** The weight (out, in) that the active adapters make of the base layer's, in float32 or wider. */
  mergedWeight(): Tensor {
    const base = wide(this.matrix);
    return noGrad(() =>
      this.#active.reduce((weight, name) => {
        const { a, b, scaling } = this.lowRank(name);
        const lowRank = { a: full(a), b: full(b), scaling };
        const magnitude = this.loraMagnitudeVector.get(name);
        return magnitude === undefined
          ? weight.add(lowRank.b.matmul(lowRank.a).mul(scaling))
          : mergedDirected({ weight, base }, lowRank, full(magnitude.weight));
      }, base),
    );
  }

  /** Writes the merged weight into the base layer. */
  merge(): void {
    const merged = this.mergedWeight();
    noGrad(() => this.matrix.copy_(merged));
  }

  protected beginMagnitude(name: string): void {
    this.loraMagnitudeVector.set(name, new Magnitude(this.matrix, this.lowRank(name)));
  }

  protected configOf(name: string): AdapterConfig {
    return this.#configs.get(name) as AdapterConfig;
  }

  protected lowRank(name: string): LowRank<Parameter> {
    const [a, b] = [this.loraA, this.loraB].map((of) => (of.get(name) as Factor).weight);
    return { a: a as Parameter, b: b as Parameter, scaling: this.configOf(name).scaling };
  }
}

/** Layers with adapters in a model, by name. */
export function adaptedLayers(model: Module): [name: string, layer: LoraLayer][] {
  return [...model.namedModules()].filter(
    (named): named is [string, LoraLayer] => named[1] instanceof LoraLayer,
  );
}

/** B (out, r) as a layer, of zeros. */
export function zeroFactor(r: number, { outFeatures, device, dtype }: MatrixSizes): Linear {
  const b = new Linear(r, outFeatures, { bias: false, device, dtype, initialize: false });
  noGrad(() => b.weight.zero_());
  return b;
}

/** In float32 or wider. */
function wide(x: Tensor): Tensor {
  return itemSize(x.dtype) < itemSize("float32") ? x.to("float32") : x;
}

/** A parameter's numbers in full precision. */
function full(parameter: Parameter): Tensor {
  return wide(masterOf(parameter) ?? parameter);
}
