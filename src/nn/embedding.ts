// A table of vectors, one per token id.
import { integer, nullable, requireValue } from "../arguments/checks.js";
import { checkOptions } from "../arguments/options.js";
import { embedding } from "../tensor/functional.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { newParameter } from "./init.js";
import { Layer } from "./layer.js";
import { count, LAYER_OPTIONS, type LayerOptions } from "./layer-options.js";
import { holdParameter } from "./parameter-fields.js";

/** Options of `Embedding`. */
export interface EmbeddingOptions extends LayerOptions {
  /** A row that begins as zeros and gets no gradient; negative ones count from the end. Default null: none. */
  readonly paddingIdx?: number | null;
}

/** A table of vectors, one for each token id. */
export class Embedding extends Layer {
  /** (vocabulary, dim) */
  declare readonly weight: Parameter;
  /** From the start; null: none. */
  readonly paddingIdx: number | null;

  /**
   * Rows begin as standard normal numbers.
   * @throws TypeError or RangeError naming an argument that is not allowed
   */
  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingOptions = {}) {
    super(`${numEmbeddings}, ${embeddingDim}`);
    requireValue("new Embedding: numEmbeddings", numEmbeddings, count);
    requireValue("new Embedding: embeddingDim", embeddingDim, count);
    const row = integer({ min: -numEmbeddings, max: numEmbeddings - 1 });
    checkOptions("new Embedding", options, { paddingIdx: nullable(row), ...LAYER_OPTIONS });
    const { paddingIdx = null } = options;
    this.paddingIdx =
      paddingIdx !== null && paddingIdx < 0 ? numEmbeddings + paddingIdx : paddingIdx;
    const weight = newParameter([numEmbeddings, embeddingDim], options, (made) => {
      made.normal_();
      if (this.paddingIdx !== null) made.select(0, this.paddingIdx).zero_();
    });
    holdParameter(this, "weight", weight);
  }

  /**
   * ids (...) int64 or int32 -> (..., dim)
   * @throws RangeError naming an id beyond the table, where ids are on the CPU
   */
  override forward(ids: Tensor): Tensor {
    this.requireTensor(ids);
    if (ids.dtype !== "int64" && ids.dtype !== "int32") {
      throw new TypeError(
        `${this.call} got an input of dtype ${ids.dtype}, ids must be int64 or int32; convert them: x.to("int64")`,
      );
    }
    return embedding(ids, this.weight, { paddingIdx: this.paddingIdx });
  }
}
