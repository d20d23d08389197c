// Decoders with mixtures of experts: beside the hidden vectors, sums of how tokens were sent go from layer to layer, of which the
// head makes the loss that keeps experts in use.
import type { Carried } from "../../nn/model.js";
import { full } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { CausalLMOutput } from "../causal-lm-output.js";
import type { DecoderLayer } from "../decoder/layer.js";
import { DecoderForCausalLM, type Hidden } from "../decoder/model.js";
import type { DecoderPass } from "../decoder/pass.js";
import type { ExpertsConfig } from "./config.js";
import { isRouted } from "./layer.js";
import { balanceLoss, type ExpertLoad, withLayer } from "./load.js";

type HiddenAndLoad = Hidden & Partial<ExpertLoad>;

export abstract class ExpertsForCausalLM<
  C extends ExpertsConfig,
  L extends DecoderLayer = DecoderLayer,
> extends DecoderForCausalLM<C, L> {
  protected override runLayer(
    layer: L,
    { hidden, ...load }: HiddenAndLoad,
    pass: DecoderPass,
  ): HiddenAndLoad {
    const isCounted = this.config.outputRouterLogits && pass.cache === undefined;
    if (!isCounted || !isRouted(layer)) return { hidden: layer.forward(hidden, pass), ...load };
    const { hidden: after, routing } = layer.routed(hidden, pass);
    return { hidden: after, ...withLayer(load, routing, pass.attentionMask) };
  }

  protected override runHead({ hidden, ...load }: HiddenAndLoad, pass: DecoderPass): Carried {
    const carried = super.runHead({ hidden }, pass);
    if (load.expertTokens === undefined) return carried;
    const auxLoss = balanceLoss(load as ExpertLoad, this.#numRouted(pass));
    const { loss } = carried;
    if (loss === undefined) return { ...carried, auxLoss };
    return { ...carried, auxLoss, loss: loss.add(auxLoss.mul(this.config.routerAuxLossCoef)) };
  }

  protected override end(carried: Carried, pass: DecoderPass): CausalLMOutput {
    const { auxLoss } = carried;
    return Object.assign(super.end(carried, pass), auxLoss !== undefined && { auxLoss });
  }

  /** () tokens of all mixtures together that are no padding */
  #numRouted({ inputIds, attentionMask }: DecoderPass): Tensor {
    const numMixtures = this.model.layers.filter(isRouted).length;
    const { device, numel } = inputIds;
    return (attentionMask?.sum() ?? full([], numel, { device })).mul(numMixtures);
  }
}
