// What TypeScript finds wrong in the local modules that cells import, and in what these import: told once for each change,
// since a module is not run anew for each cell.

import { relative } from "node:path";
import type { Ts } from "../typescript.js";
import type { Findings } from "./findings.js";
import type { Problem } from "./messages.js";
import type { NotebookHost } from "./notebook-host.js";
import { problemsIn } from "./problems.js";

interface Known<T> {
  /** Of the file, or of all files that the value was made from. */
  readonly version: string;
  readonly value: T;
}

/** Any import of a path, so that other cells cost nothing. */
const PATH = /["']\.{0,2}\//;

export class ModuleProblems {
  readonly #ts: Ts;
  readonly #host: NotebookHost;
  readonly #imports = new Map<string, Known<readonly string[]>>();
  readonly #found = new Map<string, Known<readonly Problem[]>>();
  /** What the person was told of each file. */
  readonly #told = new Map<string, readonly Problem[]>();

  constructor(ts: Ts, host: NotebookHost) {
    this.#ts = ts;
    this.#host = host;
  }

  /** Problems of every module that `code`, the text of the file `from`, leads to. */
  all(code: string, from: string, findings: Findings): Problem[] {
    return this.#byFile(code, from, findings).flatMap(([, problems]) => problems);
  }

  /** As `all`, without what the person knows. */
  news(code: string, from: string, findings: Findings): Problem[] {
    return this.#byFile(code, from, findings).flatMap(([file, problems]) => {
      const isKnown = this.#told.get(file) === problems;
      this.#told.set(file, problems);
      return isKnown ? [] : problems;
    });
  }

  /** The modules are going to be run anew: everything is news again. */
  reset(): void {
    this.#told.clear();
  }

  #byFile(code: string, from: string, findings: Findings): [file: string, readonly Problem[]][] {
    const files = PATH.test(code) ? this.#reached(code, from) : [];
    const version = files.map((file) => `${file} ${this.#host.getScriptVersion(file)}`).join();
    return files.map((file) => [file, this.#of(file, version, findings)]);
  }

  /** Files that `code` imports, and what these import, in the order in which they are met. */
  #reached(code: string, from: string): string[] {
    const files = new Set<string>(this.#importsOf(code, from));
    for (const file of files) {
      const version = this.#host.getScriptVersion(file);
      const known = this.#imports.get(file);
      const text = this.#host.readFile(file) ?? "";
      const value = known?.version === version ? known.value : this.#importsOf(text, file);
      this.#imports.set(file, { version, value });
      for (const next of value) files.add(next); // and the loop goes on to it
    }
    return [...files];
  }

  #importsOf(code: string, from: string): string[] {
    const { importedFiles } = this.#ts.preProcessFile(code, true, false);
    const paths = importedFiles.filter(({ fileName }) => /^\.{0,2}\//.test(fileName));
    return paths.flatMap(({ fileName }) => this.#host.localModule(fileName, from) ?? []);
  }

  /** `version` is that of all modules that may have to do with each other. What stays equal stays the same object. */
  #of(file: string, version: string, findings: Findings): readonly Problem[] {
    const known = this.#found.get(file);
    if (known?.version === version) return known.value;
    const found = this.#check(file, findings);
    const isSame = JSON.stringify(known?.value) === JSON.stringify(found);
    const value = isSame && known ? known.value : found;
    this.#found.set(file, { version, value });
    return value;
  }

  #check(file: string, findings: Findings): Problem[] {
    const diagnostics = findings.in(file);
    if (diagnostics === undefined) return []; // one that does not parse is told when it is imported
    const code = this.#host.readFile(file) ?? "";
    const lines = code.split(/\r?\n/);
    const label = relative(this.#host.path("."), file);
    const window = { code, offset: 0, constants: new Set<string>() };
    return problemsIn(this.#ts, diagnostics, window).map((problem) => ({
      ...problem,
      module: { label, text: lines[problem.line - 1] ?? "" },
    }));
  }
}
