// `%npm install NAME`: npm in the notebook's folder, its words shown as they come. No shell reads the names.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { MagicError } from "../language/magic-error.js";
import type { FolderPrograms } from "./folder-programs.js";

const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT)\b/;
/** Without a network npm would try for minutes. */
const OPTIONS = [
  "--no-fund",
  "--no-audit",
  "--no-progress",
  "--no-update-notifier",
  "--color=false",
  "--loglevel=http",
  "--fetch-retries=1",
  "--fetch-retry-mintimeout=1000",
];

/**
 * Installs packages into `node_modules` of `folder`, the programs' own; `say` hears npm.
 * Throws `MagicError` when npm fails or is interrupted.
 */
export async function installPackages(
  programs: FolderPrograms,
  packages: readonly string[],
  say: (text: string) => void,
): Promise<void> {
  const own = join(dirname(process.execPath), "npm"); // the npm that came with this Node
  const npm = existsSync(own) ? own : "npm";
  const { failure, errors } = await programs.run(
    // named, because npm would take the nearest folder above that has a package.json
    [npm, "install", "--prefix", programs.folder, ...OPTIONS, "--", ...packages],
    say,
  );
  if (failure !== undefined) throw new MagicError(explain(packages, failure, errors));
}

function explain(packages: readonly string[], how: string, errors: string): string {
  const what = `%npm install ${packages.join(" ")} failed`;
  if (UNREACHABLE.test(errors)) {
    return `${what}: the package registry cannot be reached; is there a network (or a proxy to set with npm config)?`;
  }
  if (/\bE404\b/.test(errors)) return `${what}: the registry has no such package or version`;
  return `${what}: ${how}; npm's own words are above`;
}
