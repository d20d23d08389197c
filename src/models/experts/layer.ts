// Layers that can say where their tokens went.
import type { Tensor } from "../../tensor/tensor.js";
import type { Attention, DecoderLayer } from "../decoder/layer.js";
import { afterAttention, PreNormLayer } from "../decoder/layer.js";
import type { Hidden } from "../decoder/model.js";
import type { DecoderPass } from "../decoder/pass.js";
import type { Routing } from "./router.js";
import type { SparseMoe } from "./sparse-moe.js";

/** A layer with a mixture of experts. */
export interface RoutedLayer extends DecoderLayer {
  /** `forward`, and where the tokens went. */
  routed(x: Tensor, pass: DecoderPass): Hidden & { readonly routing: Routing };
}

/** Whether a layer has a mixture; others of the same model may have an MLP. */
export function isRouted(layer: DecoderLayer): layer is RoutedLayer {
  return "routed" in layer;
}

/** A layer as LLaMA's whose MLP is a mixture of experts. */
export class SparseLayer<A extends Attention>
  extends PreNormLayer<A, SparseMoe>
  implements RoutedLayer
{
  /** x (B, T, C) -> (B, T, C) */
  routed(x: Tensor, pass: DecoderPass): Hidden & { readonly routing: Routing } {
    const { normed, sum } = afterAttention(this, x, pass);
    const { mixed, routing } = this.mlp.routed(normed);
    return { hidden: sum.add(mixed), routing };
  }
}
