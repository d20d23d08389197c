// Imports of cells. A relative specifier starts at the notebook's folder, a bare one is resolved as from a
// module in that folder, and `notebooster` is always this installation.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { resolve } from "import-meta-resolve";

const PACKAGE = "notebooster";
/** Names the compiler uses for imports and `import.meta` in compiled cells. */
export const IMPORT = "__notebooster_import";
export const META = "__notebooster_meta";

type Module = Record<string, unknown>;

/** Makes imports, `import.meta` and `require` work in cells run in `folder`. */
export function installImports(folder: string): void {
  const notebook = pathToFileURL(join(folder, "notebook.ts")).href;
  const load = (specifier: unknown, names: readonly string[] = []): Promise<Module> =>
    importModule(String(specifier), notebook, names);
  const meta = { url: notebook, dirname: folder, filename: join(folder, "notebook.ts") };
  Object.defineProperty(globalThis, IMPORT, { value: load });
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
  const module = (await import(resolveSpecifier(specifier, notebook))) as Module;
  const missing = names.find((name) => !(name in module));
  if (missing === undefined) return module;
  const exported = Object.keys(module).slice(0, 20).join(", ");
  throw new SyntaxError(`module '${specifier}' has no export '${missing}'; it has: ${exported}`);
}

function resolveSpecifier(specifier: string, notebook: string): string {
  if (specifier === PACKAGE || specifier.startsWith(`${PACKAGE}/`)) {
    return resolve(specifier, import.meta.url);
  }
  try {
    return resolve(specifier, notebook);
  } catch (notFound) {
    return resolveBeside(specifier, notFound);
  }
}

/** Bare packages may also come with this installation. */
function resolveBeside(specifier: string, notFound: unknown): string {
  if (/^[./]|^[a-z]+:/.test(specifier)) throw notFound;
  try {
    return resolve(specifier, import.meta.url);
  } catch {
    throw notFound; // the person's own folder is the place to name
  }
}
