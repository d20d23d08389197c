// Folders that transformers saved with bitsandbytes' weights of four bits: they hold, under other names, the bytes that an `Nf4Linear` has.
import { listOf, number, oneOf } from "../arguments/checks.js";
import type { Wish } from "../checkpoint/assemble.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import type { Nf4Layer, StoredWeights } from "../checkpoint/stored-weights.js";
import { checkFields, required } from "../files/check-fields.js";
import { parseJsonObject } from "../files/json-file.js";
import type { StrictJson } from "../files/strict-json.js";
import { BLOCK_SIZE, nf4Numbers, SCALED_BLOCKS } from "../quantize/nf4.js";
import { tensor } from "../tensor/create.js";
import { numElements } from "../tensor/element-range.js";
import { noGrad } from "../tensor/grad-mode.js";
import { ops } from "../tensor/ops.js";
import { scoped } from "../tensor/scope.js";
import type { Tensor } from "../tensor/tensor.js";
import { size } from "./config-checks.js";
import type { ModelSource } from "./model-source.js";

const STATE = /^(.+)\.weight\.quant_state\.bitsandbytes__(\w+)$/;
const REMEDY =
  "of bitsandbytes nf4 is read alone; load it with transformers, and save model.dequantize()";

/** What bitsandbytes says of a weight, as JSON in a tensor of bytes. */
const STATE_FIELDS = {
  quant_type: required(oneOf("nf4")),
  blocksize: required(oneOf(BLOCK_SIZE)),
  shape: required(listOf(size)),
  nested_blocksize: oneOf(SCALED_BLOCKS),
  nested_dtype: oneOf("float32"),
  nested_offset: number(),
} as const;

/** Bytes of a number, by its type in files. */
const WIDTHS: Readonly<Record<string, number>> = { U8: 1, F32: 4 };

/**
 * A folder whose configuration says that bitsandbytes rounded its weights, as one with layers of NF4; others as they are.
 * @throws CheckpointError for its other kinds of numbers
 */
export function withoutBitsAndBytes(source: ModelSource): ModelSource {
  const { path, fields } = source.config;
  const said = fields.get("quantization_config");
  if (!(said instanceof Map) || !isBitsAndBytes(said)) return source;
  requireNf4(said, path);
  const others = new Map([...fields].filter(([name]) => name !== "quantization_config"));
  return {
    ...source,
    config: { path, fields: others },
    openWeights: () => withNf4Layers(source.openWeights()),
  };
}

function isBitsAndBytes(said: ReadonlyMap<string, StrictJson>): boolean {
  const method = said.get("quant_method");
  return method === "bitsandbytes" || (method === undefined && said.has("load_in_4bit"));
}

function requireNf4(said: ReadonlyMap<string, StrictJson>, path: string): void {
  const { load_in_8bit: in8, load_in_4bit: in4 } = Object.fromEntries(said);
  const type = said.get("bnb_4bit_quant_type") ?? "fp4"; // its default
  const storage = said.get("bnb_4bit_quant_storage") ?? "uint8";
  const refuse = (what: string): never => {
    throw new CheckpointError(`"quantization_config" says ${what}; ${REMEDY}`, { path });
  };
  if (in8 === true) refuse("load_in_8bit, weights of 8 bits");
  if (in4 !== true) refuse("neither load_in_4bit nor load_in_8bit");
  if (type !== "nf4") refuse(`bnb_4bit_quant_type ${JSON.stringify(type)}`);
  if (storage !== "uint8") refuse(`bnb_4bit_quant_storage ${JSON.stringify(storage)}`);
}

/** A part of a weight, and what is stored of it. */
interface Part {
  readonly stored: string;
  readonly numBytes: number;
  read(wish: Wish): Tensor;
}

