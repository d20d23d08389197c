// A decoder layer of Gemma 3 (Gemma Team 2025): norms before and behind each branch, and of each head's queries and keys.
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { GatedMLP } from "../decoder/gated-mlp.js";
import { SandwichLayer } from "../decoder/layer.js";
import { UnitOffsetRMSNorm } from "../decoder/unit-offset-norm.js";
import type { Gemma3Config } from "./config.js";

export type Gemma3Layer = SandwichLayer<RotaryAttention, GatedMLP>;

export function gemma3Layer(config: Gemma3Config, place: LayerPlace): Gemma3Layer {
  const { attentionBias: bias, hiddenSize, headDim, rmsNormEps: eps } = config;
  const attention = new RotaryAttention(config, place, {
    qkvBias: bias,
    outputBias: bias,
    scale: config.queryPreAttnScalar ** -0.5,
    headNorm: () => new UnitOffsetRMSNorm(headDim, eps),
  });
  const mlp = new GatedMLP(config, { activation: "gelu_tanh" });
  return new SandwichLayer(attention, mlp, () => new UnitOffsetRMSNorm(hiddenSize, eps));
}
