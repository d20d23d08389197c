// OPT beside transformers: norms before and after, projected embeddings, positions counted from the mask.
import { OPTForCausalLM, tensor } from "notebooster";
import { test } from "vitest";
import { expectDropout, expectFamily } from "../fixtures/beside-families.js";
import { ids, padded } from "../fixtures/rows.js";

const CONFIG = {
  vocab_size: 97,
  hidden_size: 36,
  num_hidden_layers: 2,
  num_attention_heads: 3,
  ffn_dim: 50,
  max_position_embeddings: 80,
  dropout: 0,
  word_embed_proj_dim: null,
};
const PADDED_BEFORE = padded([3, 11, 6]).map((row) => row.toReversed());
const PROMPTS = [[5, 6, 7, 8, 9, 10, 11], [12], [40, 41, 42]];
const className = "OPTForCausalLM";

expectFamily({ OPTForCausalLM }, [
  {
    name: "norms before, tied",
    className,
    config: CONFIG,
    inputs: { input_ids: ids(0), labels: ids(0) },
    prompts: PROMPTS,
  },
  {
    name: "norms after, projected embeddings, padding after",
    className,
    config: {
      ...CONFIG,
      do_layer_norm_before: false,
      word_embed_proj_dim: 20,
      num_attention_heads: 4,
    },
    inputs: { input_ids: ids(1), attention_mask: padded([11, 4, 7]), labels: ids(1) },
    prompts: PROMPTS,
  },
  {
    name: "untied, no bias, bare norms, padding before, GELU",
    className,
    config: {
      ...CONFIG,
      tie_word_embeddings: false,
      enable_bias: false,
      layer_norm_elementwise_affine: false,
      activation_function: "gelu",
    },
    withoutPadding: true,
    inputs: {
      input_ids: ids(2),
      attention_mask: PADDED_BEFORE,
      labels: ids(2).map((row, r) =>
        row.map((id, i) => (PADDED_BEFORE[r]?.[i - 1] === 1 ? id : -100)),
      ),
    },
    prompts: PROMPTS,
  },
  {
    name: "no norm before the head, given positions",
    className,
    config: { ...CONFIG, _remove_final_layer_norm: true, word_embed_proj_dim: 50 },
    inputs: {
      input_ids: ids(3),
      position_ids: ids(4).map((row) => row.map((id) => id % 80)),
      labels: ids(3),
    },
  },
]);

test("dropout is drawn anew in each training pass, and eval() has none", () => {
  const inputIds = tensor(ids(0)).long();
  expectDropout(new OPTForCausalLM({ ...SMALL, dropout: 0.1, attentionDropout: 0.1 }), {
    inputIds,
    labels: inputIds,
  });
});

const SMALL = { vocabSize: 97, hiddenSize: 36, numHiddenLayers: 2, numAttentionHeads: 3 };
