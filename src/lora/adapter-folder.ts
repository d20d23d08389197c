// An adapter in the files of PEFT: adapter_config.json and adapter_model.safetensors, whose names begin with "base_model.model.".
import { join } from "node:path";
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
import { tensorIn } from "../checkpoint/assemble.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { misfits, refuseMisfits } from "../checkpoint/misfits.js";
import type { PlannedFile } from "../checkpoint/planned-file.js";
import { SafetensorsFile } from "../checkpoint/safetensors.js";
import { sourceOf } from "../checkpoint/tensor-source.js";
import { checkFields, describeJson, required, type Schema } from "../files/check-fields.js";
import { requireFolder } from "../files/folder.js";
import { readJsonObject } from "../files/json-file.js";
import type { StrictJson, StrictJsonObject } from "../files/strict-json.js";
import { tellIfCutOff } from "../host/index.js";
import type { Module } from "../nn/module.js";
import { masterOf, write } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";
import {
  type Adapter,
  activeAdapters,
  adaptedLayers,
  adaptersOf,
  type NewAdapter,
  putAdapter,
  removeAdapter,
  requireAdapter,
} from "./adapters.js";
import type { LoraConfig } from "./options.js";
import { savedModules } from "./targets.js";
import { hasResizedTokens, requireSameTokens, tokenRows } from "./token-rows.js";

const CONFIG_FILE = "adapter_config.json";
const WEIGHTS_FILE = "adapter_model.safetensors";
const PREFIX = "base_model.model.";

/** Ways in which A and B begin that leave the base model as it is. */
const INITIALIZATIONS = new Set(["gaussian", "orthogonal", "eva"]);

