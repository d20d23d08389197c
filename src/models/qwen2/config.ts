// What a Qwen2 or Qwen2.5 is made of: sizes and choices, and Hugging Face's `config.json` of them.
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

/** Sizes and choices of a Qwen2 or Qwen2.5, by the names of transformers in camel case. */
export interface Qwen2Config extends DecoderConfig, SwitchedWindow {}

/** What a new Qwen2 is made from; what is left out has a default. */
export type Qwen2Options = DecoderOptions<Qwen2Config>;

/** Read and written by the names and with the defaults of transformers. */
export const QWEN2_CONFIG = new ConfigTable<Qwen2Config, Rope>({
  modelType: "qwen2",
  architecture: "Qwen2ForCausalLM",
  fields: {
    ...DECODER_FIELDS,
    numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 32 },
    maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 32768 },
    ...SWITCHED_WINDOW,
  },
  part: ROTARY,
  others: DECODER_OTHERS,
  constants: DECODER_CONSTANTS,
  problem: (config, name) =>
    decoderProblem(config, name) ?? layerTypesProblem(config, switchedWindow(config), name),
});
