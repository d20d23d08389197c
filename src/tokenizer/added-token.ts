// A token that stands beside the model's vocabulary, as tokenizer.json and the files around it write it.

import { boolean, requireValue, text } from "../arguments/checks.js";
import { describeValue } from "../arguments/describe-value.js";
import { TokenizerError } from "./tokenizer-error.js";

/** How an added token is found in a text and left out of one. */
export interface AddedToken {
  readonly content: string;
  /** Found only where no letter, digit or underscore is beside it. */
  readonly singleWord: boolean;
  /** Takes the white space before it along. */
  readonly lstrip: boolean;
  /** Takes the white space after it along. */
  readonly rstrip: boolean;
  /** Looked for in the normalized text. */
  readonly normalized: boolean;
  /** Left out by `skipSpecialTokens`. */
  readonly special: boolean;
}

const FIELDS = ["content", "single_word", "lstrip", "rstrip", "normalized", "special"];
/** Fields that say nothing of the token itself. */
const BESIDE = ["id", "__type"];

/**
 * Reads an added token. A field that is left out has the value it has in Python: `special` decides `normalized`.
 * @param where file and field, for the error
 */
export function readAddedToken(where: string, value: unknown): AddedToken {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new TokenizerError(
      `${where} is ${describeValue(value)}; it must be an object with content, special and so on`,
    );
  }
  const fields = value as Record<string, unknown>;
  const foreign = Object.keys(fields).find((name) => ![...FIELDS, ...BESIDE].includes(name));
  if (foreign !== undefined) {
    throw new TokenizerError(`${where} has the field ${foreign}; a token has ${FIELDS.join(", ")}`);
  }
  requireField(() => requireValue(`${where}.content`, fields["content"], text));
  const special = flag(where, fields, "special") ?? false;
  return {
    content: fields["content"] as string,
    singleWord: flag(where, fields, "single_word") ?? false,
    lstrip: flag(where, fields, "lstrip") ?? false,
    rstrip: flag(where, fields, "rstrip") ?? false,
    normalized: flag(where, fields, "normalized") ?? !special,
    special,
  };
}

/** A token that is given by its text alone. */
export function plainToken(content: string, special: boolean): AddedToken {
  const asIs = { singleWord: false, lstrip: false, rstrip: false };
  return { content, ...asIs, normalized: !special, special };
}

function flag(where: string, fields: Record<string, unknown>, name: string): boolean | undefined {
  const value = fields[name] ?? undefined;
  if (value === undefined) return undefined;
  requireField(() => requireValue(`${where}.${name}`, value, boolean));
  return value as boolean;
}

/** Checks speak of arguments; in a file the same is the file's fault. */
function requireField(check: () => void): void {
  try {
    check();
  } catch (cause) {
    throw new TokenizerError((cause as Error).message, { cause });
  }
}
