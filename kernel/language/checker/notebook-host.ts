// The files of a notebook as TypeScript's language service sees them: the cells, which exist only here, beside the
// files of the notebook's folder. What was installed is read once; the person's own files are looked at anew each time.

import { realpathSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import { compilerOptions } from "./compiler-options.js";
import { NOTEBOOK_GLOBALS } from "./notebook-globals.js";

interface ReadFile {
  readonly version: string;
  readonly snapshot: TypeScript.IScriptSnapshot;
}

interface WrittenFile extends ReadFile {
  readonly text: string;
  readonly isJsx: boolean;
}

const GLOBALS_FILE = "__globals.d.ts";
/** A file of this installation: our own package is looked for from here. */
const INSTALLATION = fileURLToPath(import.meta.url);
const OWN_SOURCE = /(?<!\.d)\.[mc]?tsx?$/;
const INSTALLED = /[\\/]node_modules[\\/]/;

export class NotebookHost implements TypeScript.LanguageServiceHost {
  readonly #ts: Ts;
  readonly #folder: string;
  readonly #options: TypeScript.CompilerOptions;
  /** Folders of this installation, which does not change while it runs. */
  readonly #own = ["dist", "node_modules"].map((name) =>
    join(realpathSync(join(dirname(INSTALLATION), "../../../..", name)), "/"),
  );
  readonly #virtual = new Map<string, WrittenFile>();
  readonly #read: Map<string, ReadFile>;
  readonly #resolutions: TypeScript.ModuleResolutionCache;
  #numWrites = 0;
  #numInstalls = 0;
  /** Files to start from, in the notebook's folder. */
  roots: readonly string[] = [];

  /** What `beside`, of the same folder, has read and where it has found packages, this one need not look for. */
  constructor(ts: Ts, folder: string, beside?: NotebookHost) {
    this.#ts = ts;
    this.#folder = folder;
    if (beside === undefined) {
      this.#options = compilerOptions(ts, folder, typeRoot());
      this.#read = new Map();
      this.#resolutions = ts.createModuleResolutionCache(folder, (name) => name, this.#options);
    } else {
      this.#options = beside.#options;
      this.#read = beside.#read;
      this.#resolutions = beside.#resolutions;
    }
    this.write(GLOBALS_FILE, NOTEBOOK_GLOBALS);
  }

  /** Path of a file beside the notebook. */
  path(name: string): string {
    return join(this.#folder, name);
  }

  /** Sets the text of a file that exists only here; with `isJsx` it is read as TypeScript with JSX. */
  write(name: string, text: string, isJsx = false): void {
    const known = this.#virtual.get(this.path(name));
    if (known?.text === text && known.isJsx === isJsx) return; // what was found out about it still holds
    const snapshot = this.#ts.ScriptSnapshot.fromString(text);
    this.#virtual.set(this.path(name), { text, version: `w${++this.#numWrites}`, snapshot, isJsx });
  }

  /** Looks for packages again, also for those that were there: some were installed. */
  lookAgain(): void {
    this.#numInstalls += 1;
    this.#resolutions.clear();
  }

  getCompilationSettings(): TypeScript.CompilerOptions {
    return this.#options;
  }

  getScriptFileNames(): string[] {
    return [GLOBALS_FILE, ...this.roots].map((name) => this.path(name));
  }

  getScriptVersion(file: string): string {
    return this.#virtual.get(file)?.version ?? this.#versionOnDisk(file);
  }

  getScriptSnapshot(file: string): TypeScript.IScriptSnapshot | undefined {
    const written = this.#virtual.get(file);
    if (written !== undefined) return written.snapshot;
    const version = this.#versionOnDisk(file);
    const known = this.#read.get(file);
    if (known?.version === version) return known.snapshot;
    const text = this.#ts.sys.readFile(file);
    if (text === undefined) return undefined;
    const snapshot = this.#ts.ScriptSnapshot.fromString(text);
    this.#read.set(file, { version, snapshot });
    return snapshot;
  }

  /** Not in TypeScript's public interface: without it every package.json is read for every cell. */
  getModuleResolutionCache(): TypeScript.ModuleResolutionCache {
    return this.#resolutions;
  }

  getScriptKind(file: string): TypeScript.ScriptKind {
    const { ScriptKind } = this.#ts;
    // of other files the name tells
    return this.#virtual.get(file)?.isJsx ? ScriptKind.TSX : ScriptKind.Unknown;
  }

  getCurrentDirectory(): string {
    return this.#folder;
  }

  getDefaultLibFileName(options: TypeScript.CompilerOptions): string {
    return this.#ts.getDefaultLibFilePath(options);
  }

  fileExists(file: string): boolean {
    return this.#virtual.has(file) || this.#ts.sys.fileExists(file);
  }

  readFile(file: string, encoding?: string): string | undefined {
    return this.#ts.sys.readFile(file, encoding);
  }

  readDirectory(...query: Parameters<TypeScript.System["readDirectory"]>): string[] {
    return this.#ts.sys.readDirectory(...query);
  }

  directoryExists(folder: string): boolean {
    return this.#ts.sys.directoryExists(folder);
  }

  getDirectories(folder: string): string[] {
    return this.#ts.sys.getDirectories(folder);
  }

  realpath(path: string): string {
    return this.#virtual.has(path) ? path : (this.#ts.sys.realpath?.(path) ?? path);
  }

  /** As the worker's importer: from the notebook's folder, which does not see the packages of this installation. */
  resolveModuleNameLiterals(
    literals: readonly TypeScript.StringLiteralLike[],
    from: string,
  ): TypeScript.ResolvedModuleWithFailedLookupLocations[] {
    return literals.map(({ text }) => {
      if (text === "notebooster" || text.startsWith("notebooster/"))
        return this.#resolve(text, INSTALLATION);
      const found = this.#resolve(text, from);
      const isHidden = !this.#isOwn(from) && this.#isOwn(found.resolvedModule?.resolvedFileName);
      return isHidden ? { resolvedModule: undefined } : found;
    });
  }

  /** The person's own TypeScript file that an import of `name` in the file `from` leads to, if it leads to one. */
  localModule(name: string, from: string): string | undefined {
    const file = this.#resolve(name, from).resolvedModule?.resolvedFileName;
    const isSource = file !== undefined && OWN_SOURCE.test(file) && !INSTALLED.test(file);
    return isSource ? file : undefined;
  }

  #resolve(name: string, from: string): TypeScript.ResolvedModuleWithFailedLookupLocations {
    return this.#ts.resolveModuleName(name, from, this.#options, this, this.#resolutions);
  }

  #isOwn(file: string | undefined): boolean {
    return file !== undefined && this.#own.some((folder) => file.startsWith(folder));
  }

  #versionOnDisk(file: string): string {
    if (this.#isOwn(file)) return "own";
    if (INSTALLED.test(file)) return `installed ${this.#numInstalls}`;
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats === undefined ? "absent" : `${stats.mtimeMs} ${stats.size}`;
  }
}

/** Folder of the @types that come with this installation. */
function typeRoot(): string {
  const node = createRequire(import.meta.url).resolve("@types/node/package.json");
  return dirname(dirname(node));
}
