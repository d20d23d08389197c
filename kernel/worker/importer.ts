// Imports of cells. A relative specifier starts at the notebook's folder, a bare one is resolved as from a
// module in that folder, and `notebooster` is always this installation.

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "import-meta-resolve";

const PACKAGE = "notebooster";
/** Names the compiler uses for imports and `import.meta` in compiled cells. */
export const IMPORT = "__notebooster_import";
export const META = "__notebooster_meta";

type Module = Record<string, unknown>;

/** Makes imports, `import.meta` and `require` work in cells run in `folder`. */
export function installImports(folder: string): void {
  const notebook = pathToFileURL(join(folder, "notebook.ts")).href;
  const importer = (specifier: unknown, names: readonly string[] = []): Promise<Module> =>
    importModule(String(specifier), notebook, names);
  const meta = { url: notebook, dirname: folder, filename: join(folder, "notebook.ts") };
  Object.defineProperty(globalThis, IMPORT, { value: importer });
  Object.defineProperty(globalThis, META, {
    value: { ...meta, resolve: (specifier: string) => resolveSpecifier(specifier, notebook) },
  });
  Object.defineProperty(globalThis, "require", { value: createRequire(notebook), writable: true });
}

async function importModule(
  specifier: string,
  notebook: string,
  names: readonly string[],
): Promise<Module> {
  const url = resolveSpecifier(specifier, notebook);
  if (url.startsWith("file:") && !existsSync(fileURLToPath(url))) {
    throw new Error(`cannot find module '${specifier}': there is no ${fileURLToPath(url)}`);
  }
  const module = (await import(url)) as Module;
  const missing = names.find((name) => !(name in module));
  if (missing === undefined) return module;
  const exported = Object.keys(module).slice(0, 20).join(", ");
  throw new SyntaxError(`module '${specifier}' has no export '${missing}'; it has: ${exported}`);
}

function resolveSpecifier(specifier: string, notebook: string): string {
  const isOurs = specifier === PACKAGE || specifier.startsWith(`${PACKAGE}/`);
  if (isOurs) return resolve(specifier, import.meta.url);
  if (/^[./]|^[a-z]+:/.test(specifier)) return resolve(specifier, notebook);
  // bare packages may also come with this installation
  const found = tryResolve(specifier, notebook) ?? tryResolve(specifier, import.meta.url);
  if (found !== undefined) return found;
  throw new Error(
    `cannot find package '${specifier}' from ${process.cwd()}; install it there with npm install ${specifier}`,
  );
}

function tryResolve(specifier: string, from: string): string | undefined {
  try {
    return resolve(specifier, from);
  } catch {
    return undefined; // not there: the caller looks elsewhere and says what is missing
  }
}
