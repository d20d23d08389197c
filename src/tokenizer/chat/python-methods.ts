// Methods of Python's str that JavaScript's text does otherwise.

/** What str.strip() takes away: not U+FEFF, but separators of files and the next line. */
const SPACE =
  "\\t-\\r\\x1c-\\x1f \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const LINE = "\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029";
const AT_ENDS = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "g");
const LINE_ENDS = new RegExp(`\r\n|[${LINE}]`);
const BEFORE_WORDS = /([-\s({[<]+)/;

/** Without white space at both ends, or without any of these characters. */
export function stripped(text: string, characters?: string): string {
  if (characters === undefined) return text.replace(AT_ENDS, "");
  const taken = new Set(codePoints(characters));
  const points = codePoints(text);
  const begin = points.findIndex((point) => !taken.has(point));
  const end = points.findLastIndex((point) => !taken.has(point));
  return begin === -1 ? "" : points.slice(begin, end + 1).join("");
}

/** The first character in upper case, the others in lower. */
export function capitalized(text: string): string {
  const [first = "", ...rest] = codePoints(text);
  return first.toUpperCase() + rest.join("").toLowerCase();
}

/** Each word so; words begin after spaces, hyphens and opening brackets, as Jinja's filter sees them. */
export function titled(text: string): string {
  return text.split(BEFORE_WORDS).map(capitalized).join("");
}

/** Its lines as str.splitlines() finds them, an empty one after the last line end. */
export function pythonLines(text: string): string[] {
  return text.split(LINE_ENDS);
}

export function codePoints(text: string): string[] {
  return Array.from(text);
}
