// The tokenizer files of a Hugging Face model folder, read and checked before anything is built from them.

import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { describeValue } from "../arguments/describe-value.js";
import { requireFolder } from "../files/folder.js";
import { parseJsonObject } from "../files/json-file.js";
import { isThere, readPlainFile } from "../files/plain-file.js";
import type { StrictJson } from "../files/strict-json.js";
import { TEMPLATES_FOLDER } from "./chat/template-files.js";
import { ggufTokenizerFiles } from "./gguf-files.js";
import { TokenizerError, tokenizerProblem } from "./tokenizer-error.js";

const REQUIRED_FILE = "tokenizer.json";
const OPTIONAL_FILES = [
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
  "chat_template.jinja",
  "chat_template.json",
];
/** Describes the model, not the tokenizer: read for the kind of model, not kept. */
const MODEL_FILE = "config.json";
/** The largest tokenizers in use have about 40 MB. */
const MAX_BYTES = 200_000_000;

type Fields = Readonly<Record<string, unknown>>;
/** The model of a tokenizer.json; a vocabulary of ids by token is a Map. */
export type Model = Fields & { readonly vocab?: unknown };

export interface TokenizerFiles {
  readonly folder: string;
  /** Contents of every file found, by name, kept for saving the tokenizer elsewhere. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  /** Fields of `tokenizer.json`; its `model` is an object. */
  readonly tokenizer: Fields & { readonly model: Model };
  /** Fields of `tokenizer_config.json`. */
  readonly config: Fields;
  readonly specialTokensMap: Fields;
  /** Fields of `added_tokens.json`. */
  readonly addedTokens: Fields;
  /** Fields of the model's `config.json`. */
  readonly model: Fields;
}

/** A text that is another when a file is. */
export function digestOf(contents: TokenizerFiles["contents"]): string {
  const hash = createHash("sha256");
  for (const [name, bytes] of contents) hash.update(`${name} ${bytes.length}\n`).update(bytes);
  return hash.digest("hex").slice(0, 32);
}

/** Reads the files in a folder, or those that a GGUF file stands for; throws a TokenizerError naming the path and what is expected there. */
export function readTokenizerFiles(place: string): TokenizerFiles {
  if (place.endsWith(".gguf")) return filesOf(place, ggufTokenizerFiles(place));
  return filesOf(place, contentsIn(place));
}

function contentsIn(folder: string): Map<string, Uint8Array> {
  requireFolder(folder, {
    what: `folder with a ${REQUIRED_FILE}`,
    problem: tokenizerProblem,
  });
  const contents = new Map<string, Uint8Array>();
  for (const name of [REQUIRED_FILE, ...OPTIONAL_FILES, ...moreTemplates(folder)]) {
    const file = path.join(folder, name);
    if (isThere(file)) contents.set(name, readBytes(file));
  }
  if (!contents.has(REQUIRED_FILE)) throw new TokenizerError(missingTokenizer(folder));
  return contents;
}

function filesOf(folder: string, contents: ReadonlyMap<string, Uint8Array>): TokenizerFiles {
  const fieldsOf = (name: string) => fields(path.join(folder, name), contents.get(name));
  const modelFile = path.join(folder, MODEL_FILE);
  return {
    folder,
    contents,
    tokenizer: requireModel(path.join(folder, REQUIRED_FILE), fieldsOf(REQUIRED_FILE)),
    config: fieldsOf("tokenizer_config.json"),
    specialTokensMap: fieldsOf("special_tokens_map.json"),
    addedTokens: fieldsOf("added_tokens.json"),
    model: fields(modelFile, isThere(modelFile) ? readBytes(modelFile) : undefined),
  };
}

/** Files of templates beside the main one. */
function moreTemplates(folder: string): string[] {
  const inside = path.join(folder, TEMPLATES_FOLDER);
  if (!fs.existsSync(inside) || !fs.statSync(inside).isDirectory()) return [];
  const names = fs.readdirSync(inside).filter((name) => name.endsWith(".jinja"));
  return names.sort().map((name) => `${TEMPLATES_FOLDER}/${name}`);
}

function readBytes(file: string): Uint8Array {
  return readPlainFile(file, { maxBytes: MAX_BYTES, problem: tokenizerProblem });
}

function requireModel(file: string, fields: Fields): TokenizerFiles["tokenizer"] {
  const { model } = fields as { model?: unknown };
  if (typeof model === "object" && model !== null) return { ...fields, model: model as Model };
  throw new TokenizerError(`${file}: has no "model"; is it a Hugging Face tokenizer?`);
}

function missingTokenizer(folder: string): string {
  const problem = `${path.join(folder, REQUIRED_FILE)}: not found; expected a Hugging Face tokenizer there`;
  if (!fs.existsSync(path.join(folder, "tokenizer.model"))) return problem;
  return `${problem}. Only a SentencePiece tokenizer.model is present; convert it once in Python: AutoTokenizer.from_pretrained(folder).save_pretrained(folder)`;
}

/** No fields when there is no file. */
function fields(file: string, bytes: Uint8Array | undefined): Fields {
  if (bytes === undefined) return {};
  const object = parseJsonObject(bytes, { path: file, problem: tokenizerProblem });
  return Object.fromEntries([...object].map(([name, value]) => [name, plain(value)]));
}

/** Objects as JavaScript has them; a vocabulary, which may have a million tokens, stays a Map. */
function plain(value: StrictJson): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!(value instanceof Map)) return value;
  return Object.fromEntries(
    [...value].map(([name, one]) => [
      name,
      name === "vocab" && one instanceof Map ? one : plain(one),
    ]),
  );
}

/** A field of tokenizer_config.json that is true or false. */
export function flagOf({ folder, config }: TokenizerFiles, name: string): boolean {
  const value = config[name] ?? false;
  if (typeof value === "boolean") return value;
  const file = path.join(folder, "tokenizer_config.json");
  throw new TokenizerError(`${file}: ${name} is ${describeValue(value)}; it must be true or false`);
}
