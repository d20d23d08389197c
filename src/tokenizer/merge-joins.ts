// Of a BPE that gets whole texts: what its merges join. Where no merge joins what ends in one character with what begins
// with another, both sides of a border between these never meet: the ids of either are the same without the other.

import type { SpaceNormalizers } from "./space-normalizers.js";
import { type Fields, isMetaspace, MARK } from "./tokenizer-parts.js";

const BYTES = Array.from({ length: 256 }, (_, byte) => {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
});
/** ASCII characters that are neither letters nor digits nor white space. */
const SIGNS = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).filter((each) => {
  return /[^A-Za-z0-9]/.test(each);
});

/** Last characters of pieces that are joined with what begins with a space, with a line's end, with any sign. */
export interface Joins {
  readonly space: ReadonlySet<string>;
  readonly line: ReadonlySet<string>;
  readonly sign: ReadonlySet<string>;
  /** Signs and the line's end of which it is known that they never become one unknown token with what is before. */
  readonly begins: readonly string[];
}

/** Undefined for one that looks at more than pairs, or where a space is no mark. */
export function joinsOfMerges(
  model: Fields,
  members: readonly Fields[],
  normalizers: SpaceNormalizers,
): Joins | undefined {
  if (!getsMarks(members, normalizers) || !isPairwise(model)) return undefined;
  const unknown = model["unk_token"];
  const isNoText = (token: string) => token === unknown || isByte(token);
  const [space, line, sign] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const begins = knownBeginnings(model);
  const setOf = new Map([
    ...begins.map((each) => [each, sign] as const),
    ["\n", line],
    [MARK, space],
  ]);
  for (const merge of model["merges"] as readonly (string | readonly string[])[]) {
    const [left, right] = (typeof merge === "string" ? merge.split(" ") : merge) as [
      string,
      string,
    ];
    if (isNoText(left) || isNoText(right)) return undefined;
    setOf.get(right.charAt(0))?.add(left.slice(-1));
  }
  space.delete(MARK); // a run of spaces is never cut
  return { space, line, sign, begins };
}

/** Whether whole texts come to the model, with a mark for each space. */
function getsMarks(
  members: readonly Fields[],
  { isSimple, marksSpaces }: SpaceNormalizers,
): boolean {
  const [member] = members;
  if (!isSimple || members.length > 1) return false;
  if (member === undefined) return marksSpaces;
  return isMetaspace(member) || (marksSpaces && isSplitAtSpaces(member));
}

/** After marks were put there is no space to split at. */
function isSplitAtSpaces({ type, pattern }: Fields): boolean {
  return type === "Split" && (pattern as Fields)["String"] === " ";
}

/** A token that stands for a byte and not for its own characters. */
function isByte(token: string): boolean {
  return token.length === 6 && token.startsWith("<0x") && token.endsWith(">");
}

function knownBeginnings({ vocab, byte_fallback: isByBytes }: Fields): string[] {
  const known = vocab as ReadonlyMap<string, unknown>;
  const hasBytes = hasAllBytes(known, isByBytes);
  return ["\n", ...SIGNS].filter((each) => hasBytes || known.has(each));
}

function hasAllBytes(known: ReadonlyMap<string, unknown>, isByBytes: unknown): boolean {
  return isByBytes === true && BYTES.every((byte) => known.has(byte));
}

function isPairwise(model: Fields): boolean {
  const { vocab, merges, unk_token: unknown } = model;
  const hasFix = Boolean(model["continuing_subword_prefix"] || model["end_of_word_suffix"]);
  return (
    Array.isArray(merges) &&
    vocab instanceof Map &&
    vocab.has(MARK) &&
    // A character that is left out lets those around it meet.
    (vocab.has(unknown as string) || hasAllBytes(vocab, model["byte_fallback"])) &&
    !hasFix &&
    (model["ignore_merges"] ?? false) === false &&
    !String(unknown).includes(MARK)
  );
}
