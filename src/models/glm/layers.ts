// A decoder layer of GLM-4 (GLM Team 2024): LLaMA's, with biases of queries, keys and values, and gate and up as one matrix.
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { FusedGatedMLP } from "../decoder/gated-mlp.js";
import { PreNormLayer } from "../decoder/layer.js";
import { rotatedDims } from "../rotary/config.js";
import { RotaryEmbedding } from "../rotary/embedding.js";
import type { GlmConfig } from "./config.js";

export type GlmLayer = PreNormLayer<RotaryAttention, FusedGatedMLP>;

/** Neighbouring numbers of a part of each head are turned. */
export function glmRotary(config: GlmConfig): RotaryEmbedding {
  return new RotaryEmbedding(config, { dims: rotatedDims(config), interleaved: true });
}

export function glmLayer(config: GlmConfig, place: LayerPlace): GlmLayer {
  const attention = new RotaryAttention(config, place, { qkvBias: config.attentionBias });
  return new PreNormLayer(config, attention, new FusedGatedMLP(config));
}
