// The `config.json` that a GGUF file stands for: its metadata by the names of transformers. What would change the numbers and cannot be
// told from the file is refused.

import type { StrictJson } from "../../files/strict-json.js";
import { GgufError } from "../../gguf/gguf-error.js";
import type { GgufFile } from "../../gguf/gguf-file.js";
import type { GgufValue } from "../../gguf/header-reader.js";
import type { ConfigFile } from "../config-file.js";

/** Fields of config.json by keys of the metadata, behind the name of the architecture. */
const FIELDS: Readonly<Record<string, string>> = {
  context_length: "max_position_embeddings",
  block_count: "num_hidden_layers",
  feed_forward_length: "intermediate_size",
  embedding_length: "hidden_size",
  "attention.head_count": "num_attention_heads",
  "attention.head_count_kv": "num_key_value_heads",
  "attention.key_length": "head_dim",
  "attention.layer_norm_rms_epsilon": "rms_norm_eps",
  "attention.sliding_window": "sliding_window",
  "rope.freq_base": "rope_theta",
  attn_logit_softcapping: "attn_logit_softcapping",
  final_logit_softcapping: "final_logit_softcapping",
};
const TOKENS: Readonly<Record<string, string>> = {
  bos_token_id: "bos_token_id",
  eos_token_id: "eos_token_id",
  padding_token_id: "pad_token_id",
};

/** transformers' `model_type` by architecture. */
export const MODEL_TYPES: Readonly<Record<string, string>> = {
  llama: "llama",
  qwen2: "qwen2",
  qwen3: "qwen3",
  gemma2: "gemma2",
  gemma3: "gemma3_text",
  phi3: "phi3",
};

/** The architecture of a file. @throws GgufError when it is none that is read */
export function architectureOf({ path, metadata }: GgufFile): string {
  const said = metadata.get("general.architecture");
  if (typeof said === "string" && Object.hasOwn(MODEL_TYPES, said)) return said;
  const known = Object.keys(MODEL_TYPES).join(", ");
  throw new GgufError(`is of the architecture ${JSON.stringify(said)}; ${known} are read`, {
    path,
  });
}

export function ggufConfig(file: GgufFile): ConfigFile {
  const { path, metadata, tensors } = file;
  const architecture = architectureOf(file);
  const own = (key: string): GgufValue | undefined => metadata.get(`${architecture}.${key}`);
  requireReadable(file, own);
  const embedding = tensors.get("token_embd.weight");
  const fields = new Map<string, StrictJson>([["model_type", MODEL_TYPES[architecture] as string]]);
  const put = (name: string, value: GgufValue | undefined): void => {
    if (value !== undefined) fields.set(name, value as StrictJson);
  };
  for (const [key, name] of Object.entries(FIELDS)) put(name, own(key));
  for (const [key, name] of Object.entries(TOKENS))
    put(name, metadata.get(`tokenizer.ggml.${key}`));
  put("vocab_size", embedding?.shape[0]);
  put("tie_word_embeddings", !tensors.has("output.weight"));
  put("rope_scaling", scalingOf(file, own) as unknown as GgufValue);
  if (architecture === "llama") put("attention_bias", tensors.has("blk.0.attn_q.bias"));
  if (architecture.startsWith("gemma")) put("query_pre_attn_scalar", queryScale(architecture, own));
  return { path, fields };
}

/** Files do not say it: llama.cpp too takes it from the number of layers, by which it knows the models of 27 billion. */
function queryScale(
  architecture: string,
  own: (key: string) => GgufValue | undefined,
): GgufValue | undefined {
  const largest = architecture === "gemma2" ? 46 : 62;
  if (own("block_count") !== largest) return own("attention.key_length");
  return Number(own("embedding_length")) / Number(own("attention.head_count"));
}

function scalingOf(
  { path }: GgufFile,
  own: (key: string) => GgufValue | undefined,
): ReadonlyMap<string, StrictJson> | undefined {
  const type = own("rope.scaling.type") ?? "none";
  const factor = own("rope.scaling.factor") as number;
  if (type === "none") return undefined;
  if (type === "linear")
    return new Map<string, StrictJson>([
      ["rope_type", "linear"],
      ["factor", factor],
    ]);
  const original = own("rope.scaling.original_context_length") as number;
  if (type === "yarn") {
    return new Map<string, StrictJson>([
      ["rope_type", "yarn"],
      ["factor", factor],
      ["original_max_position_embeddings", original],
    ]);
  }
  throw new GgufError(`scales positions by ${JSON.stringify(type)}; "linear" and "yarn" are read`, {
    path,
  });
}

function requireReadable(
  { path, tensors }: GgufFile,
  own: (key: string) => GgufValue | undefined,
): void {
  const factors = ["rope_freqs.weight", "rope_factors_long.weight"].find((name) =>
    tensors.has(name),
  );
  const problem =
    own("expert_count") === undefined || own("expert_count") === 0
      ? factors === undefined
        ? undefined
        : `has factors for positions (${factors}), as LLaMA 3.1 and Phi-3 with long texts have them`
      : "has experts";
  if (problem === undefined) return;
  throw new GgufError(`${problem}, which is not read from GGUF; take the model's safetensors`, {
    path,
  });
}
