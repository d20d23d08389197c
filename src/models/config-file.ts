// `config.json` of a model folder: opened and parsed once, its fields then checked by the family's own schema.
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Check, kind, text } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { editDistance } from "../arguments/nearest.js";
import { CheckpointError, checkpointProblem } from "../checkpoint/checkpoint-error.js";
import type { SmallFile } from "../checkpoint/planned-file.js";
import {
  checkFields,
  describeJson,
  type Fields,
  required,
  type Schema,
} from "../files/check-fields.js";
import { requireFolder } from "../files/folder.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";
import type { StrictJson, StrictJsonObject } from "../files/strict-json.js";

export interface ConfigFile {
  readonly path: string;
  readonly fields: StrictJsonObject;
}

/**
 * The `config.json` of a model folder.
 * @throws CheckpointError when the folder or the file is missing or holds no JSON object
 */
export function readConfig(folder: string): ConfigFile {
  requireFolder(folder, {
    what: "model folder",
    problem: checkpointProblem,
  });
  const path = join(folder, "config.json");
  if (!isThere(path)) {
    throw new CheckpointError("is missing; a model folder holds config.json and *.safetensors", {
      path,
    });
  }
  return { path, fields: readJsonObject(path, { problem: checkpointProblem }) };
}

/** Families that are known and not here yet, by `model_type`. */
const DEFERRED: ReadonlyMap<string, string> = new Map([
  ["falcon", "Falcon"],
  ["RefinedWeb", "Falcon"],
  ["RefinedWebModel", "Falcon"],
  ["gptj", "GPT-J"],
  ["deepseek", "DeepSeek"],
  ["deepseek_v2", "DeepSeek"],
  ["deepseek_v3", "DeepSeek"],
  ["cohere", "Command"],
  ["cohere2", "Command"],
  ["vit", "ViT"],
  ["whisper", "Whisper"],
  ["sam", "SAM"],
  ["blip-2", "BLIP-2"],
]);

/**
 * The `model_type` of a config.
 * @throws CheckpointError when it is none of `known`
 */
export function modelType<const T extends string>(
  { path, fields }: ConfigFile,
  known: readonly T[],
): T {
  const at = { path, problem: checkpointProblem };
  const { model_type: type } = checkFields(fields, { model_type: required(text) }, at);
  const found = known.find((one) => one === type);
  if (found !== undefined) return found;
  const family = DEFERRED.get(type);
  const reason =
    family === undefined
      ? "is not supported"
      : `is not supported yet: the family ${family} is deferred`;
  throw new CheckpointError(
    `model_type ${describeJson(type)} ${reason}; supported: ${known.join(", ")}`,
    { path },
  );
}

/**
 * The fields that `schema` names. Fields that no schema knows are left alone, as transformers does, unless their name is a
 * misspelled one of the schema.
 * @throws CheckpointError naming the file and every field at fault
 */
export function checkConfig<S extends Schema>({ path, fields }: ConfigFile, schema: S): Fields<S> {
  const known = Object.keys(schema);
  for (const name of fields.keys()) {
    if (Object.hasOwn(schema, name)) continue;
    const meant = known.find((one) => isMisspelled(name, one));
    if (meant === undefined) continue;
    throw new CheckpointError(
      `has a field "${name}", which is not read; did you mean "${meant}"?`,
      { path },
    );
  }
  return checkFields(fields, schema, { path, problem: checkpointProblem });
}

/** What says how numbers are stored, not which they are. */
const STORAGE = new Set(["dtype", "torch_dtype"]);

/**
 * @param model what `configFile` holds of the model
 * @throws CheckpointError naming the first field that has another value in the file
 */
export function requireSameConfig(
  { path, fields }: ConfigFile,
  model: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(model)) {
    const saved = fields.get(name);
    if (STORAGE.has(name) || isDeepStrictEqual(plain(saved), value)) continue;
    const [was, is] = [saved === undefined ? "absent" : describeJson(saved), describeValue(value)];
    throw new CheckpointError(
      `is of another model: "${name}" is ${was}, the model's is ${is}; make the model as it was, or load the weights alone with loadModel()`,
      { path },
    );
  }
}

function plain(json: StrictJson | undefined): unknown {
  if (Array.isArray(json)) return json.map(plain);
  if (!(json instanceof Map)) return json;
  return Object.fromEntries([...json].map(([name, value]) => [name, plain(value)]));
}

/** Fields that Python must read as floats, also when they are whole. */
const FLOAT_FIELDS = [
  ...["rms_norm_eps", "layer_norm_eps", "layer_norm_epsilon"],
  ...["initializer_range", "initializer_factor", "init_std"],
  ...["final_logit_softcapping", "attn_logit_softcapping"],
];
const WHOLE_FLOATS = new RegExp(`("(?:${FLOAT_FIELDS.join("|")})": \\d+)(?=[,\\n])`, "g");

/** A `config.json`. */
export function configFile(json: Readonly<Record<string, unknown>>): SmallFile {
  const text = JSON.stringify(json, null, 2).replace(WHOLE_FLOATS, "$1.0");
  return { name: "config.json", content: `${text}\n` };
}

/** One letter more, less or another, or other underscores or capitals. */
function isMisspelled(name: string, known: string): boolean {
  const plain = (one: string) => one.replaceAll("_", "").toLowerCase();
  const [a, b] = [plain(name), plain(known)];
  return (
    Math.abs(a.length - b.length) < 2 && Math.min(a.length, b.length) > 4 && editDistance(a, b) < 2
  );
}

/** A field that would change the model's numbers and that is not implemented; `neutral` are the values with no effect. */
export function notImplemented(what: string, ...neutral: readonly unknown[]): Check {
  const values = neutral.map((value) => JSON.stringify(value)).join(" or ");
  return kind(`${values} (${what} is not implemented)`, (value) =>
    Array.isArray(value)
      ? value.length === 0 && neutral.some(Array.isArray)
      : neutral.includes(value),
  );
}
