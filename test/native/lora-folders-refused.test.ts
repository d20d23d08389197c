// Folders of adapters that are refused, with nothing changed.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { addAdapter, Booster } from "notebooster";
import { expect, test } from "vitest";
import { SafetensorsFile } from "../../src/checkpoint/safetensors.js";
import { type TensorSource, writeSafetensors } from "../../src/checkpoint/safetensors-writer.js";
import { scratchFolder } from "../fixtures/scratch.js";
import { small } from "../fixtures/small-lora.js";

test.each([
  [
    "a beginning that changes the base model",
    { init_lora_weights: "pissa" },
    /"init_lora_weights" must be true, false/,
  ],
  ["another method", { peft_type: "IA3" }, /"peft_type" must be "LORA", got "IA3"/],
  [
    "trained tokens",
    { trainable_token_indices: [1, 2] },
    /"trainable_token_indices" is \[1,2\], which is not implemented/,
  ],
  [
    "ranks of single layers that the weights have not",
    { rank_pattern: { q_proj: 4 } },
    /lora_A.weight is \[2, 48\], the model wants \[4, 48\]/,
  ],
  [
    "layers beside a regular expression",
    { target_modules: ".*q_proj", layers_to_transform: [0] },
    /"layers_to_transform" goes with names as "target_modules"/,
  ],
  ["a rank that is none", { rank_pattern: { q_proj: 0 } }, /"rank_pattern" must be an object/],
  ["biases of another kind", { bias: "some" }, /"bias" must be "none" or "lora_only" or "all"/],
  [
    "a rank that the weights have not",
    { r: 3 },
    /does not fit the model[\s\S]*lora_A.weight is \[2, 48\], the model wants \[3, 48\]/,
  ],
  [
    "layers that the weights have not",
    { target_modules: ["q_proj", "k_proj"] },
    /missing: base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight/,
  ],
])("a folder of PEFT's with %s", async (_, changes, message) => {
  const folder = join(scratchFolder(), "adapter");
  const model = small();
  addAdapter(model, "default", { r: 2, targetModules: ["q_proj"] });
  await new Booster().saveLoraAsPretrained(model, folder);
  const file = join(folder, "adapter_config.json");
  writeFileSync(
    file,
    JSON.stringify({ ...(JSON.parse(readFileSync(file, "utf8")) as object), ...changes }),
  );
  const fresh = small();
  const before = [...fresh.namedParameters()].map(([name, { requiresGrad }]) => [
    name,
    requiresGrad,
  ]);
  expect(() => new Booster().enableLora(fresh, { pretrainedDir: folder })).toThrow(message);
  expect(
    [...fresh.namedParameters()].map(([name, { requiresGrad }]) => [name, requiresGrad]),
  ).toEqual(before);
});

test("a folder of PEFT's whose weights are whole numbers", async () => {
  const folder = join(scratchFolder(), "adapter");
  const model = small();
  addAdapter(model, "default", { r: 2, targetModules: ["q_proj"] });
  await new Booster().saveLoraAsPretrained(model, folder);
  const file = join(folder, "adapter_model.safetensors");
  const sources = readSources(file);
  writeSafetensors(
    file,
    sources.map((source, i) => (i === 0 ? { ...source, dtype: "I32" } : source)),
  );
  expect(() => new Booster().enableLora(small(), { pretrainedDir: folder })).toThrow(
    /does not fit the model:\s+base_model\.\S+ is of type I32, weights are one of/,
  );
});

function readSources(file: string): TensorSource[] {
  using opened = SafetensorsFile.open(file);
  return [...opened.tensors].map(([name, { dtype, shape }]) => {
    const bytes = opened.read(name);
    return { name, dtype, shape, bytes: () => bytes };
  });
}