/** The parts of weights in NF4 under the names of `Nf4Linear`. */
function withNf4Layers(weights: StoredWeights): StoredWeights {
  const layers = new Map<string, Nf4Layer>();
  const parts = new Map<string, Part>();
  try {
    for (const state of weights.names) {
      const [, name, type] = STATE.exec(state) ?? [];
      if (name === undefined) continue;
      if (type !== "nf4") throw damage(weights, `${name}.weight is ${type}; ${REMEDY}`);
      const { layer, parts: own } = storedLayer(weights, name, state);
      layers.set(name, layer);
      for (const [part, of] of own) parts.set(`${name}.${part}`, of);
    }
  } catch (error) {
    weights[Symbol.dispose]();
    throw error;
  }
  const isPart = (stored: string): boolean => {
    const [, name] = /^(.+)\.weight(?:\.|$)/.exec(stored) ?? [];
    return name !== undefined && layers.has(name);
  };
  return {
    ...weights,
    names: [...weights.names.filter((name) => !isPart(name)), ...parts.keys()],
    nf4Layers: layers,
    has: (name) => parts.has(name) || (weights.has(name) && !isPart(name)),
    entry(name) {
      const part = parts.get(name);
      return part === undefined ? weights.entry(name) : { dtype: "U8", shape: [part.numBytes] };
    },
    tensor(name, wish = {}) {
      const part = parts.get(name);
      if (part === undefined) return weights.tensor(name, wish);
      return scoped(() => noGrad(() => part.read(wish)));
    },
    digest: (name) => weights.digest(parts.get(name)?.stored ?? name),
  };
}

function storedLayer(weights: StoredWeights, name: string, state: string) {
  const at = { path: `${weights.path}: ${state}`, problem: checkpointProblem };
  const json = parseJsonObject(bytesOf(weights, state), at);
  const { shape, nested_offset: offset } = checkFields(json, STATE_FIELDS, at);
  const [outFeatures, inFeatures, ...more] = shape;
  if (outFeatures === undefined || inFeatures === undefined || more.length > 0)
    throw damage(weights, `${state}: [${shape.join(", ")}] is the shape of no matrix`);
  const part = (stored: string): Part => partOf(weights, `${name}.weight${stored}`);
  if (!Buffer.from(bytesOf(weights, `${name}.weight.quant_map`)).equals(NUMBERS()))
    throw damage(weights, `${name}.weight.quant_map is not the sixteen numbers of NF4`);
  const isDouble = offset !== undefined;
  const parts = new Map([
    ["packed", part("")],
    ["absmax", part(".absmax")],
  ]);
  if (isDouble) {
    parts.set("absmax_map", part(".nested_quant_map"));
    parts.set("absmax_scales", part(".nested_absmax"));
    parts.set("absmax_offset", {
      ...{ stored: state, numBytes: 4 },
      read: ({ device = "cpu" }) =>
        ops.aten.view(tensor(Float32Array.of(offset)), "uint8").to({ device }),
    });
  }
  return { layer: { shape: [outFeatures, inFeatures] as const, isDouble }, parts };
}

/** Its bytes, whatever type they are of. */
function partOf(weights: StoredWeights, stored: string): Part {
  requireStored(weights, stored);
  const { dtype, shape } = weights.entry(stored);
  const width = WIDTHS[dtype];
  if (width === undefined)
    throw damage(weights, `${stored} is of type ${dtype}, of four bits it is U8 or F32`);
  return {
    stored,
    numBytes: numElements(shape) * width,
    read: ({ device }) => ops.aten.view(weights.tensor(stored, { device }).reshape([-1]), "uint8"),
  };
}

function bytesOf(weights: StoredWeights, name: string): Uint8Array {
  requireStored(weights, name);
  using stored = weights.tensor(name);
  return stored.toBytes();
}

function requireStored(weights: StoredWeights, name: string): void {
  if (!weights.has(name)) throw damage(weights, `has no ${name}, a part of a weight of four bits`);
}

function damage({ path }: StoredWeights, problem: string): CheckpointError {
  return new CheckpointError(problem, { path });
}

const NUMBERS = (): Buffer => Buffer.from(nf4Numbers().buffer);
