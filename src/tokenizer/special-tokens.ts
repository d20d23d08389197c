// Which tokens stand beside the vocabulary and which are special: tokenizer.json, added_tokens_decoder and the named
// tokens of tokenizer_config.json, special_tokens_map.json and added_tokens.json, in the order in which transformers 5
// lets one overrule the other.

import path from "node:path";
import { describeValue } from "../arguments/describe-value.js";
import { type AddedToken, plainToken, readAddedToken } from "./added-token.js";
import type { Flagged } from "./recipe.js";
import { TokenizerError } from "./tokenizer-error.js";
import type { TokenizerFiles } from "./tokenizer-files.js";
import { requireIds } from "./vocabulary.js";

/** What special tokens are called in the configuration files. */
export const SPECIAL_NAMES = [
  "bos_token",
  "eos_token",
  "unk_token",
  "sep_token",
  "pad_token",
  "cls_token",
  "mask_token",
] as const;
export type SpecialName = (typeof SPECIAL_NAMES)[number];

export function isSpecialName(name: string): name is SpecialName {
  return (SPECIAL_NAMES as readonly string[]).includes(name);
}

/** A token by its text alone, or with how it is found. */
type Token = string | AddedToken;
type Fields = Readonly<Record<string, unknown>>;

export interface SpecialTokens {
  /** Tokens to add to the tokenizer, in this order, to those that its tokenizer.json declares. */
  readonly added: readonly AddedToken[];
  readonly named: ReadonlyMap<SpecialName, string>;
  /** Texts of all special tokens, named or not. */
  readonly all: readonly string[];
}

/** What the tokenizer's class decides. */
export interface ClassDefaults {
  /** Named tokens that the configuration leaves out; null: it has none. */
  readonly named: Readonly<Partial<Record<SpecialName, string | null | Flagged>>>;
  /** Tokens under names of the class's own that the configuration leaves out. */
  readonly own?: Readonly<Record<string, string>>;
  /** `extra_special_tokens` where the configuration leaves them out. */
  readonly extra?: readonly string[] | undefined;
  /** Whether tokens that tokenizer.json alone declares are there before any is added. */
  readonly keepsDeclared: boolean;
}

/** Reads the tokens from all files of a folder; throws a TokenizerError that names file and field. */
export function specialTokens(files: TokenizerFiles, defaults: ClassDefaults): SpecialTokens {
  const settings = { ...defaults.own, ...mergedSettings(files) };
  const declared = declaredTokens(files);
  const listed = listedTokens(files, settings, declared);
  const byText = new Map([...listed.values()].map((token) => [token.content, token]));
  const named = namedTokens(settings, defaults, byText);
  const others = modelTokens(settings);
  const special = [...named.values(), ...others];
  const extra = defaultExtra(files, defaults) ?? extraTokens(settings);
  const present = new Set([...listed.values()].map(textOf));
  if (defaults.keepsDeclared) for (const token of declared.values()) present.add(token.content);
  const isSpecial = new Set(special.map(textOf));
  const missing = distinct([...special, ...extra]).filter((token) => !present.has(textOf(token)));
  return {
    added: [...sorted(listed), ...missing].map((token) => completed(token, isSpecial)),
    named: new Map([...named].map(([name, token]) => [name, textOf(token)])),
    all: [...new Set([...special, ...extra].map(textOf))],
  };
}

/** tokenizer_config.json; without an added_tokens_decoder in it, special_tokens_map.json overrules it. */
function mergedSettings(files: TokenizerFiles): Fields {
  const { folder, config } = files;
  const file = path.join(folder, "tokenizer_config.json");
  const settings: Record<string, unknown> = { ...config };
  for (const [name, value] of Object.entries(settings))
    settings[name] = readTokens(`${file}: ${name}`, name, value);
  const { additional_special_tokens: additional, extra_special_tokens: extra } = settings;
  delete settings["additional_special_tokens"];
  if (isEmpty(extra) && additional !== undefined) settings["extra_special_tokens"] = additional;
  return { ...settings, ...mapSettings(folder, mapOf(files), settings) };
}

