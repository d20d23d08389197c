// Where a text may be cut for a tokenizer of SentencePiece's kind: before a run of spaces, and before line ends and signs.
// There its pre-tokenizer ends a word; or it has none that does, and no merge of its BPE joins both sides.

import { type Joins, joinsOfMerges } from "./merge-joins.js";
import { type SpaceNormalizers, spaceNormalizers } from "./space-normalizers.js";
import { type Fields, type FoundToken, isMetaspace, membersOf } from "./tokenizer-parts.js";

/** Bits of a character's kind. */
const KNOWN = 1;
/** Borders may follow: before a space, before a line's end, before a sign. */
const BEFORE_SPACE = 2;
const BEFORE_LINE = 4;
const BEFORE_SIGN = 8;
/** Joins no space beside it. */
const PLAIN = 16;
/** No token begins with it. */
const RIGHT = 32;

const NUM_ASCII = 128;
const SPACE = 0x20;
const LINE = 0x0a;
const NO_JOINS: Joins = { space: new Set(), line: new Set(), sign: new Set(), begins: [] };

/** The borders of a tokenizer; undefined for one of which it is not known that spaces part its words. */
export function spaceBorders(
  tokenizer: Fields,
  tokens: readonly FoundToken[],
): SpaceBorders | undefined {
  const normalizers = spaceNormalizers(membersOf(tokenizer["normalizer"], "normalizers"));
  if (normalizers === undefined) return undefined;
  const members = membersOf(tokenizer["pre_tokenizer"], "pretokenizers");
  const model = tokenizer["model"] as Fields;
  const isPlain = (model["dropout"] ?? 0) === 0 && tokens.every(isFound(normalizers));
  if (!isPlain || (normalizers.prepends && !(normalizers.isSimple && members.length === 0)))
    return undefined;
  if (cutsWords(members)) {
    const areLinesCut = normalizers.lines === "spaces" || splitsLines(members, normalizers);
    return new SpaceBorders({ normalizers, tokens, joins: NO_JOINS, areLinesCut, isMarked: false });
  }
  const joins = joinsOfMerges(model, members, normalizers);
  const isMarked = normalizers.prepends || members.some(isPrepending);
  return joins && new SpaceBorders({ normalizers, tokens, joins, areLinesCut: false, isMarked });
}

interface Known {
  readonly normalizers: SpaceNormalizers;
  readonly tokens: readonly FoundToken[];
  readonly joins: Joins;
  /** Words end before line ends as before spaces. */
  readonly areLinesCut: boolean;
  /** A mark may be put before what is encoded, whatever it begins with. */
  readonly isMarked: boolean;
}

export class SpaceBorders {
  /** Characters between pieces: a space, where each piece gets one of its own as the text does. */
  readonly skipped: 0 | 1;
  readonly lead: string | undefined;
  readonly #kinds = new Uint8Array(2 ** 16);
  /** Of each character that pieces begin with, which borders these are. */
  readonly #begins = new Uint8Array(NUM_ASCII);
  readonly #known: Known;
  /** Characters that no border before a space follows, and none before others. */
  readonly #notLeft: ReadonlySet<string>;
  readonly #notBare: ReadonlySet<string>;
  readonly #firsts: ReadonlySet<string>;
  readonly #areStripped: boolean;

