// Where an import of a cell or of a local module leads. A relative path may name TypeScript without its ending or by the
// ending that it would be compiled to, a package is looked for from the importing file, and `notebooster` is always this
// installation, whose own packages notebooks do not see, also when they lie in its folder.

import { realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { resolve } from "import-meta-resolve";
import { entriesAt } from "./package-entries.js";
import { insteadOfPackage } from "./pytorch-names.js";

const PACKAGE = "notebooster";
const ENDINGS = [".ts", ".tsx", ".mts", ".js", ".jsx", ".mjs", ".cjs", ".json"];
const COMPILED = /\.([mc]?)jsx?$/;
const PACKAGES = /[\\/]node_modules[\\/]/;
const LOADED_HERE = /\.(?:[mc]?ts|tsx|m?js|jsx|json)$/;
/** Our own files are no modules of a notebook. */
const INSTALLATION = new URL("../..", import.meta.url).href;
const OWN_PACKAGES = pathToFileURL(
  join(realpathSync(fileURLToPath(new URL("../../../node_modules", import.meta.url))), "/"),
).href;

/** URL of what `specifier` names in the file at `parent`; throws with what is missing and what to do. */
export function resolveImport(specifier: string, parent: string): string {
  if (specifier === PACKAGE || specifier.startsWith(`${PACKAGE}/`)) {
    return resolveEntry(specifier);
  }
  if (/^(?:\.{0,2}\/|\.{1,2}$|file:)/.test(specifier)) return resolvePath(specifier, parent);
  if (/^[a-z]+:/.test(specifier)) return resolve(specifier, parent);
  const found = tryResolve(specifier, parent);
  if (found !== undefined && !found.startsWith(OWN_PACKAGES)) return found;
  const name = packageOf(specifier);
  const remedy = insteadOfPackage(name) ?? `install it there with %npm install ${name}`;
  throw new Error(`cannot find package '${specifier}' from ${process.cwd()}; ${remedy}`);
}

/** The path of a file that is compiled here and loaded again when it changes, or undefined for any other URL. */
export function localPath(url: string): string | undefined {
  if (!url.startsWith("file:") || url.startsWith(INSTALLATION)) return undefined;
  const path = fileURLToPath(url);
  return PACKAGES.test(path) || !LOADED_HERE.test(path) ? undefined : path;
}

function resolveEntry(specifier: string): string {
  const url = tryResolve(specifier, import.meta.url);
  if (url !== undefined) return url;
  const entries = entriesAt(import.meta.url).filter((entry) => !entry.endsWith(".json"));
  throw new Error(`there is no "${specifier}"; the entries are: ${entries.join(", ")}`);
}

function resolvePath(specifier: string, parent: string): string {
  const path = fileURLToPath(new URL(specifier, parent));
  const found = candidates(path).find(isFile);
  if (found !== undefined) return pathToFileURL(found).href;
  throw new Error(`cannot find module '${specifier}': there is no ${path}`);
}

function candidates(path: string): string[] {
  const sources = COMPILED.test(path)
    ? [path.replace(COMPILED, ".$1ts"), path.replace(COMPILED, ".tsx")]
    : [];
  const endings = ENDINGS.map((ending) => path + ending);
  return [path, ...sources, ...endings, ...ENDINGS.map((ending) => join(path, `index${ending}`))];
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function tryResolve(specifier: string, from: string): string | undefined {
  try {
    return resolve(specifier, from);
  } catch {
    return undefined; // not there: the caller says what is missing
  }
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}
