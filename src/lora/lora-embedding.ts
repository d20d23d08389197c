// An embedding with adapters: its table (vocabulary, dim) is the transposed matrix of a linear layer, of whose columns each token
// takes one. y = W[id] + s (Aᵀ[id]) Bᵀ with A (r, vocabulary) and B (dim, r).
import type { Embedding } from "../nn/embedding.js";
import { Linear } from "../nn/linear.js";
import { Module } from "../nn/module.js";
import { holdParameter } from "../nn/parameter-fields.js";
import { zeros } from "../tensor/create.js";
import { embedding } from "../tensor/functional.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { addDirected, type Magnitude } from "./dora.js";
import { type Factor, LoraLayer, type MatrixSizes } from "./lora-layer.js";

/** A (r, vocabulary), of which columns are looked up: no product, for costs. */
class Columns extends Module {
  /** (r, vocabulary) */
  declare readonly weight: Parameter;

  constructor(weight: Tensor) {
    super();
    holdParameter(this, "weight", new Parameter(weight));
  }
}

/** An embedding and what is added to it. Nothing is dropped of ids: `loraDropout` does nothing here, as in PEFT. */
export class LoraEmbedding extends LoraLayer<Embedding> {
  override get storedFactors(): readonly [a: string, b: string] {
    return ["lora_embedding_A", "lora_embedding_B"];
  }

  /** ids (...) -> (..., dim) */
  override forward(ids: Tensor): Tensor {
    const embedded = this.baseLayer.forward(ids);
    return this.activeAdapters.reduce((y, name) => this.#add(name, ids, y), embedded);
  }

  protected override get matrix(): Tensor {
    return this.weight.t();
  }

  protected override get sizes(): MatrixSizes {
    const { shape, device, dtype } = this.weight;
    const [inFeatures, outFeatures] = shape as [number, number];
    return { outFeatures, inFeatures, device, dtype };
  }

  /** A begins as zeros and B random, the other way round than in a linear layer. */
  protected override newFactors(
    r: number,
    { inFeatures, outFeatures, device, dtype }: MatrixSizes,
  ): readonly [a: Factor, b: Factor] {
    const b = new Linear(r, outFeatures, { bias: false, device, dtype, initialize: false });
    noGrad(() => b.weight.normal_());
    return [new Columns(zeros([r, inFeatures], { device, dtype })), b];
  }

  #add(name: string, ids: Tensor, y: Tensor): Tensor {
    const lowRank = this.lowRank(name);
    const { paddingIdx } = this.baseLayer;
    const narrow = embedding(ids, lowRank.a.t(), { paddingIdx }); // (..., r)
    const update = ops.notebooster.linear(narrow, lowRank.b); // (..., dim)
    if (!this.configOf(name).useDora) return y.add(update.mul(lowRank.scaling).to(y.dtype));
    const { weight: magnitude } = this.loraMagnitudeVector.get(name) as Magnitude;
    return addDirected(
      { y, base: undefined, bias: undefined, update },
      { weight: this.matrix, lowRank, magnitude },
    );
  }
}
