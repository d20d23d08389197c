// BLOOM beside transformers: the lines of ALiBi for numbers of heads that are no power of two, and with padding.
import { BloomForCausalLM, tensor } from "notebooster";
import { test } from "vitest";
import { expectDropout, expectFamily } from "../fixtures/beside-families.js";
import { ids, padded } from "../fixtures/rows.js";

const CONFIG = { vocab_size: 97, hidden_size: 36, n_layer: 2, n_head: 3 };
const PROMPTS = [[5, 6, 7, 8, 9, 10, 11], [12], [40, 41, 42]];
const LEFT = padded([3, 11, 6]).map((row) => row.toReversed());
const SCATTERED = padded([11, 4, 7]).map((row, i) => row.map((bit, j) => (j === i + 2 ? 0 : bit)));
const className = "BloomForCausalLM";

expectFamily({ BloomForCausalLM }, [
  {
    name: "three heads, tied",
    className,
    config: CONFIG,
    inputs: { input_ids: ids(0), labels: ids(0) },
    prompts: PROMPTS,
  },
  {
    name: "six heads, padding among tokens, residuals after norms",
    className,
    config: { ...CONFIG, n_head: 6, apply_residual_connection_post_layernorm: true },
    inputs: { input_ids: ids(1), attention_mask: SCATTERED, labels: ids(1) },
    prompts: PROMPTS,
  },
  {
    name: "four heads, untied, padding before",
    className,
    config: { ...CONFIG, n_head: 4, tie_word_embeddings: false, layer_norm_epsilon: 1e-3 },
    inputs: {
      input_ids: ids(2),
      attention_mask: LEFT,
      labels: ids(2).map((row, i) => row.map((id, j) => (LEFT[i]?.[j - 1] === 1 ? id : -100))),
    },
    withoutPadding: true,
    prompts: PROMPTS,
  },
]);

test("dropout is drawn anew in each training pass, and eval() has none", () => {
  const inputIds = tensor(ids(0)).long();
  expectDropout(new BloomForCausalLM({ ...SMALL, hiddenDropout: 0.1, attentionDropout: 0.1 }), {
    inputIds,
    labels: inputIds,
  });
});

const SMALL = { vocabSize: 97, hiddenSize: 36, numHiddenLayers: 2, numAttentionHeads: 3 };
