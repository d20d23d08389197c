// Cells as syntax trees. `<T>value` and `<b>text</b>` begin alike, so a cell is TypeScript unless it only makes sense with JSX. JSX
// means calls of `react/jsx-runtime`, as everywhere since React 17.

import type * as TypeScript from "typescript";
import type { Ts } from "./typescript.js";

const MAYBE_JSX = /<\/|\/>/;

/** Whether code has fewer mistakes when it is read as TypeScript with JSX. */
export function hasJsx(ts: Ts, code: string): boolean {
  if (!MAYBE_JSX.test(code)) return false;
  const plain = parseSource(ts, code, false);
  const numPlain = diagnosticsOf(plain).length;
  return numPlain > 0 && diagnosticsOf(parseSource(ts, code, true)).length < numPlain;
}

/** Whether a cell is an object such as `{ a: 1 }`, which stands for itself in every REPL, and not a block. */
export function isObjectCell(ts: Ts, code: string): boolean {
  if (!/^\s*\{[\s\S]*\}\s*$/.test(code)) return false;
  const object = `(${code})`;
  return diagnosticsOf(parseSource(ts, object, hasJsx(ts, object))).length === 0;
}

/** A cell as a syntax tree: a module, whatever it contains. */
export function parseSource(ts: Ts, code: string, isJsx: boolean): TypeScript.SourceFile {
  return ts.createSourceFile(isJsx ? "cell.tsx" : "cell.ts", code, {
    languageVersion: ts.ScriptTarget.ESNext,
    setExternalModuleIndicator: (parsed) => {
      (parsed as { externalModuleIndicator?: unknown }).externalModuleIndicator = true;
    },
  });
}

/** What the parser found wrong. */
export function diagnosticsOf(file: TypeScript.SourceFile): readonly TypeScript.Diagnostic[] {
  // the parser's diagnostics have no public name; a whole program would have to be made to ask for them
  return (file as unknown as { parseDiagnostics: TypeScript.Diagnostic[] }).parseDiagnostics;
}
