// A decoder layer of LLaMA (Touvron et al. 2023): grouped-query attention and a gated MLP, each behind a norm.
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { GatedMLP } from "../decoder/gated-mlp.js";
import { PreNormLayer } from "../decoder/layer.js";
import type { LlamaConfig } from "./config.js";

export type LlamaLayer = PreNormLayer<RotaryAttention, GatedMLP>;

export function llamaLayer(config: LlamaConfig, place: LayerPlace): LlamaLayer {
  const { attentionBias: bias, mlpBias } = config;
  const attention = new RotaryAttention(config, place, { qkvBias: bias, outputBias: bias });
  return new PreNormLayer(config, attention, new GatedMLP(config, { bias: mlpBias }));
}
