// A model in a GGUF file: its weights dequantised, by transformers' names and in their order.
import { resolve } from "node:path";
import { converted } from "../../checkpoint/assemble.js";
import type { StoredWeights } from "../../checkpoint/stored-weights.js";
import { sampleDigest } from "../../files/sample-digest.js";
import { type GgufEntry, GgufFile } from "../../gguf/gguf-file.js";
import { ggufTensor } from "../../gguf/gguf-tensor.js";
import { noGrad } from "../../tensor/grad-mode.js";
import { scoped } from "../../tensor/scope.js";
import type { ModelSource } from "../model-source.js";
import { architectureOf, ggufConfig } from "./config.js";
import { changeOf, ggufName, type Heads, transformersNames } from "./names.js";

export function ggufSource(path: string): ModelSource {
  using file = GgufFile.open(path);
  return {
    name: path,
    config: ggufConfig(file),
    generation: undefined,
    openWeights: () => weightsOf(GgufFile.open(path)),
  };
}

function weightsOf(file: GgufFile): StoredWeights {
  const architecture = architectureOf(file);
  const fields = ggufConfig(file).fields;
  const heads: Heads = {
    queries: fields.get("num_attention_heads") as number,
    keys: (fields.get("num_key_value_heads") ?? fields.get("num_attention_heads")) as number,
  };
  const numLayers = Math.min(fields.get("num_hidden_layers") as number, file.tensors.size);
  const known = transformersNames(architecture, numLayers);
  const entries = new Map<string, GgufEntry>();
  for (const name of known) {
    const entry = file.tensors.get(ggufName(architecture, name) ?? "");
    if (entry !== undefined) entries.set(name, entry);
  }
  const entryOf = (name: string): GgufEntry => entries.get(name) as GgufEntry;
  return {
    path: file.path,
    place: resolve(file.path),
    names: [...entries.keys(), ...leftOver(file, [...entries.values()])],
    has: (name) => entries.has(name),
    entry: (name) => ({ dtype: storedAs(entryOf(name)), shape: entryOf(name).shape }),
    tensor(name, { dtype = "float32", device = "cpu", via } = {}) {
      const change = changeOf(architecture, name, heads);
      if (change === undefined) return ggufTensor(file, entryOf(name), { dtype, device, via });
      const read = () => ggufTensor(file, entryOf(name), { dtype: "float32", device: "cpu" });
      return scoped(() =>
        noGrad(() => converted(change.read(read()).contiguous(), { dtype, via }).to({ device })),
      );
    },
    digest(name) {
      const entry = entryOf(name);
      const read = (at: number, bytes: Uint8Array) => file.readInto(entry, at, bytes);
      return sampleDigest(`${entry.type.name} ${entry.shape}`, entry.bytes, read);
    },
    keepOpen: () => file.keepOpen(),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  };
}

/** Tensors that nothing asks for, by their own names. */
function leftOver(file: GgufFile, used: readonly GgufEntry[]): string[] {
  return [...file.tensors].flatMap(([name, entry]) => (used.includes(entry) ? [] : [name]));
}

function storedAs({ type: { name } }: GgufEntry): string {
  return name === "F16" || name === "BF16" ? name : "F32";
}
