// Whether a layer ends in a product whose numbers nothing looks at but the sum that it goes into.
import { LoraLinear } from "../../lora/lora-linear.js";
import type { Layer } from "../../nn/layer.js";
import { isPlainLinear } from "../../nn/linear.js";
import { Nf4Linear } from "../../quantize/nf4-linear.js";
import { FusedGatedMLP, GatedMLP } from "./gated-mlp.js";
import { type DecoderLayer, PreNormLayer } from "./layer.js";

/** Of a layer of ours with an MLP of ours; what somebody puts into their places may look at anything. */
export function endsInSum(layer: DecoderLayer): boolean {
  if (!(layer instanceof PreNormLayer)) return false;
  const { mlp } = layer;
  const isOwn = mlp.constructor === GatedMLP || mlp.constructor === FusedGatedMLP;
  return isOwn && isOwnProduct((mlp as GatedMLP | FusedGatedMLP).downProj);
}

function isOwnProduct(layer: Layer): boolean {
  if (layer instanceof LoraLinear) return isOwnProduct(layer.baseLayer);
  return isPlainLinear(layer) || layer instanceof Nf4Linear;
}