/** special_tokens_map.json as far as it counts. */
function mapOf({ config, specialTokensMap }: TokenizerFiles): Fields {
  return "added_tokens_decoder" in config ? {} : specialTokensMap;
}

function mapSettings(folder: string, map: Fields, settings: Fields): Fields {
  const file = path.join(folder, "special_tokens_map.json");
  const merged: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(map)) {
    const read = readTokens(`${file}: ${name}`, name, value);
    merged[name] =
      typeof read === "object" && read !== null && "content" in read
        ? { ...read, special: true }
        : read;
  }
  const { extra_special_tokens: extra, additional_special_tokens: additional } = merged;
  if (Array.isArray(extra) && Array.isArray(settings["extra_special_tokens"]))
    merged["extra_special_tokens"] = [...settings["extra_special_tokens"], ...extra];
  if (
    !("extra_special_tokens" in settings || "extra_special_tokens" in map) &&
    additional !== undefined
  )
    merged["extra_special_tokens"] = additional;
  return merged;
}

/** Values of fields that hold tokens; other fields as they are. */
function readTokens(where: string, name: string, value: unknown): unknown {
  if (name === "extra_special_tokens" || name === "additional_special_tokens")
    return readList(where, value);
  if (!name.endsWith("_token") || typeof value === "boolean") return value;
  if (value === null || typeof value === "string") return value;
  return readAddedToken(where, value);
}

function readList(where: string, value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value !== "object")
    throw new TokenizerError(`${where} is ${describeValue(value)}; it must be a list of tokens`);
  const read = (token: unknown): Token =>
    typeof token === "string" ? token : { ...readAddedToken(where, token), special: true };
  if (Array.isArray(value)) return value.map(read);
  return Object.fromEntries(Object.entries(value).map(([name, token]) => [name, read(token)]));
}

/** `added_tokens` of tokenizer.json by id. */
function declaredTokens({ folder, tokenizer }: TokenizerFiles): Map<number, AddedToken> {
  const where = `${path.join(folder, "tokenizer.json")}: added_tokens`;
  const list = tokenizer["added_tokens"] ?? [];
  if (!Array.isArray(list))
    throw new TokenizerError(`${where} is ${describeValue(list)}; it must be a list`);
  const tokens = list.map((token, i) => readAddedToken(`${where}[${i}]`, token));
  requireIds(
    where,
    list.map((token, i) => [tokens[i]?.content ?? "", (token as { id?: unknown }).id]),
  );
  return new Map(list.map((token, i) => [(token as { id: number }).id, tokens[i] as AddedToken]));
}

/** Tokens listed with their ids: by added_tokens_decoder alone, or by added_tokens.json and tokenizer.json. */
function listedTokens(
  files: TokenizerFiles,
  settings: Fields,
  declared: ReadonlyMap<number, AddedToken>,
): Map<number, AddedToken> {
  const decoder = files.config["added_tokens_decoder"];
  if (decoder !== undefined) return decodedTokens(files.folder, decoder);
  const special = new Set(
    [...SPECIAL_NAMES.map((name) => settings[name]), ...extraTokens(settings)]
      .filter((token) => token !== undefined && token !== null)
      .map((token) => textOf(token as Token)),
  );
  const entries = Object.entries(files.addedTokens);
  requireIds(path.join(files.folder, "added_tokens.json"), entries);
  const listed = entries.map(
    ([text, id]) => [id as number, plainToken(text, special.has(text))] as const,
  );
  return new Map([...listed, ...declared]);
}

