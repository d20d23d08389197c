// JSON of what leaves the kernel. Half of a surrogate pair, as text cut inside an emoji ends with, has no UTF-8: JSON.stringify
// escapes it, readers take the escape for a character, and cannot write it again. It becomes U+FFFD, as in `toWellFormed`.

/** A whole escape of a JSON text, `\\` included, so that the `ud800` of `\\ud800` is none. JSON.stringify escapes lone halves only. */
const ESCAPE = /\\(?:(ud[89a-f][0-9a-f]{2})|.)/g;

/** `value` as JSON that is valid UTF-8 also once it was read. */
export function toJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  if (!json.includes("\\ud")) return json;
  return json.replace(ESCAPE, (whole, lone: string | undefined) => (lone ? "\ufffd" : whole));
}
