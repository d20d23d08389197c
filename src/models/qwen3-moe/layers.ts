// A decoder layer of a Qwen3 with experts (Yang et al. 2025): Qwen3's, with a mixture for an MLP in some layers.
import type { LayerPlace, RotaryAttention } from "../decoder/attention.js";
import { GatedMLP } from "../decoder/gated-mlp.js";
import { PreNormLayer } from "../decoder/layer.js";
import { SparseLayer } from "../experts/layer.js";
import { SparseMoe } from "../experts/sparse-moe.js";
import { qwen3Attention } from "../qwen3/layers.js";
import { hasExperts, type Qwen3MoeConfig } from "./config.js";

export type Qwen3MoeLayer = PreNormLayer<RotaryAttention, GatedMLP> | SparseLayer<RotaryAttention>;

export function qwen3MoeLayer(config: Qwen3MoeConfig, place: LayerPlace): Qwen3MoeLayer {
  const attention = qwen3Attention(config, place);
  if (!hasExperts(config, place.index))
    return new PreNormLayer(config, attention, new GatedMLP(config));
  const { hiddenSize, moeIntermediateSize: intermediateSize } = config;
  const expert = (): GatedMLP => new GatedMLP({ hiddenSize, intermediateSize });
  return new SparseLayer(config, attention, new SparseMoe(config, expert));
}
