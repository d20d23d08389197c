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

/** The entry of the same package that exports a name, as one imports it: "notebooster/device". */
export function entryWith(name: string, url: string): string | undefined {
  if (!url.startsWith("file:")) return undefined;
  const folder = packageFolder(dirname(fileURLToPath(url)));
  if (folder === undefined) return undefined;
  const { name: of, exports: entries } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as { name?: string; exports?: unknown };
  if (of === undefined || typeof entries !== "object" || entries === null) return undefined;
  const exported = new RegExp(`\\bexport\\b[^;]*\\b${name.replaceAll("$", "\\$")}\\b`);
  const found = Object.entries(entries).find(([, places]) => {
    const { types } = Object(places) as { types?: unknown };
    const file = typeof types === "string" ? join(folder, types) : "";
    return existsSync(file) && exported.test(readFileSync(file, "utf8"));
  });
  return found && `${of}${found[0].slice(1)}`;
}
