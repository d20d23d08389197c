// What a Qwen3 with experts is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean, integer, listOf } from "../../arguments/checks.js";
import { size } from "../config-checks.js";
import { ConfigTable } from "../config-table.js";
import {
  DECODER_CONSTANTS,
  DECODER_FIELDS,
  DECODER_OTHERS,
  type DecoderOptions,
  decoderProblem,
} from "../decoder/config.js";
import { aWindow } from "../decoder/windows.js";
import {
  EXPERTS_FIELDS,
  type ExpertsConfig,
  expertCount,
  expertsProblem,
} from "../experts/config.js";
import { ROTARY, type Rope } from "../rotary/config.js";

/** Sizes and choices of a Qwen3 with experts, by the names of transformers in camel case. */
export interface Qwen3MoeConfig extends ExpertsConfig {
  /** Whether the projections of attention have a bias. */
  readonly attentionBias: boolean;
  /** Whether layers have a window. */
  readonly useSlidingWindow: boolean;
  /** Tokens that a token sees then, itself included. */
  readonly slidingWindow: number | null;
  /** Experts in each layer that has some. */
  readonly numExperts: number;
  /** Width of each expert; `intermediateSize` is that of layers without. */
  readonly moeIntermediateSize: number;
  /** Whether what a token takes of its experts adds up to 1. */
  readonly normTopkProb: boolean;
  /** Every so many layers one has experts. */
  readonly decoderSparseStep: number;
  /** Layers, from 0, that have none all the same. */
  readonly mlpOnlyLayers: readonly number[];
}

/** What a new Qwen3 with experts is made from; what is left out has a default. */
export type Qwen3MoeOptions = DecoderOptions<Qwen3MoeConfig>;

/** Whether the layer at `index` has experts. */
export function hasExperts(
  { mlpOnlyLayers, decoderSparseStep }: Qwen3MoeConfig,
  index: number,
): boolean {
  return !mlpOnlyLayers.includes(index) && (index + 1) % decoderSparseStep === 0;
}

/** Read and written by the names and with the defaults of transformers. */
export const QWEN3_MOE_CONFIG = new ConfigTable<Qwen3MoeConfig, Rope>({
  modelType: "qwen3_moe",
  architecture: "Qwen3MoeForCausalLM",
  fields: {
    ...DECODER_FIELDS,
    numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 4 },
    maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 32768 },
    attentionBias: { stored: "attention_bias", check: boolean, default: () => false },
    useSlidingWindow: { stored: "use_sliding_window", check: boolean, default: () => false },
    slidingWindow: { stored: "sliding_window", check: aWindow, default: () => 4096 },
    ...EXPERTS_FIELDS,
    numExperts: {
      stored: "num_experts",
      alsoStored: "num_local_experts",
      check: expertCount,
      default: () => 128,
    },
    moeIntermediateSize: { stored: "moe_intermediate_size", check: size, default: () => 768 },
    normTopkProb: { stored: "norm_topk_prob", check: boolean, default: () => false },
    decoderSparseStep: { stored: "decoder_sparse_step", check: size, default: () => 1 },
    mlpOnlyLayers: {
      stored: "mlp_only_layers",
      check: listOf({ ...integer({ min: 0 }), each: "layers, whole numbers from 0" }),
      default: () => [],
      mayBeNull: true,
    },
  },
  part: ROTARY,
  others: DECODER_OTHERS,
  constants: DECODER_CONSTANTS,
  problem: (config, name) =>
    decoderProblem(config, name) ?? expertsProblem(config, "numExperts", name),
});
