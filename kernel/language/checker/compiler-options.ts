// How cells are checked: strictly but for what was caught, as ES modules that run in this Node. The notebook's folder may hold a tsconfig.json
// to say how strict; what a cell may import and how it is run is not up to it.

import { join } from "node:path";
import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";

/** Options that a tsconfig.json in the notebook's folder decides. */
const OPEN_OPTIONS = [
  "strict",
  "strictNullChecks",
  "strictFunctionTypes",
  "strictBindCallApply",
  "strictPropertyInitialization",
  "strictBuiltinIteratorReturn",
  "noImplicitThis",
  "useUnknownInCatchVariables",
  "noUncheckedIndexedAccess",
  "exactOptionalPropertyTypes",
  "noImplicitReturns",
  "noFallthroughCasesInSwitch",
  "lib",
  "jsx",
  "jsxImportSource",
] as const;

/** Options for the cells in `folder`; `ownTypes` is where this installation keeps @types. */
export function compilerOptions(
  ts: Ts,
  folder: string,
  ownTypes: string,
): TypeScript.CompilerOptions {
  return {
    strict: true,
    useUnknownInCatchVariables: false,
    lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
    jsx: ts.JsxEmit.ReactJSX,
    ...fromTsconfig(ts, folder),
    target: ts.ScriptTarget.ES2024, // as far as Node 20 goes in syntax
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    customConditions: ["node"],
    moduleDetection: ts.ModuleDetectionKind.Force,
    resolveJsonModule: true,
    allowImportingTsExtensions: true,
    allowArbitraryExtensions: true,
    esModuleInterop: true,
    useDefineForClassFields: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    typeRoots: [join(folder, "node_modules", "@types"), ownTypes],
  };
}

function fromTsconfig(ts: Ts, folder: string): TypeScript.CompilerOptions {
  const file = join(folder, "tsconfig.json");
  if (!ts.sys.fileExists(file)) return {};
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config?: unknown };
  const { options } = ts.parseJsonConfigFileContent(config ?? {}, withoutFiles(ts), folder);
  const open = OPEN_OPTIONS.filter((name) => options[name] !== undefined);
  return Object.fromEntries(open.map((name) => [name, options[name]]));
}

/** The options are wanted, not the list of all files in the folder. */
function withoutFiles(ts: Ts): TypeScript.ParseConfigHost {
  const { useCaseSensitiveFileNames, fileExists, readFile } = ts.sys;
  return { useCaseSensitiveFileNames, fileExists, readFile, readDirectory: () => [] };
}
