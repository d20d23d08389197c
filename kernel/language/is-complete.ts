// Whether code can run, needs more lines, or is wrong whatever follows: TypeScript's parser says where it
// stopped, and an error at the very end means that more may come.

import { parseErrors } from "./compile.js";
import { blankMagics } from "./magic-words.js";
import { questionOf } from "./question.js";
import { loadTypeScript, type Ts } from "./typescript.js";

export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

export async function checkComplete(code: string): Promise<Completeness> {
  if (questionOf(code) !== undefined) return { status: "complete" };
  const ts = await loadTypeScript();
  const source = blankMagics(code);
  const errors = parseErrors(ts, source);
  if (errors.length === 0) return { status: "complete" };
  if (hasOpenString(ts, source)) return { status: "invalid" };
  const end = source.trimEnd().length;
  const first = Math.min(...errors.map((error) => error.start ?? 0));
  const isOpen = first >= end || isUnterminated(ts, source);
  return isOpen ? { status: "incomplete", indent: indentOf(source) } : { status: "invalid" };
}

/** A quoted string cannot go on in the next line. */
function hasOpenString(ts: Ts, source: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, true);
  scanner.setText(source);
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    if (token === ts.SyntaxKind.StringLiteral && scanner.isUnterminated()) return true;
  }
  return false;
}

/** An open template or comment starts before the end but may still be closed. */
function isUnterminated(ts: Ts, source: string): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.ESNext, false);
  scanner.setText(source);
  for (;;) {
    const token = scanner.scan();
    if (token === ts.SyntaxKind.EndOfFileToken) return scanner.isUnterminated();
    if (token === ts.SyntaxKind.CloseBraceToken) continue;
    if (scanner.isUnterminated()) {
      return (
        token === ts.SyntaxKind.NoSubstitutionTemplateLiteral ||
        token === ts.SyntaxKind.TemplateHead
      );
    }
  }
}

function indentOf(source: string): string {
  const last = source.trimEnd().split("\n").at(-1) ?? "";
  const indent = /^\s*/.exec(last)?.[0] ?? "";
  return /[{([]$/.test(last) ? `${indent}  ` : indent;
}
