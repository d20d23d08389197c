// A decoder layer of Mixtral (Jiang et al. 2024): Mistral's, with a mixture of experts for an MLP. Fields have the names of its files.
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import { RMSNorm } from "../../nn/rms-norm.js";
import { ops } from "../../tensor/ops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import type { MLPSizes } from "../decoder/gated-mlp.js";
import { afterAttention } from "../decoder/layer.js";
import type { Hidden } from "../decoder/model.js";
import type { DecoderPass } from "../decoder/pass.js";
import type { RoutedLayer } from "../experts/layer.js";
import type { Routing } from "../experts/router.js";
import { SparseMoe } from "../experts/sparse-moe.js";
import type { MixtralConfig } from "./config.js";

/** w2(silu(w1 x) * w3 x) */
class MixtralExpert extends Module {
  readonly w1: Linear;
  readonly w2: Linear;
  readonly w3: Linear;

  constructor({ hiddenSize: c, intermediateSize: f }: MLPSizes) {
    super();
    const options = { bias: false, initialize: false };
    this.w1 = new Linear(c, f, options);
    this.w2 = new Linear(f, c, options);
    this.w3 = new Linear(c, f, options);
  }

  /** x (N, C) -> (N, C) */
  forward(x: Tensor): Tensor {
    return this.w2.forward(ops.notebooster.swiglu(this.w1.forward(x), this.w3.forward(x)));
  }
}

export class MixtralLayer extends Module implements RoutedLayer {
  readonly selfAttn: RotaryAttention;
  readonly blockSparseMoe: SparseMoe<MixtralExpert>;
  readonly inputLayernorm: RMSNorm;
  readonly postAttentionLayernorm: RMSNorm;

  constructor(config: MixtralConfig, place: LayerPlace) {
    super();
    const { hiddenSize, rmsNormEps: eps, numLocalExperts, numExpertsPerTok } = config;
    const mixture = {
      ...{ hiddenSize, numExpertsPerTok },
      ...{ numExperts: numLocalExperts, normTopkProb: true },
    };
    this.selfAttn = new RotaryAttention(config, place);
    this.blockSparseMoe = new SparseMoe(mixture, () => new MixtralExpert(config));
    this.inputLayernorm = new RMSNorm(hiddenSize, { eps });
    this.postAttentionLayernorm = new RMSNorm(hiddenSize, { eps });
  }

  forward(x: Tensor, pass: DecoderPass): Tensor {
    return this.routed(x, pass).hidden;
  }

  routed(x: Tensor, pass: DecoderPass): Hidden & { readonly routing: Routing } {
    const { normed, sum } = afterAttention(this, x, pass);
    const { mixed, routing } = this.blockSparseMoe.routed(normed);
    return { hidden: sum.add(mixed), routing };
  }
}
