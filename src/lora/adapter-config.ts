// What an adapter is, in the words of PEFT's adapter_config.json, read and written.

import { snakeCase } from "../arguments/cases.js";
import {
  anyOf,
  boolean,
  dropoutRate,
  integer,
  kind,
  listOf,
  nullable,
  number,
  oneOf,
  text,
} from "../arguments/checks.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import {
  checkFields,
  describeJson,
  required,
  type Schema,
  tableOf,
} from "../files/check-fields.js";
import { readJsonObject } from "../files/json-file.js";
import type { StrictJson, StrictJsonObject } from "../files/strict-json.js";
import type { Module } from "../nn/module.js";
import type { Adapter } from "./adapters.js";
import { inconsistency, isPythons, type LoraConfig } from "./options.js";

/** Ways in which A and B begin that leave the base model as it is. */
const INITIALIZATIONS = new Set(["gaussian", "orthogonal", "eva"]);

const rank = integer({ min: 1 });
const alpha = number({ above: 0 });
const layer = integer({ min: 0 });

/** Fields of `adapter_config.json` that are read. */
const SCHEMA = {
  peft_type: required(oneOf("LORA")),
  r: required(rank),
  lora_alpha: required(alpha),
  rank_pattern: nullable(tableOf(rank)),
  alpha_pattern: nullable(tableOf(alpha)),
  lora_dropout: dropoutRate,
  use_rslora: boolean,
  use_dora: boolean,
  target_modules: required(anyOf(text, listOf(text))),
  exclude_modules: nullable(anyOf(text, listOf(text))),
  layers_to_transform: nullable(anyOf(layer, listOf(layer))),
  layers_pattern: nullable(anyOf(text, listOf(text))),
  modules_to_save: nullable(listOf(text)),
  bias: oneOf("none", "lora_only", "all"),
  init_lora_weights: kind(
    'true, false, "gaussian", "orthogonal" or "eva" (others change the base model too; PEFT saves such an adapter as a plain one with path_initial_model_for_weight_conversion)',
    (value) => typeof value === "boolean" || INITIALIZATIONS.has(value as string),
  ),
} satisfies Schema;

/** Fields that change no numbers of an adapter that has been trained, or say what these files say anyway. */
const BYSTANDERS = new Set([
  ...[
    "auto_mapping",
    "base_model_name_or_path",
    "revision",
    "task_type",
    "inference_mode",
    "peft_version",
    "runtime_config",
  ],
  ...["fan_in_fan_out", "qalora_group_size", "ensure_weight_tying", "megatron_core"],
  "eva_config", // how A began
]);

/** What describes an adapter of a model; of what does not concern it nothing is said. */
export function configJson(model: Module, { config, targets }: Adapter): Record<string, unknown> {
  return {
    peft_type: "LORA",
    task_type: "headWeight" in model ? "CAUSAL_LM" : null, // PEFT then asks the model for what only such have
    inference_mode: true,
    bias: config.bias,
    r: config.r,
    lora_alpha: config.loraAlpha,
    lora_dropout: config.loraDropout,
    use_rslora: config.useRslora,
    use_dora: config.useDora,
    target_modules: jsonOf(config.targetModules, targets),
    modules_to_save: config.modulesToSave.length === 0 ? null : config.modulesToSave,
    ...filled({
      rank_pattern: config.rankPattern,
      alpha_pattern: config.alphaPattern,
      exclude_modules: jsonOf(config.excludeModules, config.excludeModules),
      layers_to_transform: config.layersToTransform,
      layers_pattern: config.layersPattern,
    }),
  };
}

/** A regular expression as Python writes it, where it means the same there; else `names`. */
function jsonOf(means: unknown, names: unknown): unknown {
  return means instanceof RegExp && isPythons(means) ? means.source : names;
}

/** Those that are not empty. */
function filled(fields: Record<string, unknown>): Record<string, unknown> {
  const isFull = (value: unknown): boolean =>
    typeof value === "number" || Object.keys(value as object | string).length > 0;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => isFull(value)));
}

/** @throws CheckpointError naming a field that is not implemented or contradicts another */
export function readConfig(path: string): LoraConfig {
  const object = readJsonObject(path, { problem: checkpointProblem });
  const fields = checkFields(object, SCHEMA, { path, problem: checkpointProblem });
  requireNothingElse(object, path);
  const meaning = (field: "target_modules" | "exclude_modules"): RegExp | readonly string[] => {
    const value = fields[field] ?? [];
    if (typeof value !== "string") return value;
    return value === "" ? [] : patternOf(field, value, path);
  };
  const config: LoraConfig = {
    r: fields.r,
    loraAlpha: fields.lora_alpha,
    loraDropout: fields.lora_dropout ?? 0,
    useRslora: fields.use_rslora ?? false,
    useDora: fields.use_dora ?? false,
    targetModules:
      fields.target_modules === "all-linear" ? "all-linear" : meaning("target_modules"),
    modulesToSave: fields.modules_to_save ?? [],
    rankPattern: Object.fromEntries(fields.rank_pattern ?? []),
    alphaPattern: Object.fromEntries(fields.alpha_pattern ?? []),
    excludeModules: meaning("exclude_modules"),
    layersToTransform: fields.layers_to_transform ?? [],
    layersPattern: [fields.layers_pattern ?? []].flat().filter((pattern) => pattern !== ""),
    bias: fields.bias ?? "none",
  };
  const problem = inconsistency(config, (option) => `"${snakeCase(option)}"`);
  if (problem !== undefined) throw new CheckpointError(problem, { path });
  return config;
}

/** @throws CheckpointError for a field that asks for something that is not done here */
function requireNothingElse(object: StrictJsonObject, path: string): void {
  for (const [name, value] of object) {
    if (Object.hasOwn(SCHEMA, name) || BYSTANDERS.has(name) || isNothing(value)) continue;
    throw new CheckpointError(
      `"${name}" is ${describeJson(value)}, which is not implemented and would change the adapter's numbers`,
      { path },
    );
  }
}

function isNothing(value: StrictJson): boolean {
  if (value instanceof Map) return value.size === 0;
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}

/** Python's regular expressions and JavaScript's are the same for names of modules, but for a few. */
function patternOf(field: string, source: string, path: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (cause) {
    throw new CheckpointError(
      `"${field}" is ${JSON.stringify(source)}, which is no regular expression of JavaScript's`,
      { path, cause },
    );
  }
}
