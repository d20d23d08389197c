// What a GLM-4 of `glm` or `glm4` is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { boolean } from "../../arguments/checks.js";
import { TOKEN_IDS } from "../config-checks.js";
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
  type PartialRope,
  type PartialRotaryConfig,
  partialRotary,
  rotatedDims,
} from "../rotary/config.js";

/** Sizes and choices of a GLM, by the names of transformers in camel case. */
export interface GlmConfig extends DecoderConfig, PartialRotaryConfig {
  /** Whether queries, keys and values have a bias. */
  readonly attentionBias: boolean;
}

/** What a new GLM is made from; what is left out has a default. */
export type GlmOptions = DecoderOptions<GlmConfig>;

const END_TOKENS = [151329, 151336, 151338] as const;

/** Of a vocabulary that is GLM's own, or larger; also where a file says null. */
const endTokens = ({ vocabSize }: GlmConfig): readonly number[] | null =>
  vocabSize > Math.max(...END_TOKENS) ? END_TOKENS : null;

/** The table of both kinds, which differ in the order of norms alone. */
const tableOf = (modelType: string, architecture: string) =>
  new ConfigTable<GlmConfig, PartialRope>({
    modelType,
    architecture,
    fields: {
      ...DECODER_FIELDS,
      numKeyValueHeads: { ...DECODER_FIELDS.numKeyValueHeads, absent: 2 },
      headDim: { ...DECODER_FIELDS.headDim, default: () => 128 },
      maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 131072 },
      rmsNormEps: { ...DECODER_FIELDS.rmsNormEps, default: () => 1.5625e-7 },
      attentionBias: { stored: "attention_bias", check: boolean, default: () => true },
      eosTokenId: { ...TOKEN_IDS.eosTokenId, default: endTokens, mayBeNull: true },
      padTokenId: { ...TOKEN_IDS.padTokenId, absent: 151329 },
    },
    part: partialRotary(0.5),
    others: DECODER_OTHERS,
    constants: DECODER_CONSTANTS,
    problem: (config, name) => decoderProblem(config, name, rotatedDims(config)),
  });

/** Read and written by the names and with the defaults of transformers. */
export const GLM_CONFIG = tableOf("glm", "GlmForCausalLM");
/** The same for `glm4`. */
export const GLM4_CONFIG = tableOf("glm4", "Glm4ForCausalLM");
