// The tokenizer files of a Hugging Face model folder, read and checked before anything is built from them.

import fs from "node:fs";
import path from "node:path";
import { TokenizerError } from "./tokenizer-error.js";

const REQUIRED_FILE = "tokenizer.json";
const OPTIONAL_FILES = [
  "tokenizer_config.json",
  "special_tokens_map.json",
  "added_tokens.json",
  "chat_template.jinja",
];

/** What special tokens are called in the configuration files. */
export type SpecialName = "bos_token" | "eos_token" | "pad_token" | "unk_token";

export interface TokenizerFiles {
  readonly folder: string;
  /** Contents of every file found, by name, kept for saving the tokenizer elsewhere. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly tokenizer: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly specialTokensMap: Readonly<Record<string, unknown>>;
}

/** Reads the files; throws a TokenizerError naming the path and what is expected there. */
export function readTokenizerFiles(folder: string): TokenizerFiles {
  requireFolder(folder);
  const contents = new Map<string, Uint8Array>();
  for (const name of [REQUIRED_FILE, ...OPTIONAL_FILES]) {
    const file = path.join(folder, name);
    if (fs.existsSync(file)) contents.set(name, fs.readFileSync(file));
  }
  if (!contents.has(REQUIRED_FILE)) throw new TokenizerError(missingTokenizer(folder));
  const tokenizer = parseObject(folder, REQUIRED_FILE, contents);
  if (typeof tokenizer["model"] !== "object" || tokenizer["model"] === null) {
    throw new TokenizerError(
      `${path.join(folder, REQUIRED_FILE)}: has no "model"; is it a Hugging Face tokenizer?`,
    );
  }
  return {
    folder,
    contents,
    tokenizer,
    config: parseObject(folder, "tokenizer_config.json", contents),
    specialTokensMap: parseObject(folder, "special_tokens_map.json", contents),
  };
}

/** The text of a special token, given there as a string or as an object with `content`; undefined when unset. */
export function specialToken(files: TokenizerFiles, name: SpecialName): string | undefined {
  const value = files.config[name] ?? files.specialTokensMap[name];
  if (typeof value === "string") return value;
  const content = (value as { content?: unknown } | null | undefined)?.content;
  return typeof content === "string" ? content : undefined;
}

function requireFolder(folder: string): void {
  const stats = fs.statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined)
    throw new TokenizerError(
      `${folder}: no such folder; give the model folder that holds ${REQUIRED_FILE}`,
    );
  if (!stats.isDirectory())
    throw new TokenizerError(
      `${folder}: is a file; give the model folder that holds ${REQUIRED_FILE}`,
    );
}

function missingTokenizer(folder: string): string {
  const problem = `${path.join(folder, REQUIRED_FILE)}: not found; expected a Hugging Face tokenizer there`;
  if (!fs.existsSync(path.join(folder, "tokenizer.model"))) return problem;
  return `${problem}. Only a SentencePiece tokenizer.model is present; convert it once in Python: AutoTokenizer.from_pretrained(folder).save_pretrained(folder)`;
}

function parseObject(
  folder: string,
  name: string,
  contents: ReadonlyMap<string, Uint8Array>,
): Readonly<Record<string, unknown>> {
  const bytes = contents.get(name);
  if (bytes === undefined) return {};
  const file = path.join(folder, name);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new TokenizerError(`${file}: is not JSON: ${(cause as Error).message}`, { cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new TokenizerError(`${file}: holds no JSON object`);
}
