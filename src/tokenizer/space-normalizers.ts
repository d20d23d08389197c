// What the normalizers of SentencePiece's kinds make of characters beside a space: which of them are sure to be no white
// space afterwards and to stay apart from it.

import { Charsmap } from "./charsmap.js";
import { type Fields, MARK } from "./tokenizer-parts.js";

/** Normalizers that look at one character, or at letters and what belongs to them. */
const LOCAL = ["NFC", "NFD", "NFKC", "NFKD", "Nmt", "StripAccents", "BertNormalizer"];
/** Patterns of nothing but white space, and never of nothing. */
const WHITE = String.raw`(?: |\\[nrts]|\[(?: |\\[nrts])+\])(?:\+|\{[1-9]\d*,?\d*\})?`;
const ONLY_WHITE = new RegExp(`^${WHITE}(?:\\|${WHITE})*$`);
const QUOTES = ["``", "''"];
/** Signs and letters that no neighbour changes. Characters of Chinese are not among them: BERT puts spaces around. */
const SOLID =
  /^(?:[!-~가-힣]|(?=\p{L})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}])$/u;

const ASCII_SIGNS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i));

export interface SpaceNormalizers {
  readonly areNone: boolean;
  /** They put a mark before each text, also where it begins with a space. */
  readonly prepends: boolean;
  /** No space is left by them. */
  readonly marksSpaces: boolean;
  /** What is surely left of a line's end. */
  readonly lines: "spaces" | "white space" | "unknown";
  /** All that is done is putting marks, and small letters. */
  readonly isSimple: boolean;
  /** Whether there is a character there still, no white space, whatever stands before and after. */
  isSolid(code: number): boolean;
}

/** Undefined for normalizers of which that is not known. */
export function spaceNormalizers(members: readonly Fields[]): SpaceNormalizers | undefined {
  const prepends = members.some(({ type }) => type === "Prepend");
  const marksSpaces = members.some(isMarking);
  const isSimple = members.every(
    (each) => isPrepending(each) || isMarking(each) || each["type"] === "Lowercase",
  );
  const others = members.filter((each) => !isLocal(each));
  if (!isSimple && others.some(({ type }) => type !== "Precompiled")) return undefined;
  const maps = (isSimple ? [] : others).map((each) => Charsmap.read(each["precompiled_charsmap"]));
  const keeps = (character: string) =>
    maps.every((map) => map !== undefined && isStable(map.replaced(character).slice(-1)));
  if (!ASCII_SIGNS.every(keeps) || maps.some((map) => map?.replaced(" ") !== " ")) return undefined;
  const isMappedAlone = maps.length === 0 || members.every(({ type }) => !changesLetters(type));
  const isSolid = (code: number) => {
    const character = String.fromCharCode(code);
    if (isSimple) return character !== " " && character !== MARK;
    return isStable(character) && (code < 0x80 || (isMappedAlone && keeps(character)));
  };
  const lines = linesBy(maps);
  return { areNone: members.length === 0, prepends, marksSpaces, lines, isSimple, isSolid };
}

function linesBy(maps: readonly (Charsmap | undefined)[]): SpaceNormalizers["lines"] {
  const ends = maps.map((map) => map?.replaced("\n"));
  if (ends.length > 0 && ends.every((end) => end === " ")) return "spaces";
  return ends.every((end) => end === " " || end === "\n") ? "white space" : "unknown";
}

/** Whether more than one character may be mapped together for what was one. */
function changesLetters(type: unknown): boolean {
  return type === "Lowercase" || LOCAL.includes(type as string);
}

function isStable(character: string): boolean {
  return SOLID.test(character) && character.normalize("NFKC") === character;
}

function isPrepending({ type, prepend }: Fields): boolean {
  return type === "Prepend" && prepend === MARK;
}

function isMarking({ type, pattern, content }: Fields): boolean {
  return type === "Replace" && (pattern as Fields)["String"] === " " && content === MARK;
}

function isLocal(member: Fields): boolean {
  const { type } = member;
  if (type === "Strip") return member["strip_left"] === false;
  if (type !== "Replace") return type === "Lowercase" || LOCAL.includes(type as string);
  const { String: text, Regex: pattern } = member["pattern"] as Record<string, string | undefined>;
  if (text !== undefined && QUOTES.includes(text)) return member["content"] === '"';
  const isWhite = pattern === undefined ? /^\s+$/.test(text ?? "") : ONLY_WHITE.test(pattern);
  return isWhite && (member["content"] === " " || member["content"] === MARK);
}
