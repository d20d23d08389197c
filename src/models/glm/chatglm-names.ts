// Names of weights in the files of ChatGLM's own code, and what they are in transformers' `glm`.

/** Where a weight of `glm` is stored: a whole tensor, or some of its rows. */
export interface StoredPart {
  readonly stored: string;
  /** `of`: how many there are in all. */
  readonly rows?: { readonly from: number; readonly to: number; readonly of: number };
}

/** Rows of queries, and of keys, which are as many as those of values. */
export interface QkvRows {
  readonly queries: number;
  readonly keys: number;
}

const OUTSIDE_LAYERS: Readonly<Record<string, string>> = {
  "transformer.embedding.word_embeddings.weight": "model.embed_tokens.weight",
  "transformer.encoder.final_layernorm.weight": "model.norm.weight",
  "transformer.output_layer.weight": "lm_head.weight",
};
const IN_LAYERS: Readonly<Record<string, string>> = {
  "input_layernorm.weight": "input_layernorm.weight",
  "post_attention_layernorm.weight": "post_attention_layernorm.weight",
  "self_attention.dense.weight": "self_attn.o_proj.weight",
  "mlp.dense_h_to_4h.weight": "mlp.gate_up_proj.weight",
  "mlp.dense_4h_to_h.weight": "mlp.down_proj.weight",
};
const LAYER = /^transformer\.encoder\.layers\.(\d+)\.(.+)$/;
const FUSED = /^self_attention\.query_key_value\.(weight|bias)$/;

/** What a stored tensor is in `glm`, by the names there; what has none keeps its own. */
export function partsOf(stored: string, rows: QkvRows): [name: string, part: StoredPart][] {
  const [, index, inside = ""] = LAYER.exec(stored) ?? [];
  if (index === undefined) return [[OUTSIDE_LAYERS[stored] ?? stored, { stored }]];
  const layer = `model.layers.${index}.`;
  const [, kind] = FUSED.exec(inside) ?? [];
  if (kind !== undefined) return fusedParts(stored, { layer, kind }, rows);
  const own = IN_LAYERS[inside];
  return [[own === undefined ? stored : layer + own, { stored }]];
}

function fusedParts(
  stored: string,
  { layer, kind }: { readonly layer: string; readonly kind: string },
  { queries, keys }: QkvRows,
): [name: string, part: StoredPart][] {
  const ends = [queries, queries + keys, queries + 2 * keys];
  return ["q_proj", "k_proj", "v_proj"].map((name, i) => {
    const rows = { from: ends[i - 1] ?? 0, to: ends[i] as number, of: ends[2] as number };
    return [`${layer}self_attn.${name}.${kind}`, { stored, rows }];
  });
}
