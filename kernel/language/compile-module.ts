// A local module of the notebook to code that a worker can load as often as the file changes. Node's own loader keeps the
// first version for ever; the System format (github.com/systemjs/systemjs, "System.register") is plain JavaScript that
// names its imports and fills in its exports, live bindings, cycles and top-level await included.

import type * as TypeScript from "typescript";
import type { ModuleCode, WantedNames } from "../link/messages.js";
import { checkAwaits } from "./awaits.js";
import { wantedNames } from "./imported-names.js";
import { describePlace } from "./place.js";
import { loadTypeScript, type Ts } from "./typescript.js";

/** Code that calls `System.register`, or CommonJS code that was left alone. */
export type CompiledModule = { readonly map: string | undefined } & ModuleCode;

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
  let imports: readonly WantedNames[] = [];
  const observe: TypeScript.TransformerFactory<TypeScript.SourceFile> = () => (file) => {
    imports = wantedNames(ts, file, shownPath);
    return file;
  };
  const output = ts.transpileModule(source, {
    fileName: path,
    reportDiagnostics: true,
    transformers: { before: [observe, checkAwaits(ts)] },
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
  const map = output.sourceMapText;
  if (!code.startsWith("System.register(")) return { code, map, format: "commonjs" };
  return { code, map, format: "system", imports, exports: ownExports(code) };
}

function describe(ts: Ts, wrong: TypeScript.Diagnostic, path: string): ModuleSyntaxError {
  const message = ts.flattenDiagnosticMessageText(wrong.messageText, "\n");
  return new ModuleSyntaxError(`${message} ${describePlace(wrong.file, wrong.start ?? 0, path)}`);
}

/** Names that the code exports sooner or later; what it takes from other modules is not among them. */
function ownExports(code: string): readonly string[] {
  const [, add = ""] = /^System\.register\(.*?function \((\w+)/s.exec(code) ?? [];
  const calls = code.matchAll(new RegExp(`\\b${add}\\(("(?:[^"\\\\]|\\\\.)*")`, "g"));
  return [...new Set([...calls].map(([, name = '""']) => JSON.parse(name) as string))];
}
