// A frozen linear layer whose weight is in NF4. It has no parameter but its bias: what is trained is an adapter beside it.
import { requireValue } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";
import { type MultipliesRows, productFlops } from "../nn/cost.js";
import { Layer } from "../nn/layer.js";
import { Linear } from "../nn/linear.js";
import { holdParameter } from "../nn/parameter-fields.js";
import { aDevice, aDType } from "../tensor/arguments.js";
import { empty } from "../tensor/create.js";
import type { DType } from "../tensor/dtype.js";
import { ops } from "../tensor/ops.js";
import { noteOrigin, type Origin, originOf } from "../tensor/origins.js";
import { Parameter } from "../tensor/parameter.js";
import { replaceMemory } from "../tensor/replace-memory.js";
import { keep } from "../tensor/scope.js";
import { Tensor } from "../tensor/tensor.js";
import {
  aMatrix,
  aWeight,
  dequantizeNf4,
  NF4_OPTIONS,
  type Nf4Options,
  type Nf4Weight,
  quantizeNf4,
} from "./nf4.js";

/** What is added to a product: an adapter's matrices. */
export interface LowRankUpdate {
  /** (r, in) */
  readonly a: Tensor;
  /** (out, r) */
  readonly b: Tensor;
  /** Factor of a and b. */
  readonly scaling: number;
}

/** A linear layer that can be put into four bits. */
export type WideLayer = Layer &
  MultipliesRows & { readonly weight: Parameter; readonly bias?: Parameter };

/** Options of `Nf4Linear`. */
export interface Nf4LinearOptions extends Nf4Options {
  /** Of a weight that is rounded already: what it is widened to where nothing else says it. Default "float32". */
  readonly dtype?: DType;
  /** Of a weight that is rounded already: where it is, or is to be read to. Default "cpu". */
  readonly device?: string;
}

const LINEAR_OPTIONS: OptionTable<Nf4LinearOptions> = {
  ...NF4_OPTIONS,
  dtype: aDType,
  device: aDevice,
};

/** What an operator multiplies with. */
interface Operands {
  readonly packed: Tensor;
  readonly absmax: Tensor;
  readonly map: Tensor | null;
  readonly scales: Tensor | null;
  readonly offset: Tensor | null;
  readonly bias: Tensor | null;
}

/** y = x Wᵀ + b with a frozen W of four bits. */
export class Nf4Linear extends Layer implements MultipliesRows {
  /** (out) */
  declare readonly bias?: Parameter;
  /** Rows of the weight. */
  readonly outFeatures: number;
  /** Columns of the weight. */
  readonly inFeatures: number;
  /** Nothing, of the dtype that the weight is widened to: it is converted with the model. */
  readonly widened: Tensor;
  /** `Nf4Weight.packed`. */
  readonly packed: Tensor;
  /** `Nf4Weight.absmax`. */
  readonly absmax: Tensor;
  /** Of double quantisation: what its 256 codes stand for. */
  readonly absmaxMap: Tensor | undefined;
  /** Of double quantisation: a factor for each 256 blocks. */
  readonly absmaxScales: Tensor | undefined;
  /** Of double quantisation: what is added to each magnitude. */
  readonly absmaxOffset: Tensor | undefined;
  #wide: WideLayer | undefined;

  /**
   * @param weight (out, in), which is rounded, and of which the layer keeps nothing; or one that is rounded already
   * @param options of rounding; `dtype`, default "float32", and `device` of one that is: what it is widened to, and where
   */
  constructor(weight: Tensor | Nf4Weight, bias?: Parameter, options: Nf4LinearOptions = {}) {
    const isWide = weight instanceof Tensor || !aWeight.accepts(weight);
    if (isWide) requireValue("new Nf4Linear: weight", weight as Tensor, aMatrix);
    checkOptions("new Nf4Linear", options, LINEAR_OPTIONS);
    super(`${weight.shape[1]}, ${weight.shape[0]}`);
    [this.outFeatures, this.inFeatures] = weight.shape as [number, number];
    const { dtype = "float32", device = "cpu", ...rounding } = options;
    const place = isWide
      ? { dtype: (weight as Tensor).dtype, device: (weight as Tensor).device }
      : { dtype, device };
    this.widened = keep(empty([0], place));
    const { packed, absmax, double } = isWide
      ? quantizeNf4(weight as Tensor, rounding)
      : (weight as Nf4Weight);
    this.packed = keep(packed);
    this.absmax = keep(absmax);
    this.absmaxMap = double && keep(double.map);
    this.absmaxScales = double && keep(double.scales);
    this.absmaxOffset = double && keep(double.offset);
    holdParameter(this, "bias", bias);
  }

  /** What the weight is widened to: of the weight before it was rounded, or what the model was converted to since. */
  get dtype(): DType {
    return this.widened.dtype;
  }

