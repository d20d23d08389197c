// The quick way through the compiler: a cell that is JavaScript already and declares nothing that a later
// cell could not declare again runs as it was typed. TypeScript's emitter would take 2 ms to say the same.

import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

/** TypeScript's own summary of a file's syntax; the type has no public name. */
interface Flagged {
  readonly transformFlags: number;
}

/** Bits of `transformFlags`: TypeScript syntax, JSX, and syntax newer than any finished standard. */
const NOT_PLAIN = 0b111;

/** The cell as V8 can run it, or undefined when it has to be compiled. `file` must have parsed. */
export function asVerbatim(ts: Ts, file: TypeScript.SourceFile): string | undefined {
  if (((file as unknown as Flagged).transformFlags & NOT_PLAIN) !== 0) return undefined;
  if (!file.statements.every((statement) => isLasting(ts, statement))) return undefined;
  if (needsNames(ts, file)) return undefined;
  return constAsLet(ts, file);
}

/** Statements without imports, exports, functions to hoist and `var`. */
function isLasting(ts: Ts, statement: TypeScript.Statement): boolean {
  if (ts.isVariableStatement(statement)) {
    return statement.modifiers === undefined && isBlockScoped(ts, statement.declarationList);
  }
  return ts.isExpressionStatement(statement) || ts.isEmptyStatement(statement);
}

function isBlockScoped(ts: Ts, { flags }: TypeScript.VariableDeclarationList): boolean {
  return (flags & (ts.NodeFlags.Const | ts.NodeFlags.Let)) !== 0;
}

/** Whether an await, import(), import.meta or accessor inside has to be rewritten. */
function needsNames(ts: Ts, node: TypeScript.Node): boolean {
  const { SyntaxKind } = ts;
  if (ts.isAwaitExpression(node) || ts.isMetaProperty(node)) return true;
  if (node.kind === SyntaxKind.ImportKeyword || node.kind === SyntaxKind.AccessorKeyword)
    return true;
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  return ts.forEachChild(node, (child) => needsNames(ts, child) || undefined) ?? false;
}

/** Top-level `const` becomes `let` of the same width, as in top-level.ts. */
function constAsLet(ts: Ts, file: TypeScript.SourceFile): string {
  let text = file.text;
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue;
    const at = statement.getStart(file);
    text = `${text.slice(0, at)}let  ${text.slice(at + "const".length)}`;
  }
  return text;
}
