// A cell of TypeScript to JavaScript for V8's REPL mode. Types are stripped, never checked: a cell starts
// at once, and only code that does not parse is refused.

import type * as TypeScript from "typescript";
import { type Blank, eraseTypes, loadBlankSpace } from "./erase.js";
import { isMagic } from "./magics.js";
import { removeModuleSyntax } from "./module-syntax.js";
import { diagnosticsOf, hasJsx, isObjectCell, parseSource } from "./parse.js";
import { loosenTopLevel } from "./top-level.js";
import { loadTypeScript, type Ts } from "./typescript.js";

const STRICT = '"use strict";';
/**
 * The cell begins as a promise job, with nothing of the inspector below it: where an interrupt ends JavaScript just as the part
 * before a cell's first await is over, V8's inspector aborts the process (`ProtocolPromiseHandler::add`).
 */
const PREFIX = `${STRICT} await null;\n`;
export const NUM_PREFIX_LINES = 1;
const WARM_UP =
  "interface A { b: number }\nfunction f(a?: A): A[] { return a ? [a] : [] }\nf({ b: await 1 })";

export interface CompiledCell {
  /** JavaScript, one line of prefix before the code the map speaks of. */
  readonly code: string;
  /** Source map as JSON, or undefined when every position is the person's own. */
  readonly map: string | undefined;
  /** Whether the cell ends in an expression whose value is its result. */
  readonly hasResult: boolean;
}

/** Code that does not parse, with the place in the person's own lines (from 1). */
export class CellSyntaxError extends Error {
  override readonly name = "SyntaxError";
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

/** Compiles one cell, known to V8 as `cell:<cell>`; throws `CellSyntaxError`. */
export async function compileCell(source: string, cell: string): Promise<CompiledCell> {
  const compiled = await compile(source);
  return { ...compiled, code: `${PREFIX}${compiled.code}\n//# sourceURL=cell:${cell}` };
}

/** Loads and tries what most cells need of the compiler. */
export async function warmUpCompiler(): Promise<void> {
  await compileCell(WARM_UP, "warm-up");
}

/** Compiles what the debugger evaluates where a cell has stopped, which cannot await; throws `CellSyntaxError`. */
export async function compileForStop(source: string): Promise<string> {
  return `${STRICT}\n${(await compile(source)).code}\n//# sourceURL=cell:debug`;
}

async function compile(source: string): Promise<CompiledCell> {
  const ts = await loadTypeScript();
  const { blankSourceFile } = await loadBlankSpace();
  const wrapped = parenthesizeObject(ts, source);
  return erase(ts, blankSourceFile, wrapped) ?? transpile(ts, wrapped);
}

function erase(ts: Ts, blank: Blank, source: string): CompiledCell | undefined {
  const file = parseSource(ts, source, false);
  if (diagnosticsOf(file).length > 0) return undefined;
  const erased = eraseTypes(ts, blank, file);
  return erased && { ...erased, hasResult: endsInExpression(ts, file) };
}

function transpile(ts: Ts, source: string): CompiledCell {
  let hasResult = false;
  const observe: TypeScript.TransformerFactory<TypeScript.SourceFile> = () => (file) => {
    hasResult = endsInExpression(ts, file);
    return file;
  };
  const output = ts.transpileModule(source, {
    fileName: hasJsx(ts, source) ? "cell.tsx" : "cell.ts",
    reportDiagnostics: true,
    transformers: { before: [observe, removeModuleSyntax(ts)], after: [loosenTopLevel(ts)] },
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      verbatimModuleSyntax: true,
      jsx: ts.JsxEmit.ReactJSX,
      sourceMap: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  const wrong = output.diagnostics?.find(
    ({ category }) => category === ts.DiagnosticCategory.Error,
  );
  if (wrong) throw syntaxError(ts, wrong);
  const code = output.outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  return { code, map: output.sourceMapText, hasResult };
}

function endsInExpression(ts: Ts, file: TypeScript.SourceFile): boolean {
  const last = file.statements.findLast((statement) => !ts.isEmptyStatement(statement));
  return last !== undefined && (ts.isExpressionStatement(last) || ts.isExportAssignment(last));
}

/** An object alone in a cell, in parentheses. */
function parenthesizeObject(ts: Ts, source: string): string {
  if (!isObjectCell(ts, source)) return source;
  return source.replace("{", "({").replace(/\}(\s*)$/, "})$1");
}

/** Syntax diagnostics of TypeScript source, with or without JSX. */
export function parseErrors(ts: Ts, source: string): readonly TypeScript.Diagnostic[] {
  return diagnosticsOf(parseSource(ts, source, hasJsx(ts, source)));
}

function syntaxError(ts: Ts, diagnostic: TypeScript.Diagnostic): CellSyntaxError {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n");
  const place = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0);
  const line = diagnostic.file?.text.split("\n")[place?.line ?? 0]?.trim() ?? "";
  return new CellSyntaxError(
    isMagic(line)
      ? `magics stand above all code of a cell; move '${line}' to its head or into a cell of its own`
      : message,
    (place?.line ?? 0) + 1,
    (place?.character ?? 0) + 1,
  );
}
