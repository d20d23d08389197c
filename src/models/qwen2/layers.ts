// A decoder layer of Qwen2 (Yang et al. 2024): LLaMA's, with biases of queries, keys and values.
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { GatedMLP } from "../decoder/gated-mlp.js";
import { PreNormLayer } from "../decoder/layer.js";
import type { Qwen2Config } from "./config.js";

export type Qwen2Layer = PreNormLayer<RotaryAttention, GatedMLP>;

export function qwen2Layer(config: Qwen2Config, place: LayerPlace): Qwen2Layer {
  const attention = new RotaryAttention(config, place, { qkvBias: true });
  return new PreNormLayer(config, attention, new GatedMLP(config));
}
