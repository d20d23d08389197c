// `%npm install NAME`: npm in the notebook's folder, its words shown as they come. No shell reads the names.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { MagicError } from "../language/magics.js";

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

export class NpmInstaller {
  readonly #folder: string;
  readonly #running = new Set<ChildProcess>();

  /** Packages go to `node_modules` of `folder`, or of the project that it belongs to. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Installs packages; `say` hears npm. Throws `MagicError` when npm fails or is interrupted. */
  async install(packages: readonly string[], say: (text: string) => void): Promise<void> {
    const child = this.#start(["install", ...OPTIONS, "--", ...packages]);
    let errors = "";
    child.stdout?.on("data", (chunk: Buffer) => say(chunk.toString()));
    child.stderr?.on("data", (chunk: Buffer) => {
      errors += chunk.toString();
      say(chunk.toString());
    });
    const how = await ended(child);
    this.#running.delete(child);
    if (how !== undefined) throw new MagicError(explain(packages, how, errors));
  }

  /** Ends the installations under way. */
  interrupt(): void {
    for (const child of this.#running) child.kill("SIGTERM");
  }

  #start(words: readonly string[]): ChildProcess {
    const bin = dirname(process.execPath);
    const own = join(bin, "npm"); // the npm that came with this Node
    const child = spawn(existsSync(own) ? own : "npm", words, {
      cwd: this.#folder,
      env: { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#running.add(child);
    return child;
  }
}

/** How a process failed, or undefined when it did not. */
function ended(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on("error", (failure) => resolve(`npm could not be started: ${failure.message}`));
    child.on("close", (code, signal) => {
      if (signal !== null) resolve("it was interrupted");
      else resolve(code === 0 ? undefined : `npm ended with code ${code}`);
    });
  });
}

function explain(packages: readonly string[], how: string, errors: string): string {
  const what = `%npm install ${packages.join(" ")} failed`;
  if (UNREACHABLE.test(errors)) {
    return `${what}: the package registry cannot be reached; is there a network (or a proxy to set with npm config)?`;
  }
  if (/\bE404\b/.test(errors)) return `${what}: the registry has no such package or version`;
  return `${what}: ${how}; npm's own words are above`;
}
