// `name?` and `?name` ask what a name is, as in IPython: no TypeScript is a path with a question mark at its end.

const PATH = String.raw`[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*|\[\d+\])*`;
const QUESTION = new RegExp(String.raw`^\s*(?:\?{1,2}\s*(${PATH})|(${PATH})\s*\?{1,2})\s*$`, "u");

/** The path that a cell asks about, or undefined for a cell that does not ask. */
export function questionOf(source: string): string | undefined {
  const found = QUESTION.exec(source);
  return found?.[1] ?? found?.[2];
}
