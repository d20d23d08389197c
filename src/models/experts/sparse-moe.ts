// An MLP of many experts, of which each token sees a few (Shazeer et al. 2017, Jiang et al. 2024).

import type { DividesRows } from "../../nn/cost.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { TokenWise } from "../decoder/layer.js";
import { throughExperts } from "./grouped.js";
import { type RouterOptions, type Routing, route } from "./router.js";

/** What a mixture is made of. */
export interface SparseMoeOptions extends RouterOptions {
  readonly hiddenSize: number;
  readonly numExperts: number;
}

/** What a mixture makes of tokens, and where they went. */
export interface Routed {
  /** (B, T, C) */
  readonly mixed: Tensor;
  readonly routing: Routing;
}

export class SparseMoe<E extends TokenWise = TokenWise> extends Module implements DividesRows {
  readonly gate: Linear;
  readonly experts: E[];
  readonly #router: RouterOptions;

  /** @param expert makes one */
  constructor({ hiddenSize, numExperts, ...router }: SparseMoeOptions, expert: () => E) {
    super();
    this.#router = router;
    this.gate = new Linear(hiddenSize, numExperts, { bias: false, initialize: false });
    this.experts = Array.from({ length: numExperts }, expert);
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor): Tensor {
    return this.routed(x).mixed;
  }

  /** The same, and where the tokens went, N = B T. */
  routed(x: Tensor): Routed {
    const rows = x.flatten(0, 1);
    const routing = route(this.gate.forward(rows), this.#router);
    return { mixed: throughExperts(rows, routing, this.experts).view(x.shape), routing };
  }

  /** For costs: each expert sees its share. */
  rowsOf(part: Module, numRows: number): number {
    if (part === this.gate) return numRows;
    return (numRows * this.#router.numExpertsPerTok) / this.experts.length;
  }
}