function decodedTokens(folder: string, decoder: unknown): Map<number, AddedToken> {
  const where = `${path.join(folder, "tokenizer_config.json")}: added_tokens_decoder`;
  if (typeof decoder !== "object" || decoder === null || Array.isArray(decoder))
    throw new TokenizerError(
      `${where} is ${describeValue(decoder)}; it must be an object of tokens by id`,
    );
  const tokens = Object.entries(decoder).map(
    ([id, token]) =>
      [Number(id), readAddedToken(`${where}[${JSON.stringify(id)}]`, token)] as const,
  );
  requireIds(
    where,
    tokens.map(([id, { content }]) => [content, id]),
  );
  return new Map(tokens);
}

function namedTokens(
  settings: Fields,
  defaults: ClassDefaults,
  byText: ReadonlyMap<string, AddedToken>,
): Map<SpecialName, Token> {
  const named = new Map<SpecialName, Token>();
  for (const name of SPECIAL_NAMES) {
    const value = settings[name] as Token | null | undefined;
    const known =
      value === undefined || value === null ? value : (byText.get(textOf(value)) ?? value);
    const token = flagged(known, defaults.named[name]);
    if (token !== undefined && token !== null) named.set(name, token);
  }
  return named;
}

/** A token of the configuration, with the flags of the class where it is given by its text alone. */
function flagged(
  given: Token | null | undefined,
  ofClass: string | null | undefined | Flagged,
): Token | null | undefined {
  if (typeof ofClass !== "object" || ofClass === null) return given === undefined ? ofClass : given;
  if (given !== undefined && typeof given !== "string") return given;
  return {
    ...plainToken(given ?? ofClass.content, true),
    ...ofClass,
    content: given ?? ofClass.content,
  };
}

/** Special tokens under names of the model's own, such as `image_token`. */
function modelTokens(settings: Fields): Token[] {
  const extra = settings["extra_special_tokens"];
  const grouped =
    typeof extra === "object" && !Array.isArray(extra) ? Object.values(extra as object) : [];
  const isOwn = ([name, value]: readonly [string, unknown]) =>
    name.endsWith("_token") &&
    !(SPECIAL_NAMES as readonly string[]).includes(name) &&
    (typeof value === "string" || (typeof value === "object" && value !== null));
  return [
    ...Object.entries(settings)
      .filter(isOwn)
      .map(([, value]) => value),
    ...grouped,
  ] as Token[];
}

function extraTokens(settings: Fields): Token[] {
  const extra = settings["extra_special_tokens"];
  return Array.isArray(extra) ? (extra as Token[]) : [];
}

/** Extra tokens of the class, for a configuration that does not say which there are, were it that there are none. */
function defaultExtra(files: TokenizerFiles, { extra }: ClassDefaults): Token[] | undefined {
  const given = files.config["extra_special_tokens"];
  const isGroup = typeof given === "object" && given !== null && !Array.isArray(given);
  const isGiven = given !== undefined && !isGroup;
  const map = mapOf(files);
  const isKnown = isGiven || "additional_special_tokens" in files.config;
  if (extra === undefined || isKnown || "extra_special_tokens" in map) return undefined;
  if (!("additional_special_tokens" in map)) return [...extra];
  throw new TokenizerError(
    `${path.join(files.folder, "special_tokens_map.json")}: additional_special_tokens for a class that has extra tokens of ` +
      "its own; write all of them into tokenizer_config.json as additional_special_tokens",
  );
}

function completed(token: Token, isSpecial: ReadonlySet<string>): AddedToken {
  if (typeof token === "string") return plainToken(token, true);
  return isSpecial.has(token.content) ? { ...token, special: true } : token;
}

function textOf(token: Token): string {
  return typeof token === "string" ? token : token.content;
}

function distinct(tokens: readonly Token[]): Token[] {
  return [...new Map(tokens.map((token) => [JSON.stringify(token), token])).values()];
}

function sorted(tokens: ReadonlyMap<number, AddedToken>): AddedToken[] {
  return [...tokens].sort(([a], [b]) => a - b).map(([, token]) => token);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || Object.keys(value as object).length === 0;
}
