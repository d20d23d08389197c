// A decoder layer of Qwen3 (Yang et al. 2025): LLaMA's, with a norm of each head's queries and keys.
import { RMSNorm } from "../../nn/rms-norm.js";
import { type LayerPlace, RotaryAttention } from "../decoder/attention.js";
import type { DecoderConfig } from "../decoder/config.js";
import { GatedMLP } from "../decoder/gated-mlp.js";
import { PreNormLayer } from "../decoder/layer.js";
import type { Qwen3Config } from "./config.js";

export type Qwen3Layer = PreNormLayer<RotaryAttention, GatedMLP>;

export function qwen3Layer(config: Qwen3Config, place: LayerPlace): Qwen3Layer {
  return new PreNormLayer(config, qwen3Attention(config, place), new GatedMLP(config));
}

export function qwen3Attention(
  config: DecoderConfig & Pick<Qwen3Config, "attentionBias">,
  place: LayerPlace,
): RotaryAttention {
  const { attentionBias: bias, headDim, rmsNormEps: eps } = config;
  return new RotaryAttention(config, place, {
    qkvBias: bias,
    outputBias: bias,
    headNorm: () => new RMSNorm(headDim, { eps }),
  });
}
