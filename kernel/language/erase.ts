// The quick way through the compiler, for cells whose types only have to be taken out: types become spaces, so positions
// stay, and the little else that has to change is changed in the text. TypeScript's emitter would take ten times as long.

import MagicString from "magic-string";
import type * as TypeScript from "typescript";
import { RESUME } from "../link/cell-globals.js";
import { isAsyncFunction } from "./awaits.js";
import type { Ts } from "./typescript.js";

export interface Erased {
  readonly code: string;
  /** Source map as JSON, or undefined when every position is the person's own. */
  readonly map: string | undefined;
}

/** TypeScript's own summary of a file's syntax; the type has no public name. */
interface Flagged {
  readonly transformFlags: number;
}

/** Bits of `transformFlags`: TypeScript syntax; JSX, and syntax newer than any finished standard. */
const TYPES = 0b001;
const JSX_OR_NEWER = 0b110;

let loading: Promise<typeof import("ts-blank-space")> | undefined;

/** What takes types out; the first call starts to load it, and TypeScript with it. */
export function loadBlankSpace(): Promise<typeof import("ts-blank-space")> {
  loading ??= import("ts-blank-space");
  return loading;
}

export type Blank = Awaited<ReturnType<typeof loadBlankSpace>>["blankSourceFile"];

/** The cell as V8 can run it, or undefined when it has to be compiled. `file` must have parsed. */
export function eraseTypes(ts: Ts, blank: Blank, file: TypeScript.SourceFile): Erased | undefined {
  const { transformFlags } = file as unknown as Flagged;
  if ((transformFlags & JSX_OR_NEWER) !== 0) return undefined;
  if (!file.statements.every((statement) => isPlain(ts, statement))) return undefined;
  const awaits: TypeScript.AwaitExpression[] = [];
  if (hasDeepChange(ts, file, awaits)) return undefined;
  const code = (transformFlags & TYPES) === 0 ? file.text : blankTypes(blank, file);
  return code === undefined ? undefined : changeText(ts, { file, code, awaits });
}

/** The text with spaces for types, or undefined where something stands for more than a type. */
function blankTypes(blank: Blank, file: TypeScript.SourceFile): string | undefined {
  let isErasable = true;
  const code = blank(file, () => {
    isErasable = false;
  });
  return isErasable ? code : undefined;
}

/** Statements without modules' syntax, and no declarations that become something else than themselves or a `let`. */
function isPlain(ts: Ts, statement: TypeScript.Statement): boolean {
  if (ts.isImportDeclaration(statement) || ts.isImportEqualsDeclaration(statement)) return false;
  if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return false;
  if (ts.isClassDeclaration(statement) || ts.isEnumDeclaration(statement)) return false;
  if (ts.isModuleDeclaration(statement)) return false;
  if (!ts.canHaveModifiers(statement)) return true;
  const isAsync = (kind: TypeScript.SyntaxKind) => kind === ts.SyntaxKind.AsyncKeyword;
  return statement.modifiers?.every(({ kind }) => isAsync(kind)) ?? true;
}

/** Whether anything inside needs more than `awaits`, which gets every await: import(), import.meta, accessors, `var`. */
function hasDeepChange(
  ts: Ts,
  node: TypeScript.Node,
  awaits: TypeScript.AwaitExpression[],
  mayAwait = true,
): boolean {
  const { SyntaxKind } = ts;
  if (ts.isAwaitExpression(node) && mayAwait) awaits.push(node); // of another V8 says that it is wrong
  if (ts.isMetaProperty(node) || node.kind === SyntaxKind.ImportKeyword) return true;
  if (node.kind === SyntaxKind.AccessorKeyword) return true;
  if (ts.isForOfStatement(node) && node.awaitModifier !== undefined) return true;
  if (ts.isVariableDeclarationList(node) && !isBlockScoped(ts, node)) return true;
  const inner = ts.isFunctionLike(node) ? isAsyncFunction(ts, node) : mayAwait;
  const visit = (child: TypeScript.Node) => hasDeepChange(ts, child, awaits, inner) || undefined;
  return ts.forEachChild(node, visit) ?? false;
}

function isBlockScoped(ts: Ts, { flags }: TypeScript.VariableDeclarationList): boolean {
  return (flags & (ts.NodeFlags.Const | ts.NodeFlags.Let)) !== 0;
}

interface Blanked {
  readonly file: TypeScript.SourceFile;
  /** As long as the text of `file`. */
  readonly code: string;
  readonly awaits: readonly TypeScript.AwaitExpression[];
}

/** Top-level `const` to `let`, functions to the top, and awaits through the worker: as top-level.ts and awaits.ts do. */
function changeText(ts: Ts, { file, code, awaits }: Blanked): Erased | undefined {
  const loose = constAsLet(ts, file, code);
  const functions = file.statements.filter(
    (statement): statement is TypeScript.FunctionDeclaration =>
      ts.isFunctionDeclaration(statement) && statement.body !== undefined,
  );
  if (awaits.length + functions.length === 0) return { code: loose, map: undefined };
  const names = new Set(functions.map(({ name }) => name?.text));
  if (names.size < functions.length) return undefined; // the last of equal names counts
  const text = new MagicString(loose);
  for (const node of awaits) {
    text.appendRight(node.getStart(file), `${RESUME}(`).appendLeft(node.end, ")");
  }
  const first = file.statements.find((statement) => !ts.isFunctionDeclaration(statement));
  for (const node of functions) hoist(text, node, { file, top: first?.getStart(file) });
  return {
    code: text.toString(),
    map: text.generateMap({ source: "cell.ts", hires: "boundary" }).toString(),
  };
}

/** `function f() {}` as `let f = function () {};` before `top`, where the first other statement begins. */
function hoist(
  text: MagicString,
  node: TypeScript.FunctionDeclaration,
  { file, top }: { readonly file: TypeScript.SourceFile; readonly top: number | undefined },
): void {
  const { name, end } = node;
  if (name === undefined) return;
  const start = node.getStart(file);
  text.appendRight(start, `let ${name.text} = `).remove(name.getStart(file), name.end);
  text.appendLeft(end, ";");
  if (top !== undefined && top < start) text.appendLeft(start, ";").move(start, end, top);
}

/** Top-level `const` becomes `let` of the same width. */
function constAsLet(ts: Ts, file: TypeScript.SourceFile, code: string): string {
  let text = code;
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    if ((statement.declarationList.flags & ts.NodeFlags.Const) === 0) continue;
    const at = statement.getStart(file);
    text = `${text.slice(0, at)}let  ${text.slice(at + "const".length)}`;
  }
  return text;
}
