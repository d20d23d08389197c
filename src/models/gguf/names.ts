// Names of weights in GGUF files, by those of transformers, and what llama.cpp does to weights when it writes them, undone.
import type { Tensor } from "../../tensor/tensor.js";

/** What a layer's tensors are called, without ".weight" and ".bias". */
const LAYER: Readonly<Record<string, string>> = {
  input_layernorm: "attn_norm",
  "self_attn.q_proj": "attn_q",
  "self_attn.k_proj": "attn_k",
  "self_attn.v_proj": "attn_v",
  "self_attn.o_proj": "attn_output",
  post_attention_layernorm: "ffn_norm",
  "mlp.gate_proj": "ffn_gate",
  "mlp.up_proj": "ffn_up",
  "mlp.down_proj": "ffn_down",
};
const QK_NORMS = { "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm" };
const GEMMA = {
  ...LAYER,
  post_attention_layernorm: "post_attention_norm",
  pre_feedforward_layernorm: "ffn_norm",
  post_feedforward_layernorm: "post_ffw_norm",
};
const FUSED = { "self_attn.qkv_proj": "attn_qkv", "mlp.gate_up_proj": "ffn_up" };
const { "mlp.gate_proj": _, "mlp.up_proj": __, ...WITHOUT_GATE } = LAYER;

const LAYERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  llama: LAYER,
  qwen2: LAYER,
  qwen3: { ...LAYER, ...QK_NORMS },
  gemma2: GEMMA,
  gemma3: { ...GEMMA, ...QK_NORMS },
  phi3: { ...WITHOUT_GATE, ...FUSED },
};
const OTHERS: Readonly<Record<string, string>> = {
  "model.embed_tokens": "token_embd",
  "model.norm": "output_norm",
  lm_head: "output",
};

/** The name in a file of what transformers calls `name`; undefined where the architecture has no such tensor. */
export function ggufName(architecture: string, name: string): string | undefined {
  const [, stem = "", suffix = ""] = /^(.*)\.(weight|bias)$/.exec(name) ?? [];
  const [, layer, within = ""] = /^model\.layers\.(\d+)\.(.*)$/.exec(stem) ?? [];
  const own = layer === undefined ? OTHERS[stem] : LAYERS[architecture]?.[within];
  if (own === undefined) return undefined;
  return layer === undefined ? `${own}.${suffix}` : `blk.${layer}.${own}.${suffix}`;
}

/** transformers' names of all that may be in a file of so many layers. */
export function transformersNames(architecture: string, numLayers: number): string[] {
  const within = Object.keys(LAYERS[architecture] ?? {});
  const layers = Array.from({ length: numLayers }, (_, i) =>
    within.map((stem) => `model.layers.${i}.${stem}`),
  );
  return [...Object.keys(OTHERS), ...layers.flat()].flatMap((stem) => [
    `${stem}.weight`,
    `${stem}.bias`,
  ]);
}

/** A change of a weight as it is read and written. */
export interface Change {
  /** From the file's to transformers'. */
  read(weight: Tensor): Tensor;
  /** From transformers' to the file's. */
  write(weight: Tensor): Tensor;
}

/** Heads whose rows llama.cpp orders otherwise. */
export interface Heads {
  readonly queries: number;
  readonly keys: number;
}

/** What is done to a weight of transformers' name; undefined: nothing. */
export function changeOf(architecture: string, name: string, heads: Heads): Change | undefined {
  if (architecture.startsWith("gemma") && name.endsWith("norm.weight")) {
    return { read: (weight) => weight.sub(1), write: (weight) => weight.add(1) }; // the file has what is multiplied with
  }
  if (architecture !== "llama") return undefined;
  if (name.includes("q_proj")) return pairedRows(heads.queries);
  if (name.includes("k_proj")) return pairedRows(heads.keys);
  return undefined;
}

/** llama.cpp turns neighbouring rows of a head by an angle, transformers' those half a head apart. */
function pairedRows(heads: number): Change {
  const moved = (weight: Tensor, inner: readonly [number, number]): Tensor => {
    const [rows = 0, ...rest] = weight.shape;
    return weight
      .reshape([heads, ...inner, ...rest])
      .transpose(1, 2)
      .reshape([rows, ...rest]);
  };
  const half = (weight: Tensor): number => (weight.shape[0] as number) / heads / 2;
  return {
    read: (weight) => moved(weight, [half(weight), 2]),
    write: (weight) => moved(weight, [2, half(weight)]),
  };
}
