// Cursor work on source text. Jupyter counts cursors in code points, JavaScript in UTF-16 units.

/** Code points before UTF-16 index `index`. */
export function toCodePoints(text: string, index: number): number {
  return [...text.slice(0, index)].length;
}

/** UTF-16 index of the code point `position`. */
export function fromCodePoints(text: string, position: number): number {
  return [...text].slice(0, position).join("").length;
}

export interface CompletionPlace {
  /** Expression left of the last dot; empty for a bare name. */
  readonly object: string;
  /** What has been typed of the name. */
  readonly prefix: string;
  /** UTF-16 index where the name starts. */
  readonly start: number;
}

const NAME = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*`;
const PATH = String.raw`(?:${NAME}|\]|\))`;

/** What is being completed at UTF-16 index `cursor`, or undefined inside something else. */
export function completionPlace(text: string, cursor: number): CompletionPlace | undefined {
  const before = text.slice(0, cursor);
  const member = new RegExp(String.raw`((?:${NAME}(?:\[[^\][]*\])*\??\.)+)(${NAME})?$`, "u").exec(
    before,
  );
  if (member !== null) {
    const [, path = "", prefix = ""] = member;
    return { object: path.replace(/\??\.$/, ""), prefix, start: cursor - prefix.length };
  }
  if (new RegExp(String.raw`${PATH}\??\.(?:${NAME})?$`, "u").test(before)) return undefined;
  const bare = new RegExp(`(${NAME})?$`, "u").exec(before);
  const prefix = bare?.[1] ?? "";
  return { object: "", prefix, start: cursor - prefix.length };
}

/** The dotted name around UTF-16 index `cursor`, or undefined between names. */
export function nameAt(text: string, cursor: number): string | undefined {
  const pattern = new RegExp(String.raw`${NAME}(?:\??\.${NAME})*`, "gu");
  for (const match of text.matchAll(pattern)) {
    const end = match.index + match[0].length;
    if (cursor < match.index || cursor > end) continue;
    const tail = text.slice(cursor, end).search(/[^\p{ID_Continue}$]/u);
    return tail < 0 ? match[0] : text.slice(match.index, cursor + tail);
  }
  return undefined;
}

/** Reserved words that may start or continue a statement. */
export const KEYWORDS: readonly string[] = (
  "abstract as async await break case catch class const continue debugger declare default delete do else " +
  "enum export extends false finally for from function if implements import in instanceof interface is " +
  "keyof let namespace new null of private protected public readonly return satisfies static super switch " +
  "this throw true try type typeof undefined unknown using var void while with yield"
).split(" ");
