// What a GGUF file says of a model's configuration: the way back of config.ts.
import type { TypedValue } from "../../gguf/gguf-header.js";
import { MODEL_TYPES } from "./config.js";

type Json = Readonly<Record<string, unknown>>;

/** Keys behind the name of the architecture, by fields of config.json. */
const NUMBERS: Readonly<Record<string, string>> = {
  max_position_embeddings: "context_length",
  num_hidden_layers: "block_count",
  intermediate_size: "feed_forward_length",
  hidden_size: "embedding_length",
  num_attention_heads: "attention.head_count",
  num_key_value_heads: "attention.head_count_kv",
  sliding_window: "attention.sliding_window",
  vocab_size: "vocab_size",
};
const FRACTIONS: Readonly<Record<string, string>> = {
  rms_norm_eps: "attention.layer_norm_rms_epsilon",
  attn_logit_softcapping: "attn_logit_softcapping",
  final_logit_softcapping: "final_logit_softcapping",
};

/**
 * The architecture under which a model is written.
 * @throws TypeError naming the field that a file cannot say
 */
export function requireWritable(config: Json): string {
  const type = config["model_type"] === "mistral" ? "llama" : config["model_type"];
  const architecture = Object.keys(MODEL_TYPES).find((each) => MODEL_TYPES[each] === type);
  if (architecture === undefined) {
    throw new TypeError(
      `saveGguf writes ${Object.values(MODEL_TYPES).join(", ")} and mistral, this model is a ${String(config["model_type"])}`,
    );
  }
  const problem = unsayable(architecture, config);
  if (problem === undefined) return architecture;
  throw new TypeError(
    `saveGguf: a GGUF file of the architecture ${architecture} cannot say ${problem}`,
  );
}

function unsayable(architecture: string, config: Json): string | undefined {
  const { rope_type: scaling = "default" } = ropeOf(config);
  if (scaling !== "default") return `that positions are scaled by ${JSON.stringify(scaling)}`;
  if (architecture === "llama" && (config["sliding_window"] ?? null) !== null)
    return "that attention has a window";
  const isPartial =
    (config["partial_rotary_factor"] ?? ropeOf(config)["partial_rotary_factor"] ?? 1) !== 1;
  return isPartial ? "that a part of a head is turned" : undefined;
}

export function writtenMetadata(architecture: string, config: Json): Map<string, TypedValue> {
  const written = new Map<string, TypedValue>([["general.architecture", { text: architecture }]]);
  const put = (key: string, value: TypedValue): void =>
    void written.set(`${architecture}.${key}`, value);
  for (const [field, key] of Object.entries(NUMBERS)) {
    if (typeof config[field] === "number") put(key, { u32: config[field] });
  }
  for (const [field, key] of Object.entries(FRACTIONS)) {
    if (typeof config[field] === "number") put(key, { f32: config[field] });
  }
  const headDim = Number(
    config["head_dim"] ?? Number(config["hidden_size"]) / Number(config["num_attention_heads"]),
  );
  for (const key of ["attention.key_length", "attention.value_length", "rope.dimension_count"])
    put(key, { u32: headDim });
  put("rope.freq_base", {
    f32: Number(ropeOf(config)["rope_theta"] ?? config["rope_theta"] ?? 10_000),
  });
  return written;
}

/** What is said of positions, by either version of transformers; Gemma 3 says it of layers that see all tokens. */
function ropeOf(config: Json): Json {
  const said = (config["rope_parameters"] ?? config["rope_scaling"] ?? {}) as Json;
  return (said["full_attention"] as Json | undefined) ?? said;
}
