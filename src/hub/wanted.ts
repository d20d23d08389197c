// Which files of a model are fetched: those that are read, and no others.
import path from "node:path";
import { fileProblem } from "../files/file-error.js";
import { PICKLE_HINT } from "../files/foreign-weights.js";
import { readJsonObject } from "../files/json-file.js";
import { isThere } from "../files/plain-file.js";

/** What somebody wants of a model. */
export interface Wanted {
  /** Names, of those there are; asked again when what it named has come into `folder`. */
  files(there: ReadonlySet<string>, folder: string): readonly string[];
  /** What is missing, where a model has not what is needed: "no tokenizer.json". */
  lacks(there: ReadonlySet<string>, folder: string): string | undefined;
}

const CONFIG = "config.json";
const SINGLE = "model.safetensors";
const INDEX = "model.safetensors.index.json";
const TOKENIZER = "tokenizer.json";
const BESIDE_TOKENIZER = [
  ...["tokenizer_config.json", "special_tokens_map.json", "added_tokens.json"],
  ...["chat_template.jinja", "chat_template.json"],
];
const MAX_INDEX_BYTES = 16_000_000;

/** The configuration alone. */
export const CONFIG_ALONE: Wanted = {
  files: (there) => present([CONFIG], there),
  lacks: (there) => (there.has(CONFIG) ? undefined : `no ${CONFIG}`),
};

/** Configuration and weights. */
export const MODEL: Wanted = {
  files: (there, folder) => [
    ...present([CONFIG, "generation_config.json"], there),
    ...(there.has(SINGLE) ? [SINGLE] : shardsOf(there, folder)),
  ],
  lacks: (there, folder) => CONFIG_ALONE.lacks(there, folder) ?? lackedWeights(there, folder),
};

/** What a tokenizer is made of. */
export const TOKENIZER_FILES: Wanted = {
  files: (there) => [
    ...present([TOKENIZER, ...BESIDE_TOKENIZER, CONFIG], there),
    ...[...there].filter((name) => /^additional_chat_templates\/[^/]+\.jinja$/.test(name)),
  ],
  lacks: (there) => (there.has(TOKENIZER) ? undefined : lackedTokenizer(there)),
};

function present(names: readonly string[], there: ReadonlySet<string>): string[] {
  return names.filter((name) => there.has(name));
}

/** The index, and what it names once it is there. */
function shardsOf(there: ReadonlySet<string>, folder: string): string[] {
  return there.has(INDEX) ? present([INDEX, ...namedShards(folder)], there) : [];
}

function namedShards(folder: string): string[] {
  const index = path.join(folder, INDEX);
  if (!isThere(index)) return [];
  const map = readJsonObject(index, { problem: fileProblem, maxBytes: MAX_INDEX_BYTES }).get(
    "weight_map",
  );
  const names = map instanceof Map ? [...map.values()] : [];
  return [...new Set(names.filter((name) => typeof name === "string"))];
}

function lackedWeights(there: ReadonlySet<string>, folder: string): string | undefined {
  if (there.has(SINGLE)) return undefined;
  const shard = there.has(INDEX) ? namedShards(folder).find((name) => !there.has(name)) : SINGLE;
  if (shard === undefined) return undefined;
  const names = [...there];
  const pickle = names.find((name) => /\.(bin|pt|pth|ckpt)$/.test(name));
  const hint = pickle === undefined ? "" : `, only the pickle ${pickle}. ${PICKLE_HINT}`;
  return `no ${shard}${hint}`;
}

function lackedTokenizer(there: ReadonlySet<string>): string {
  const model = ["tokenizer.model", "spiece.model", "sentencepiece.bpe.model"].find((name) =>
    there.has(name),
  );
  const convert = "AutoTokenizer.from_pretrained(name).save_pretrained(folder)";
  const hint = model === undefined ? "" : `, only ${model}; convert it once in Python: ${convert}`;
  return `no ${TOKENIZER}${hint}`;
}
