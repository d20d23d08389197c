// A package's entries: what its package.json lets be imported.

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the package that a file belongs to. */
export function packageFolder(folder: string): string | undefined {
  if (existsSync(join(folder, "package.json"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : packageFolder(above);
}

/** What the package of the module at `url` lets be imported, as one writes it: "notebooster", "notebooster/device". */
export function entriesAt(url: string): string[] {
  return Object.keys(typesByEntry(url));
}

/** The entry of a module's package that exports a name: "notebooster/device". */
export function entryWith(name: string, url: string): string | undefined {
  const word = name.replaceAll("$", "\\$");
  const exported = new RegExp(
    `\\bexport\\s+(?:(?:type\\s+)?\\{[^}]*|(?:declare\\s+)?(?:const|let|function|class|type|interface)\\s+)\\b${word}\\b`,
  );
  return Object.entries(typesByEntry(url)).find(
    ([, types]) => existsSync(types) && exported.test(readFileSync(types, "utf8")),
  )?.[0];
}

/** The declarations of each entry, "" where an entry tells of none. */
function typesByEntry(url: string): Record<string, string> {
  if (!url.startsWith("file:")) return {};
  const folder = packageFolder(dirname(fileURLToPath(url)));
  if (folder === undefined) return {};
  const { name, exports: entries } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as { name?: string; exports?: unknown };
  if (name === undefined || typeof entries !== "object" || entries === null) return {};
  return Object.fromEntries(
    Object.entries(entries).map(([entry, places]) => {
      const { types } = Object(places) as { types?: unknown };
      return [`${name}${entry.slice(1)}`, typeof types === "string" ? join(folder, types) : ""];
    }),
  );
}
