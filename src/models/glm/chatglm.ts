// ChatGLM2 and 3, and GLM-4 in the files of their own code (`chatglm`): the same model as transformers' `glm` under other names,
// queries, keys and values as one matrix. Read as that; the first ChatGLM is another model.
import { boolean, integer, number } from "../../arguments/checks.js";
import { converted } from "../../checkpoint/assemble.js";
import { CheckpointError, checkpointProblem } from "../../checkpoint/checkpoint-error.js";
import type { StoredWeights } from "../../checkpoint/stored-weights.js";
import { checkFields, required, type Schema } from "../../files/check-fields.js";
import type { StrictJson, StrictJsonObject } from "../../files/strict-json.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { scoped } from "../../tensor/scope.js";
import { size } from "../config-checks.js";
import { type ConfigFile, notImplemented } from "../config-file.js";
import type { ModelSource } from "../model-source.js";
import { partsOf, type QkvRows, type StoredPart } from "./chatglm-names.js";

const FIELDS = {
  padded_vocab_size: required(size),
  hidden_size: required(size),
  ffn_hidden_size: required(size),
  num_layers: required(size),
  num_attention_heads: required(size),
  kv_channels: required(size),
  multi_query_attention: boolean,
  multi_query_group_num: integer({ min: 1 }),
  layernorm_epsilon: number({ min: 0, max: 1 }),
  seq_length: size,
  add_qkv_bias: boolean,
  rope_ratio: number({ above: 0 }),
} as const;

/** What would change the numbers in a way that `glm` does not know. */
const REFUSED: Schema = {
  position_encoding_2d: notImplemented(
    "the first ChatGLM, whose positions go two ways,",
    null,
    false,
  ),
  add_bias_linear: notImplemented("biases of all matrices", null, false),
  rmsnorm: notImplemented("layer norms in place of RMS norms", null, true),
  post_layer_norm: notImplemented("a model without a last norm", null, true),
  apply_residual_connection_post_layernorm: notImplemented("adding what was normed", null, false),
  hidden_dropout: notImplemented("dropout of what layers add", null, 0),
  attention_dropout: notImplemented("dropout of attention weights", null, 0),
  pre_seq_len: notImplemented("a prefix that is learned", null),
  quantization_bit: notImplemented("loading quantized weights", null, 0),
};

/** Said by both in the same words. */
const SHARED = [
  "tie_word_embeddings",
  "bos_token_id",
  "eos_token_id",
  "pad_token_id",
  "dtype",
  "torch_dtype",
];

/** `source`, as a `glm` where it is a `chatglm`. */
export function withoutChatGLM(source: ModelSource): ModelSource {
  const { config } = source;
  if (config.fields.get("model_type") !== "chatglm") return source;
  const fields = glmFields(config);
  return {
    ...source,
    config: { path: config.path, fields },
    openWeights: () => glmWeights(source.openWeights(), rowsOf(fields)),
  };
}

/** @throws CheckpointError naming the field that is missing, wrong or not implemented */
function glmFields({ path, fields }: ConfigFile): StrictJsonObject {
  const at = { path, problem: checkpointProblem };
  checkFields(fields, REFUSED, at);
  const said = checkFields(fields, FIELDS, at);
  const { num_attention_heads: heads, multi_query_attention: isGrouped = false } = said;
  const shared = SHARED.flatMap((name) => {
    const value = fields.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return new Map<string, StrictJson>([
    ["model_type", "glm"],
    ["vocab_size", said.padded_vocab_size],
    ["hidden_size", said.hidden_size],
    ["intermediate_size", said.ffn_hidden_size],
    ["num_hidden_layers", said.num_layers],
    ["num_attention_heads", heads],
    ["num_key_value_heads", isGrouped ? (said.multi_query_group_num ?? 1) : heads],
    ["head_dim", said.kv_channels],
    ["max_position_embeddings", said.seq_length ?? 2048],
    ["rms_norm_eps", said.layernorm_epsilon ?? 1e-5],
    ["attention_bias", said.add_qkv_bias ?? false],
    ["rope_theta", 10000 * (said.rope_ratio ?? 1)],
    ["eos_token_id", null],
    ["pad_token_id", null],
    ...shared,
  ]);
}

function rowsOf(fields: StrictJsonObject): QkvRows {
  const [heads, groups, width] = ["num_attention_heads", "num_key_value_heads", "head_dim"].map(
    (name) => fields.get(name) as number,
  ) as [number, number, number];
  return { queries: heads * width, keys: groups * width };
}

/** Weights under the names of `glm`. */
function glmWeights(weights: StoredWeights, rows: QkvRows): StoredWeights {
  const parts = new Map(weights.names.flatMap((name) => partsOf(name, rows)));
  const partNamed = (name: string): StoredPart => parts.get(name) as StoredPart;
  return {
    path: weights.path,
    place: weights.place,
    names: [...parts.keys()],
    has: (name) => parts.has(name),
    entry(name) {
      const part = partNamed(name);
      const entry = weights.entry(part.stored);
      return { ...entry, shape: shapeOf(part, entry.shape, weights.path) };
    },
    tensor(name, wish = {}) {
      const { stored, rows: some } = partNamed(name);
      if (some === undefined) return weights.tensor(stored, wish);
      return scoped(() =>
        noGrad(() => {
          const part = weights.tensor(stored).slice(0, some.from, some.to);
          return converted(part, wish)
            .clone()
            .to({ device: wish.device ?? "cpu" });
        }),
      );
    },
    digest(name) {
      const { stored, rows: some } = partNamed(name);
      return some === undefined
        ? weights.digest(stored)
        : `${weights.digest(stored)} ${some.from}-${some.to}`;
    },
    keepOpen: () => weights.keepOpen(),
    [Symbol.dispose]: () => weights[Symbol.dispose](),
  };
}

function shapeOf(
  { stored, rows }: StoredPart,
  shape: readonly number[],
  path: string,
): readonly number[] {
  if (rows === undefined) return shape;
  if (shape[0] === rows.of) return [rows.to - rows.from, ...shape.slice(1)];
  throw new CheckpointError(
    `${stored} is [${shape.join(", ")}], the heads of config.json make ${rows.of} rows of queries, keys and values`,
    { path },
  );
}
