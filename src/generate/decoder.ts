// What generation needs of a model: something that writes, and what that begins with.
import type { Tensor } from "../tensor/tensor.js";
import type { GenerationConfig } from "./generation-config.js";
import type { KVCache } from "./kv-cache.js";
import type { PromptRows } from "./prompt.js";

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
  /** Logits are wanted of so many last tokens. */
  readonly logitsToKeep: number;
}

/** What foretells the token after each. */
export interface Decoder {
  /** Longest sequence that it takes. */
  readonly maxPositions: number;
  /** Logits (B, T, V), or of the last tokens alone. There may come more rows than before, as many of each after one another. */
  forward(input: DecoderInput): { readonly logits: Tensor };
}

/** A decoder, and what it is to continue. */
export interface BegunText {
  /** What writes. */
  readonly decoder: Decoder;
  /** What it continues; padding is on the left. */
  readonly start: PromptRows;
  /** Whether the decoder minds a cache whose shapes are fixed; see `KVCache.fixShapes`. Default false. */
  readonly canFixShapes?: boolean;
  /** Freed once the text has ended; lives outside of scopes. */
  readonly held?: Disposable;
}

/** A model that writes texts. */
export interface TextModel {
  /** Where it is. */
  readonly device: string;
  /** What options leave open. */
  readonly generationConfig: GenerationConfig;
  /** Reads rows of ids, which a decoder is to continue, or to answer where an encoder has read them. */
  beginText(rows: PromptRows): BegunText;
}
