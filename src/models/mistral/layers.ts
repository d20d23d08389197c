// A decoder layer of Mistral (Jiang et al. 2023): LLaMA's, whose attention sees the tokens of a window.
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { GatedMLP } from "../decoder/gated-mlp.js";
import { PreNormLayer } from "../decoder/layer.js";
import type { MistralConfig } from "./config.js";

export type MistralLayer = PreNormLayer<RotaryAttention, GatedMLP>;

export function mistralLayer(config: MistralConfig, place: LayerPlace): MistralLayer {
  return new PreNormLayer(config, new RotaryAttention(config, place), new GatedMLP(config));
}
