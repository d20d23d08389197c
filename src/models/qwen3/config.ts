// What a Qwen3 is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean } from "../../arguments/checks.js";
import { ConfigTable } from "../config-table.js";
import {
  DECODER_CONSTANTS,
  DECODER_FIELDS,
  DECODER_OTHERS,
  type DecoderConfig,
  type DecoderOptions,
  decoderProblem,
} from "../decoder/config.js";
import {
  layerTypesProblem,
  SWITCHED_WINDOW,
  type SwitchedWindow,
  switchedWindow,
} from "../decoder/windows.js";
import { ROTARY, type Rope } from "../rotary/config.js";

/** Sizes and choices of a Qwen3, by the names of transformers in camel case. */
export interface Qwen3Config extends DecoderConfig, SwitchedWindow {
  /** Whether the projections of attention have a bias. */
  readonly attentionBias: boolean;
}

/** What a new Qwen3 is made from; what is left out has a default. */
export type Qwen3Options = DecoderOptions<Qwen3Config>;

/** Read and written by the names and with the defaults of transformers. */
export const QWEN3_CONFIG = new ConfigTable<Qwen3Config, Rope>({
  modelType: "qwen3",
  architecture: "Qwen3ForCausalLM",
  fields: {
    ...DECODER_FIELDS,
    numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 32 },
    headDim: { ...DECODER_FIELDS.headDim, default: () => 128 },
    maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 32768 },
    attentionBias: { stored: "attention_bias", check: boolean, default: () => false },
    ...SWITCHED_WINDOW,
  },
  part: ROTARY,
  others: DECODER_OTHERS,
  constants: DECODER_CONSTANTS,
  problem: (config, name) =>
    decoderProblem(config, name) ?? layerTypesProblem(config, switchedWindow(config), name),
});
