// A local module of the notebook to code that a worker can load as often as the file changes. Node's own loader keeps the
// first version for ever; the System format (github.com/systemjs/systemjs, "System.register") is plain JavaScript that
// names its imports and fills in its exports, live bindings, cycles and top-level await included.

import type * as TypeScript from "typescript";
import { checkAwaits } from "./awaits.js";
import { loadTypeScript, type Ts } from "./typescript.js";

export interface CompiledModule {
  /** Calls `System.register`, or is CommonJS code that was left alone. */
  readonly code: string;
  readonly map: string | undefined;
  readonly format: "system" | "commonjs";
}

/** A local file that does not parse. */
export class ModuleSyntaxError extends Error {
  override readonly name = "SyntaxError";
}

const ALWAYS_MODULE = /\.(?:[mc]?ts|tsx|mjs)$/;

/** Compiles TypeScript or JavaScript; throws `ModuleSyntaxError`, which names `shownPath`. */
export async function compileModule(
  source: string,
  path: string,
  shownPath: string,
): Promise<CompiledModule> {
  const ts = await loadTypeScript();
  const output = ts.transpileModule(source, {
    fileName: path,
    reportDiagnostics: true,
    transformers: { before: [checkAwaits(ts)] },
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.System,
      moduleDetection: ALWAYS_MODULE.test(path)
        ? ts.ModuleDetectionKind.Force
        : ts.ModuleDetectionKind.Auto,
      jsx: ts.JsxEmit.ReactJSX,
      allowJs: true,
      sourceMap: true,
      newLine: ts.NewLineKind.LineFeed,
    },
  });
  const { Error: Wrong } = ts.DiagnosticCategory;
  const wrong = output.diagnostics?.find(({ category }) => category === Wrong);
  if (wrong) throw describe(ts, wrong, shownPath);
  const code = output.outputText.replace(/\/\/# sourceMappingURL=.*\s*$/, "");
  const isSystem = code.startsWith("System.register(");
  return { code, map: output.sourceMapText, format: isSystem ? "system" : "commonjs" };
}

function describe(ts: Ts, wrong: TypeScript.Diagnostic, path: string): ModuleSyntaxError {
  const message = ts.flattenDiagnosticMessageText(wrong.messageText, "\n");
  const place = wrong.file?.getLineAndCharacterOfPosition(wrong.start ?? 0);
  const line = place?.line ?? 0;
  const text = wrong.file?.text.split("\n")[line] ?? "";
  const head = `  ${line + 1} | `;
  const pointer = " ".repeat(head.length + (place?.character ?? 0));
  return new ModuleSyntaxError(
    `${message} (${path}, line ${line + 1})\n${head}${text}\n${pointer}^`,
  );
}
