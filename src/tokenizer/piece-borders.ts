// Where a text may be cut so that the ids of its pieces, one after the other, are the ids of the whole. That is so
// where the tokenizer itself ends a word and nothing else looks further: no normalizer, no added token, and of the
// words' pattern only `\s+(?!\S)`, which takes white space up to the one space that stands before a letter.

import type { AddedToken } from "./added-token.js";
import { WORD_PATTERNS } from "./classes/word-patterns.js";
import { spaceBorders } from "./space-borders.js";
import { declaredTokens, type Fields, type FoundToken, membersOf } from "./tokenizer-parts.js";

/** Kinds of characters; `other` is never beside a border. */
const OTHER = 0;
const LETTER = 1;
const DIGIT = 2;
const SIGN = 3;
const SPACE = 4;
const LINE = 5;
const NUM_KINDS = 6;
const NUM_ASCII = 128;

const KINDS = Uint8Array.from({ length: NUM_ASCII }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z]/.test(character)) return LETTER;
  if (/[0-9]/.test(character)) return DIGIT;
  if (character === " ") return SPACE;
  if (/[\t\n\r]/.test(character)) return LINE;
  return /[!-~]/.test(character) && character !== "'" ? SIGN : OTHER; // an apostrophe may begin a contraction
});

const ALWAYS = 1;
const BEFORE_A_LETTER = 2;

/** Whether there is a border between two kinds, at `left * NUM_KINDS + right`. */
const BORDERS = new Uint8Array(NUM_KINDS * NUM_KINDS);
for (const left of [LETTER, DIGIT])
  for (const right of [SIGN, SPACE, LINE]) BORDERS[left * NUM_KINDS + right] = ALWAYS;
BORDERS[SIGN * NUM_KINDS + SPACE] = ALWAYS;
for (const left of [SPACE, LINE]) BORDERS[left * NUM_KINDS + SPACE] = BEFORE_A_LETTER;

/** Normalizers that change a character by what is beside it at most, and ASCII characters never by that. */
const LOCAL_NORMALIZERS = ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "BertNormalizer"];

/** The pieces of a text: each begins where the one before it ends, or after a space that is skipped there. */
export interface Borders {
  readonly skipped: 0 | 1;
  /**
   * What is put before each piece, the first apart, that begins elsewhere than at a space, so that the tokenizer puts
   * no mark before the piece itself; undefined where that does not matter.
   */
  readonly lead: string | undefined;
  endOf(text: string, begin: number): number;
}

/** The borders of a tokenizer; undefined for one of which it is not known where it ends words. */
export function pieceBorders(tokenizer: Fields, added: readonly AddedToken[]): Borders | undefined {
  const tokens = [...declaredTokens(tokenizer), ...added];
  const normalizers = membersOf(tokenizer["normalizer"], "normalizers");
  const isLocal = normalizers.every(({ type }) => LOCAL_NORMALIZERS.includes(type as string));
  const model = tokenizer["model"] as Fields;
  const isPlain =
    isLocal &&
    endsWords(membersOf(tokenizer["pre_tokenizer"], "pretokenizers")) &&
    (model["dropout"] ?? 0) === 0 &&
    tokens.every((token) => isFoundAlone(token, normalizers.length > 0));
  return isPlain ? new PieceBorders(tokens) : spaceBorders(tokenizer, tokens);
}

export class PieceBorders implements Borders {
  readonly skipped = 0;
  readonly lead = undefined;
  /** Added tokens across which a border may fall, by their first two characters. */
  readonly #crossed = new Map<string, FoundToken[]>();
  /** 1 for each first character of these. */
  readonly #begins = new Uint8Array(NUM_ASCII);

  constructor(tokens: readonly FoundToken[]) {
    for (const token of tokens) {
      const { content, rstrip } = token;
      const isCrossed = this.endOf(`${content}a`, 0) < content.length; // whatever follows it
      if (!isCrossed && !rstrip) continue;
      const start = content.slice(0, 2);
      this.#crossed.set(start, [...(this.#crossed.get(start) ?? []), token]);
      this.#begins[content.charCodeAt(0)] = 1;
    }
  }

  /** Where the piece that begins at a border, or at the text's beginning, ends. */
  endOf(text: string, begin: number): number {
    let left = OTHER;
    let free = begin + 1; // no border before it
    for (let i = begin; i < text.length; i++) {
      const code = text.charCodeAt(i);
      const right = code < NUM_ASCII ? (KINDS[code] as number) : OTHER;
      const border = BORDERS[left * NUM_KINDS + right];
      if (border !== 0 && i >= free && (border === ALWAYS || isLetter(text.charCodeAt(i + 1))))
        return i;
      if (this.#begins[code] === 1) free = Math.max(free, this.#endOfTokens(text, i));
      left = right;
    }
    return text.length;
  }

  /** Where the longest of the tokens that stand at a place ends, with the white space that it takes along. */
  #endOfTokens(text: string, begin: number): number {
    let end = 0;
    for (const { content, rstrip } of this.#crossed.get(text.slice(begin, begin + 2)) ?? []) {
      if (!text.startsWith(content, begin)) continue;
      let own = begin + content.length;
      while (rstrip && isMaybeSpace(text.charCodeAt(own))) own++;
      end = Math.max(end, own);
    }
    return end;
  }
}

function isLetter(code: number): boolean {
  return code < NUM_ASCII && KINDS[code] === LETTER;
}

/** All outside of ASCII counts, since languages differ in what they call white space. */
function isMaybeSpace(code: number): boolean {
  return code >= NUM_ASCII || code <= 0x20;
}

/** Whether words end at every border. What comes after is within words, and before it may stand what takes digits apart. */
function endsWords(members: readonly Fields[]): boolean {
  const first = members.findIndex(({ type }) => type !== "Digits");
  const [cutter, ...after] = members.slice(first);
  if (first === -1 || cutter === undefined || !isCutter(cutter)) return false;
  return after.every((each) => isCutter(each) || each["type"] === "Digits" || isBytes(each));
}

function isCutter(member: Fields): boolean {
  if (member["type"] === "ByteLevel") return isBytes(member) && member["use_regex"] !== false;
  if (member["type"] !== "Split") return member["type"] === "BertPreTokenizer";
  const pattern = (member["pattern"] as Fields)["Regex"] as string | undefined;
  const isIsolated = member["behavior"] === "Isolated" && (member["invert"] ?? false) === false;
  return isIsolated && pattern !== undefined && WORD_PATTERNS.includes(pattern);
}

/** Without a space before each text, which pieces would get too. */
function isBytes(member: Fields): boolean {
  return member["type"] === "ByteLevel" && member["add_prefix_space"] === false;
}

/**
 * Whether a token is found in a piece as in the text: by itself, not by what is beside it or what normalizing
 * makes. One that begins with a letter ends white space before it.
 */
function isFoundAlone(token: FoundToken, hasNormalizer: boolean): boolean {
  const { content, singleWord, lstrip, normalized } = token;
  const first = content.charCodeAt(0);
  if (singleWord || (normalized && hasNormalizer)) return false;
  if (content.length < 2 || !(first < NUM_ASCII)) return false;
  return lstrip ? KINDS[first] === SIGN : !isLetter(first);
}