  /** Where the weight is. */
  get device(): string {
    return this.packed.device;
  }

  /** (out, in), widened at each call. */
  get weight(): Tensor {
    return dequantizeNf4(this.#parts, this.dtype);
  }

  override get storedOtherwise(): string {
    return "weights of four bits: write adapters with booster.saveLoraAsPretrained(model, folder), or the whole model in 16 bits after mergeAndUnload(model)";
  }

  /** x (..., in) -> (..., out), with the weight widened to x's dtype. */
  override forward(x: Tensor): Tensor {
    return this.product(x);
  }

  /** The same with an adapter's update added within the product. */
  product(x: Tensor, update?: LowRankUpdate): Tensor {
    const { packed, absmax, map, scales, offset, bias } = this.#operands;
    return ops.notebooster.nf4_linear(
      x,
      packed,
      absmax,
      map,
      scales,
      offset,
      bias,
      update?.a ?? null,
      update?.b ?? null,
      { out_features: this.outFeatures, scaling: update?.scaling ?? 1 },
    );
  }

  /** The products of the same x with several layers, each with its update. */
  static products(
    x: Tensor,
    layers: readonly Nf4Linear[],
    updates: readonly (LowRankUpdate | undefined)[],
  ): Tensor[] {
    const of = <K extends keyof Operands>(name: K): Operands[K][] =>
      layers.map((layer) => layer.#operands[name]);
    return ops.notebooster.nf4_linears(
      x,
      of("packed"),
      of("absmax"),
      of("map"),
      of("scales"),
      of("offset"),
      of("bias"),
      updates.map((update) => update?.a ?? null),
      updates.map((update) => update?.b ?? null),
      {
        out_features: layers.map(({ outFeatures }) => outFeatures),
        scalings: updates.map((update) => update?.scaling ?? 1),
      },
    );
  }

  /**
   * The layer with its weight in four bits: what it held is freed, and comes back with `wideLayer`.
   * @param layer a linear one, whose weight may be stored as (in, out)
   */
  static of(layer: WideLayer, options: Nf4Options = {}): Nf4Linear {
    const { weight } = layer;
    const origin = originOf(weight);
    const wide = layer.isTransposed ? weight.t() : weight;
    const rounded = new Nf4Linear(wide, layer.bias, options);
    if (wide !== weight) wide.dispose(); // it would hold the memory
    rounded.training = layer.training;
    rounded.#wide = layer;
    rounded.#noteOrigin(origin);
    replaceMemory(weight, rounded.widened.clone());
    return rounded;
  }

  /** The layer that this one stands for, or a new one, with a weight (out, in). */
  wideLayer(weight: Tensor): WideLayer {
    const { dtype, inFeatures, outFeatures } = this;
    const own = weight.detach().to(dtype).clone();
    if (this.#wide === undefined) {
      const made = new Linear(inFeatures, outFeatures, { weight: new Parameter(own), bias: false });
      holdParameter(made, "bias", this.bias);
      this.#wide = made;
    } else {
      replaceMemory(this.#wide.weight, this.#wide.isTransposed ? own.t().contiguous() : own);
    }
    this.#wide.training = this.training;
    return this.#wide;
  }

  /** For costs. */
  productFlops(numRows: number): ReturnType<MultipliesRows["productFlops"]> {
    return productFlops(numRows, {
      numel: this.outFeatures * this.inFeatures,
      requiresGrad: false,
    });
  }

  /** The same weight of the same dtype rounded again gives the same bytes. */
  #noteOrigin(origin: Origin | undefined): void {
    if (origin === undefined) return;
    const { packed, absmax, absmaxMap, absmaxScales, absmaxOffset } = this;
    const isExact = this.dtype === origin.dtype || this.dtype === "float32";
    const digest = `${origin.digest} nf4${isExact ? "" : ` of ${this.dtype}`}`;
    for (const [i, part] of [packed, absmax, absmaxMap, absmaxScales, absmaxOffset].entries())
      if (part !== undefined) noteOrigin(part, { ...origin, digest: `${digest} ${i}` });
  }

  get #operands(): Operands {
    const { packed, absmax, absmaxMap, absmaxScales, absmaxOffset, bias } = this;
    return {
      ...{ packed, absmax, map: absmaxMap ?? null, scales: absmaxScales ?? null },
      ...{ offset: absmaxOffset ?? null, bias: bias ?? null },
    };
  }

  get #parts(): Nf4Weight {
    const { packed, absmax, absmaxMap: map, absmaxScales: scales, absmaxOffset: offset } = this;
    const shape = [this.outFeatures, this.inFeatures] as const;
    const isDouble = map !== undefined && scales !== undefined && offset !== undefined;
    return { packed, absmax, shape, ...(isDouble ? { double: { map, scales, offset } } : {}) };
  }
}
