// A decoder layer of Gemma 2 (Gemma Team 2024): norms before and behind each branch, and scores that are bent.
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { GatedMLP } from "../decoder/gated-mlp.js";
import { SandwichLayer } from "../decoder/layer.js";
import { UnitOffsetRMSNorm } from "../decoder/unit-offset-norm.js";
import type { Gemma2Config } from "./config.js";

export type Gemma2Layer = SandwichLayer<RotaryAttention, GatedMLP>;

export function gemma2Layer(config: Gemma2Config, place: LayerPlace): Gemma2Layer {
  const { attentionBias: bias, hiddenSize, rmsNormEps: eps } = config;
  const attention = new RotaryAttention(config, place, {
    qkvBias: bias,
    outputBias: bias,
    scale: config.queryPreAttnScalar ** -0.5,
  });
  const mlp = new GatedMLP(config, { activation: "gelu_tanh" });
  return new SandwichLayer(attention, mlp, () => new UnitOffsetRMSNorm(hiddenSize, eps));
}