/** Fields of `adapter_config.json` that are read. */
const SCHEMA = {
  peft_type: required(oneOf("LORA")),
  r: required(integer({ min: 1 })),
  lora_alpha: required(number({ above: 0 })),
  lora_dropout: dropoutRate,
  use_rslora: boolean,
  use_dora: boolean,
  target_modules: required(anyOf(text, listOf(text))),
  modules_to_save: nullable(listOf(text)),
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

/**
 * The files of an adapter, planned.
 * @param base folder or name of the model that it is for; null where nobody said it
 */
export function adapterFiles(model: Module, name: string, base: string | null): PlannedFile[] {
  const adapter = requireAdapter("saveLoraAsPretrained", model, name);
  const sources = [...savedParameters(model, name, adapter.config)].map(([stored, parameter]) =>
    sourceOf([stored, masterOf(parameter) ?? parameter]),
  );
  const json = {
    ...configJson(model, adapter),
    base_model_name_or_path: base,
    fan_in_fan_out: isTransposed(model),
  };
  return [
    { name: WEIGHTS_FILE, sources },
    { name: CONFIG_FILE, content: `${JSON.stringify(json, null, 2)}\n` },
  ];
}

/**
 * Puts the adapter in a folder of PEFT's on a model.
 * @throws CheckpointError naming a field that is not implemented, or listing the weights that do not fit; nothing is changed then
 */
export function loadAdapterFolder(
  of: string,
  model: Module,
  { name, folder, nf4 }: Pick<NewAdapter, "name" | "nf4"> & { readonly folder: string },
): void {
  requireFolder(folder, {
    what: "adapter folder",
    problem: checkpointProblem,
  });
  const config = readConfig(join(folder, CONFIG_FILE));
  using file = SafetensorsFile.open(join(folder, WEIGHTS_FILE));
  putAdapter(of, model, { name, config, nf4 });
  tellIfCutOff("an adapter was loaded in part: load model and adapter again", () => {
    try {
      const rows = tokenRows(model, PREFIX).filter(([each]) => file.tensors.has(each));
      requireSameTokens(rows, file);
      fill(file, [...adapterParameters(model, name, config), ...rows]);
    } catch (error) {
      removeAdapter(model, name);
      throw error;
    }
  });
}

/** What is trained of an adapter, by the names of PEFT's files. */
function* adapterParameters(
  model: Module,
  name: string,
  config: LoraConfig,
): Generator<[stored: string, parameter: Parameter]> {
  for (const [path, layer] of adaptedLayers(model)) {
    const [a, b, magnitude] = [layer.loraA, layer.loraB, layer.loraMagnitudeVector].map(
      (of) => of.get(name)?.weight,
    );
    if (a !== undefined) yield [`${PREFIX}${path}.lora_A.weight`, a];
    if (b !== undefined) yield [`${PREFIX}${path}.lora_B.weight`, b];
    if (magnitude !== undefined) yield [`${PREFIX}${path}.lora_magnitude_vector`, magnitude];
  }
  for (const [path, module] of savedModules("modulesToSave", model, config.modulesToSave))
    for (const [own, parameter] of module.namedParameters())
      yield [`${PREFIX}${path}.${own}`, parameter];
}

/** All that the base model lacks. */
function savedParameters(model: Module, name: string, config: LoraConfig): Map<string, Parameter> {
  const rows = hasResizedTokens(model) ? tokenRows(model, PREFIX) : [];
  return new Map([...adapterParameters(model, name, config), ...rows]);
}

function configJson(model: Module, { config, targets }: Adapter): Record<string, unknown> {
  return {
    peft_type: "LORA",
    task_type: "headWeight" in model ? "CAUSAL_LM" : null, // PEFT then asks the model for what only such have
    inference_mode: true,
    bias: "none",
    r: config.r,
    lora_alpha: config.loraAlpha,
    lora_dropout: config.loraDropout,
    use_rslora: config.useRslora,
    use_dora: config.useDora,
    target_modules: isPythons(config.targetModules) ? config.targetModules.source : targets,
    modules_to_save: config.modulesToSave.length === 0 ? null : config.modulesToSave,
  };
}

/** Python is given no flags. */
function isPythons(targets: LoraConfig["targetModules"]): targets is RegExp {
  return targets instanceof RegExp && targets.flags.replace(/[gu]/g, "") === "";
}

function isTransposed(model: Module): boolean {
  return adaptedLayers(model).some(([, layer]) => layer.isTransposed);
}

function readConfig(path: string): LoraConfig {
  const object = readJsonObject(path, { problem: checkpointProblem });
  const fields = checkFields(object, SCHEMA, { path, problem: checkpointProblem });
  requireNothingElse(object, path);
  const { target_modules: targets } = fields;
  return {
    r: fields.r,
    loraAlpha: fields.lora_alpha,
    loraDropout: fields.lora_dropout ?? 0,
    useRslora: fields.use_rslora ?? false,
    useDora: fields.use_dora ?? false,
    targetModules:
      typeof targets === "string" && targets !== "all-linear"
        ? patternOf(targets, path)
        : (targets as "all-linear" | readonly string[]),
    modulesToSave: fields.modules_to_save ?? [],
  };
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
  return (
    value === null ||
    value === false ||
    value === "none" ||
    (Array.isArray(value) && value.length === 0)
  );
}

/** Python's regular expressions and JavaScript's are the same for names of modules, but for a few. */
function patternOf(source: string, path: string): RegExp {
  try {
    return new RegExp(source, "u");
  } catch (cause) {
    throw new CheckpointError(
      `"target_modules" is ${JSON.stringify(source)}, which is no regular expression of JavaScript's`,
      { path, cause },
    );
  }
}

/** @throws CheckpointError listing what is missing, left over or of another shape or type */
function fill(file: SafetensorsFile, parameters: Iterable<readonly [string, Parameter]>): void {
  const wanted = new Map(parameters);
  const stored = {
    names: file.tensors.keys(),
    has: (name: string) => file.tensors.has(name),
    entry: (name: string) => file.entry(name),
  };
  refuseMisfits(
    misfits(wanted, stored, "the model"),
    "the adapter does not fit the model",
    file.path,
  );
  for (const [name, parameter] of wanted) scoped(() => write(parameter, tensorIn(file, name)));
}

/** An adapter in the words of PEFT's configuration. */
export function describeAdapter(model: Module, name: string): Record<string, unknown> {
  return configJson(model, requireAdapter("saveLoraAsPretrained", model, name));
}

/** What tells the adapters of a checkpoint apart from others of the same shapes: plain data. */
export function describeAdapters(model: Module): Record<string, unknown> | undefined {
  const adapters = adaptersOf(model);
  if (adapters.size === 0) return undefined;
  const described = [...adapters].map(([name, adapter]) => [name, configJson(model, adapter)]);
  return { adapters: Object.fromEntries(described), active: activeAdapters(model) };
}
