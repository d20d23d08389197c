// What a Phi-3 or Phi-4 is made of: sizes and choices, and Hugging Face's `config.json` of them.
import { fraction, TOKEN_IDS } from "../config-checks.js";
import { notImplemented } from "../config-file.js";
import { type ConfigPart, ConfigTable } from "../config-table.js";
import {
  DECODER_CONSTANTS,
  DECODER_FIELDS,
  DECODER_OTHERS,
  type DecoderConfig,
  type DecoderOptions,
  decoderProblem,
} from "../decoder/config.js";
import { aWindow } from "../decoder/windows.js";
import {
  type PartialRope,
  type PartialRotaryConfig,
  partialRotary,
  rotatedDims,
} from "../rotary/config.js";
import { ORIGINAL_POSITIONS } from "../rotary/scaling.js";

/** Sizes and choices of a Phi-3 or Phi-4, by the names of transformers in camel case. */
export interface Phi3Config extends DecoderConfig, PartialRotaryConfig {
  /** Tokens that a token sees in each layer, itself included; null: all earlier ones. */
  readonly slidingWindow: number | null;
  /** Longest sequence before scaling; that of `ropeScaling` must be the same. */
  readonly originalMaxPositionEmbeddings: number;
}

/** What a new Phi-3 is made from; what is left out has a default. */
export type Phi3Options = DecoderOptions<Phi3Config>;

/** As others, but for what version 4 of transformers, which counts the fields, wants to read: the old name of the type. */
const PHI3_ROTARY: ConfigPart<PartialRope> = {
  ...partialRotary(1),
  write(config) {
    const { rope_scaling, ...others } = partialRotary(1).write(config);
    if (rope_scaling === null) return { ...others, rope_scaling };
    const { rope_type, [ORIGINAL_POSITIONS.stored]: _, ...factors } = rope_scaling as Fields;
    return { ...others, rope_scaling: { type: rope_type, ...factors } };
  },
};

type Fields = Readonly<Record<string, unknown>>;

const noDropout = notImplemented("dropout of what layers add", 0);

/** Read and written by the names and with the defaults of transformers. */
export const PHI3_CONFIG = new ConfigTable<Phi3Config, PartialRope>({
  modelType: "phi3",
  architecture: "Phi3ForCausalLM",
  fields: {
    ...DECODER_FIELDS,
    maxPositionEmbeddings: { ...DECODER_FIELDS.maxPositionEmbeddings, default: () => 4096 },
    originalMaxPositionEmbeddings: { ...ORIGINAL_POSITIONS, default: () => 4096 },
    rmsNormEps: { stored: "rms_norm_eps", check: fraction, default: () => 1e-5 },
    slidingWindow: { stored: "sliding_window", check: aWindow, default: () => null },
    bosTokenId: { ...TOKEN_IDS.bosTokenId, absent: 1 },
    eosTokenId: { ...TOKEN_IDS.eosTokenId, absent: 32000 },
    padTokenId: { ...TOKEN_IDS.padTokenId, absent: 32000 },
  },
  part: PHI3_ROTARY,
  others: { ...DECODER_OTHERS, resid_pdrop: noDropout, embd_pdrop: noDropout },
  constants: { ...DECODER_CONSTANTS, resid_pdrop: 0, embd_pdrop: 0 },
  problem: (config, name) =>
    decoderProblem(config, name, rotatedDims(config)) ?? scalingProblem(config, name),
});

/** Phi-3 knows LongRoPE alone, and the original positions are a field of their own. */
function scalingProblem(
  { ropeScaling, originalMaxPositionEmbeddings: original }: Phi3Config,
  name: (field: keyof Phi3Config) => string,
): string | undefined {
  if (ropeScaling === null) return undefined;
  if (ropeScaling.ropeType !== "longrope")
    return `rope scaling must be "longrope" in this family, got "${ropeScaling.ropeType}"`;
  if (ropeScaling.originalMaxPositionEmbeddings === original) return undefined;
  return `${name("originalMaxPositionEmbeddings")} must be that of the rope scaling, ${ropeScaling.originalMaxPositionEmbeddings}, got ${original}`;
}
