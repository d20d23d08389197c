// What generation needs of a model.
import type { Tensor } from "../tensor/tensor.js";
import type { GenerationConfig } from "./generation-config.js";
import type { KVCache } from "./kv-cache.js";

/** Tokens of a pass, and of which tokens before them keys and values are kept. */
export interface DecoderInput {
  /** (B, T) int64 */
  readonly inputIds: Tensor;
  /** (B, earlier tokens + T) of 0 and 1. */
  readonly attentionMask?: Tensor;
  /** (B, T) int64 */
  readonly positionIds?: Tensor;
  /** Of earlier tokens; the pass adds its own. */
  readonly cache: KVCache;
}

/** What generation needs of a model. */
export interface Decoder {
  /** Where it is. */
  readonly device: string;
  /** Longest sequence that it takes. */
  readonly maxPositions: number;
  /** What options leave open. */
  readonly generationConfig: GenerationConfig;
  /** Logits (B, T, V). */
  forward(input: DecoderInput): { readonly logits: Tensor };
}
