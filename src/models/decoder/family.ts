// What makes one family of decoders with rotary positions, as data: the rest is the same for all and stands in model.ts.
import type { InputShape } from "../../nn/cost.js";
import type { RotaryEmbedding } from "../rotary/embedding.js";
import type { LayerPlace } from "./attention.js";
import type { DecoderConfig, DecoderConfigTable } from "./config.js";
import type { DecoderLayer, TokenWise } from "./layer.js";
import type { LayerType } from "./windows.js";

/** One family. */
export interface DecoderFamily<C extends DecoderConfig, L extends DecoderLayer = DecoderLayer> {
  readonly table: DecoderConfigTable<C>;
  /** Makes a layer. */
  layer(config: C, place: LayerPlace): L;
  /** What each layer sees. Default: all earlier tokens. */
  layerTypes?(config: C): readonly LayerType[];
  /** Tokens that sliding layers see, themselves included; null: all earlier ones. */
  window?(config: C): number | null;
  /** How layers of a type turn tokens by their positions. Default: as the configuration says for all. */
  rotary?(config: C, type: LayerType): RotaryEmbedding;
  /** Scores of attention are bent so that they stay below it; null: they are not. */
  scoreSoftCap?(config: C): number | null;
  /** The norm before the head. Default: an RMS norm. */
  finalNorm?(config: C): TokenWise;
  /** Widths of what the layer at `index` keeps of each row for the backward pass. Default: those of a layer as LLaMA's. */
  keptWidths?(config: C, shape: InputShape, index: number): readonly number[];
  /** Numbers of four bytes that it keeps of each row beside those. Default: none. */
  keptFloats?(config: C, index: number): number;
  /** Embeddings are multiplied by it. */
  embeddingScale?(config: C): number;
  /** Logits are bent so that they stay below it; null: they are not. */
  logitSoftCap?(config: C): number | null;
  /** Where norms begin. Default 1. */
  readonly firstNormWeight?: number;
}
