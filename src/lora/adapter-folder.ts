// An adapter in the files of PEFT: adapter_config.json and adapter_model.safetensors, whose names begin with "base_model.model.".
import { join } from "node:path";
import { tensorIn } from "../checkpoint/assemble.js";
import { checkpointProblem } from "../checkpoint/checkpoint-error.js";
import { misfits, refuseMisfits } from "../checkpoint/misfits.js";
import type { PlannedFile } from "../checkpoint/planned-file.js";
import { SafetensorsFile } from "../checkpoint/safetensors.js";
import { sourceOf } from "../checkpoint/tensor-source.js";
import { requireFolder } from "../files/folder.js";
import { tellIfCutOff } from "../host/index.js";
import type { Module } from "../nn/module.js";
import { wholeMasterOf, writeStored } from "../tensor/masters.js";
import type { Parameter } from "../tensor/parameter.js";
import { scoped } from "../tensor/scope.js";
import { wholeOf } from "../tensor/weights-owner.js";
import { configJson, readConfig } from "./adapter-config.js";
import {
  activeAdapters,
  adaptersOf,
  type NewAdapter,
  putAdapter,
  removeAdapter,
  requireAdapter,
} from "./adapters.js";
import { trainedBiases } from "./in-place.js";
import { adaptedLayers } from "./lora-layer.js";
import type { LoraConfig } from "./options.js";
import { savedModules } from "./targets.js";
import { hasResizedTokens, requireSameTokens, tokenRows } from "./token-rows.js";

const CONFIG_FILE = "adapter_config.json";
const WEIGHTS_FILE = "adapter_model.safetensors";
const PREFIX = "base_model.model.";
/** Biases of a module that is trained as a copy, from before: PEFT stores them with `bias: "all"` and computes with the copy. */
const UNUSED = /\.original_module\.bias$/;

/**
 * The files of an adapter, planned. All ranks call it: they may share its weights.
 * @param base folder or name of the model that it is for; null where nobody said it
 */
export function adapterFiles(model: Module, name: string, base: string | null): PlannedFile[] {
  const adapter = requireAdapter("saveLoraAsPretrained", model, name);
  const sources = [...savedParameters(model, name, adapter.config)].map(([stored, parameter]) =>
    sourceOf([stored, wholeMasterOf(parameter) ?? wholeOf(parameter)]),
  );
  const json = {
    ...configJson(model, adapter),
    base_model_name_or_path: base,
    fan_in_fan_out: adaptedLayers(model).some(([, layer]) => layer.isTransposed),
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
    const [storedA, storedB] = layer.storedFactors;
    if (a !== undefined) yield [`${PREFIX}${path}.${storedA}`, a];
    if (b !== undefined) yield [`${PREFIX}${path}.${storedB}`, b];
    if (magnitude !== undefined) yield [`${PREFIX}${path}.lora_magnitude_vector`, magnitude];
  }
  for (const [path, module] of savedModules("modulesToSave", model, config.modulesToSave))
    for (const [own, parameter] of module.namedParameters())
      yield [`${PREFIX}${path}.${own}`, parameter];
  for (const [path, parameter] of trainedBiases(model, config))
    yield [`${PREFIX}${path}`, parameter];
}

/** All that the base model lacks. */
function savedParameters(model: Module, name: string, config: LoraConfig): Map<string, Parameter> {
  const rows = hasResizedTokens(model) ? tokenRows(model, PREFIX) : [];
  return new Map([...adapterParameters(model, name, config), ...rows]);
}

/** @throws CheckpointError listing what is missing, left over or of another shape or type */
function fill(file: SafetensorsFile, parameters: Iterable<readonly [string, Parameter]>): void {
  const wanted = new Map(parameters);
  const stored = {
    names: [...file.tensors.keys()].filter((name) => !UNUSED.test(name)),
    has: (name: string) => file.tensors.has(name),
    entry: (name: string) => file.entry(name),
  };
  refuseMisfits(
    misfits(wanted, stored, "the model"),
    "the adapter does not fit the model",
    file.path,
  );
  for (const [name, parameter] of wanted)
    scoped(() => writeStored(parameter, tensorIn(file, name)));
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
