// A table of vectors, one per token id.
import { empty } from "../tensor/create.js";
import { embedding } from "../tensor/functional.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { Module } from "./module.js";

export class Embedding extends Module {
  /** (vocabulary, dim) */
  readonly weight: Parameter;

  constructor(numEmbeddings: number, dim: number) {
    super();
    this.weight = new Parameter(empty([numEmbeddings, dim]));
  }

  /** ids (...) int64 -> (..., dim) */
  forward(ids: Tensor): Tensor {
    return embedding(this.weight, ids);
  }
}