  constructor(known: Known) {
    const { normalizers, tokens, joins, areLinesCut, isMarked } = known;
    this.#known = known;
    this.skipped = normalizers.prepends ? 1 : 0;
    const contents = tokens.map(({ content }) => content);
    const ends = (isEnd: boolean) =>
      tokens.filter(({ rstrip }) => rstrip || isEnd).map(({ content }) => content.slice(-1));
    this.#notLeft = new Set([
      ...joins.space,
      ...ends(normalizers.prepends),
      ...contents.flatMap((content) => before(content, /[\s\S](?=[ ▁\n])/g)),
    ]);
    this.#notBare = new Set([
      ...ends(isMarked),
      ...contents.flatMap((content) => before(content, /[\s\S](?=\n)/g)),
    ]);
    this.#firsts = new Set(contents.map((content) => content.slice(0, 1)));
    this.#areStripped = tokens.some(({ lstrip, rstrip }) => lstrip || rstrip);
    this.lead = isMarked ? this.#leadOf() : undefined;
    this.#begins[SPACE] = BEFORE_SPACE;
    if (areLinesCut) this.#begins[LINE] = BEFORE_SPACE;
    if (isMarked && this.lead === undefined) return;
    const within = contents.map((content) => content.slice(1)).join("");
    for (const each of joins.begins)
      if (each === "\n") this.#begins[LINE] = BEFORE_LINE;
      else if (!within.includes(each)) this.#begins[each.charCodeAt(0)] = BEFORE_SIGN;
  }

  /** Where the piece that begins at a border, or at the text's beginning, ends. */
  endOf(text: string, begin: number): number {
    for (let at = begin + 1; at < text.length; at++) {
      const code = text.charCodeAt(at);
      const border = code < NUM_ASCII ? (this.#begins[code] as number) : 0;
      if (border === 0 || (this.#kindAt(text, at - 1) & border) === 0) continue;
      if (border !== BEFORE_SPACE || this.#isBorder(text, at)) return at;
    }
    return text.length;
  }

  /** Whether one is before a space, or a line's end that is cut as one, that follows what may be left of it. */
  #isBorder(text: string, at: number): boolean {
    const isEnd = at + 1 === text.length;
    const next = isEnd ? PLAIN : this.#kindAt(text, at + 1);
    if (this.skipped === 1) return !isEnd && (next & RIGHT) !== 0;
    const before = at === 1 ? PLAIN : this.#kindAt(text, at - 2);
    return (before & next & PLAIN) !== 0;
  }

  #kindAt(text: string, at: number): number {
    const code = text.charCodeAt(at);
    const known = this.#kinds[code] as number;
    if (known !== 0) return known;
    const kind = this.#kindOf(code);
    this.#kinds[code] = kind;
    return kind;
  }

  #kindOf(code: number): number {
    const { normalizers, joins } = this.#known;
    const character = String.fromCharCode(code);
    const small = character.toLowerCase().slice(-1);
    const isIn = (set: ReadonlySet<string>) => set.has(character) || set.has(small);
    const isSolid = normalizers.isSolid(code);
    const isMaybeWhite = !/[\p{L}\p{N}\p{P}\p{S}]/u.test(character); // languages differ in what they call white space
    const isLeft = isSolid && !isIn(this.#notLeft) && !(this.#areStripped && isMaybeWhite);
    const isBare = isSolid && !isMaybeWhite && !isIn(this.#notBare);
    const isWord = isBare && /[\p{L}\p{N}]/u.test(character);
    const isPlain = normalizers.isSimple || code < NUM_ASCII || isSolid;
    const isRight = !this.#firsts.has(character);
    return (
      KNOWN |
      (isLeft ? BEFORE_SPACE : 0) |
      (isBare && !isIn(joins.line) ? BEFORE_LINE : 0) |
      (isWord && !isIn(joins.line) && !isIn(joins.sign) ? BEFORE_SIGN : 0) |
      (isPlain ? PLAIN : 0) |
      (isRight ? RIGHT : 0)
    );
  }

  /** A letter that no token begins with and that all borders may follow. */
  #leadOf(): string | undefined {
    const needed = BEFORE_LINE | BEFORE_SIGN | RIGHT;
    return Array.from("abcdefghijklmnopqrstuvwxyz").find((letter) => {
      return (this.#kindAt(letter, 0) & needed) === needed;
    });
  }
}

function before(content: string, pattern: RegExp): string[] {
  return [...content.matchAll(pattern)].map(([character]) => character);
}

/**
 * Whether a token is found in a piece as in the text: not by what is beside it, and where normalizing makes it, then of
 * signs and letters that never become a space.
 */
function isFound({ areNone, prepends }: SpaceNormalizers) {
  return ({ content, singleWord, rstrip, normalized }: FoundToken): boolean => {
    if (singleWord || content === "" || (prepends && content.startsWith(" "))) return false;
    return areNone || !normalized || (/^[!-~]+$/.test(content) && !rstrip);
  };
}

/** Whether a word ends before each space or mark: nothing that comes earlier joins anything with a space. */
function cutsWords(members: readonly Fields[]): boolean {
  const last = members.at(-1);
  if (last === undefined || !isMetaspace(last) || last["split"] === false) return false;
  return members.slice(0, -1).every(({ type, behavior }) => {
    return type === "WhitespaceSplit" || (type === "Punctuation" && behavior === "Isolated");
  });
}

function splitsLines(members: readonly Fields[], { lines }: SpaceNormalizers): boolean {
  return lines === "white space" && members.some(({ type }) => type === "WhitespaceSplit");
}

function isPrepending(member: Fields): boolean {
  return isMetaspace(member) && member["prepend_scheme"] !== "never";
}
