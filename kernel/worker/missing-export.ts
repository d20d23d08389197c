// An import of a name that a module does not have. Names that code does not use, or uses as types, may be types: these are
// gone when code runs, and only the module's declarations know of them.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { nearest } from "../../src/arguments/nearest.js";
import type { WantedNames } from "../link/messages.js";
import type { Namespace } from "./local-module.js";
import { entryWith, packageFolder } from "./package-entries.js";
import { insteadOfImport } from "./pytorch-names.js";

const MAX_NAMES = 20;
const COMPILED = /\.([mc]?)jsx?$/;

/** @throws SyntaxError naming what is missing, and the nearest name that is there */
export function requireExports(module: Namespace, url: string, wanted: WantedNames): void {
  const { values, others, places } = wanted;
  const missing =
    values.find((name) => !(name in module)) ??
    others.find((name) => !(name in module) && !mayBeType(url, name));
  if (missing === undefined) return;
  const place = places[missing] === undefined ? "" : ` ${places[missing]}`;
  throw new SyntaxError(`${problemOf(wanted, { missing, url, module })}${place}`);
}

function problemOf(
  { specifier }: WantedNames,
  { missing, url, module }: { missing: string; url: string; module: Namespace },
): string {
  if (missing === "default") return describe(specifier, missing, module);
  const what = `module '${specifier}' has no export '${missing}'`;
  const elsewhere = entryWith(missing, url);
  if (elsewhere !== undefined) return `${what}; it is in "${elsewhere}"`;
  const instead = /^notebooster(?:\/|$)/.test(specifier) ? insteadOfImport(missing) : undefined;
  return instead === undefined ? describe(specifier, missing, module) : `${what}; ${instead}`;
}

function describe(specifier: string, missing: string, module: Namespace): string {
  const names = namesOf(module).filter((name) => name !== "default");
  const more = names.length > MAX_NAMES ? ", ..." : "";
  const has = `t has: ${names.slice(0, MAX_NAMES).join(", ")}${more}`;
  if (missing === "default") {
    return `module '${specifier}' has no default export; import a name of it, as in import { ${names[0] ?? "name"} } from "${specifier}"; i${has}`;
  }
  const [near] = nearest(missing, names);
  const what = `module '${specifier}' has no export '${missing}'`;
  return near === undefined ? `${what}; i${has}` : `${what}; did you mean '${near}'? I${has}`;
}

/** Those that CommonJS has of its prototype too. */
function namesOf(module: Namespace): string[] {
  const names: string[] = [];
  for (const name in module) names.push(name);
  return names;
}

/** Whether a module's declarations speak of a type of this name, or may do so in files that they lead to. */
function mayBeType(url: string, name: string): boolean {
  if (!url.startsWith("file:")) return true; // Node's own: their declarations lie elsewhere
  const path = fileURLToPath(url);
  const beside = COMPILED.test(path) ? path.replace(COMPILED, ".d.$1ts") : path;
  if (!existsSync(beside)) return hasOtherDeclarations(path);
  const word = name.replaceAll("$", "\\$");
  const declared = `\\b(?:type|interface)\\s+${word}\\b`;
  const exportedAgain = `export\\s+(?:type\\s+)?(?:\\*|\\{[^}]*\\b${word}\\b)`;
  return new RegExp(`${declared}|${exportedAgain}`).test(readFileSync(beside, "utf8"));
}

/** Whether the package of a file brings types along that are not beside its code. */
function hasOtherDeclarations(path: string): boolean {
  const folder = packageFolder(dirname(path));
  if (folder === undefined) return false;
  const [, name = ""] = /node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)$/.exec(folder) ?? [];
  const description = readFileSync(join(folder, "package.json"), "utf8");
  return (
    /"types|"typings"|\.d\.[mc]?ts"/.test(description) ||
    existsSync(join(folder.slice(0, folder.length - name.length), "@types", name))
  );
}
