// Embedding and head, which an adapter may have beside its layers: trained whole by `modulesToSave`, or saved by PEFT because
// tokens were added to the model.
import { CheckpointError } from "../checkpoint/checkpoint-error.js";
import type { SafetensorsFile } from "../checkpoint/safetensors.js";
import type { Module } from "../nn/module.js";
import type { Parameter } from "../tensor/parameter.js";

type Stored = readonly [name: string, parameter: Parameter];

/** Those that the model has, by the names that files have for them. */
export function tokenRows(model: Module, prefix: string): Stored[] {
  const rows = ["embeddingWeight", "headWeight"].map((name) => Reflect.get(model, name));
  return [...model.namedParameters("", { removeDuplicate: false })]
    .filter(([, parameter]) => rows.includes(parameter))
    .map(([name, parameter]) => [`${prefix}${name}`, parameter]);
}

/** Whether the model has other tokens than its folder, so that an adapter of it is to hold them, as in PEFT. */
export function hasResizedTokens(model: Module): boolean {
  return Reflect.get(model, "hasResizedTokens") === true;
}

/** @throws CheckpointError when the adapter is of another number of tokens than the model */
export function requireSameTokens(rows: readonly Stored[], file: SafetensorsFile): void {
  for (const [name, { shape }] of rows) {
    const [stored, present] = [file.entry(name).shape[0], shape[0]];
    if (stored === present) continue;
    throw new CheckpointError(
      `the adapter is of a model with ${stored} tokens (${name}), this one has ${present}; call model.resizeTokenEmbeddings(${stored}) before the adapter is put on it`,
      { path: file.path },
    );
  }
}
