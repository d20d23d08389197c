// Modules of the notebook's folder: loaded when they are first imported, and again, with whatever imports them, once their
// file has changed. They come from the kernel in the System format, and this is its registry.

import { statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Script } from "node:vm";
import type { ModuleAnswer } from "../link/messages.js";
import { withCommonJsNames } from "./commonjs-names.js";
import { InterruptedError } from "./interruption.js";
import { localPath, resolveImport } from "./module-resolution.js";

export type Namespace = Record<string, unknown>;

interface Registered {
  readonly setters: readonly ((namespace: Namespace) => void)[];
  readonly execute: () => unknown;
}

type Export = (names: string | Namespace, value?: unknown) => unknown;
type Declare = (add: Export, context: object) => Registered;

interface Module {
  readonly path: string;
  readonly version: string;
  readonly namespace: Namespace;
  /** By path; called when an export has changed: modules that export it again copy it. */
  readonly importers: Map<string, () => void>;
  /** Paths of the local modules it imports. */
  readonly dependencies: string[];
  /** Resolves when the code is there and its imports are known. */
  ready: Promise<void>;
  execute: () => unknown;
  executed: Promise<void> | undefined;
}

type Compile = (path: string, source: string) => Promise<ModuleAnswer>;

export class LocalModules {
  readonly #compile: Compile;
  readonly #modules = new Map<string, Module>();
  /** Those that are being prepared or run. */
  readonly #unfinished = new Set<Module>();
  #numCuts = 0;

  /** `compile` asks the kernel. */
  constructor(compile: Compile) {
    this.#compile = compile;
  }

  /** The module at `path` as its file is now, its imports too. */
  async load(path: string): Promise<Namespace> {
    this.#forgetChanged();
    const numCuts = this.#numCuts;
    await this.#readyWithImports(path, new Set());
    await this.#execute(path, new Set(), numCuts);
    return this.#get(path).namespace;
  }

  /** After a cell was cut off: what it was loading, which may never come to its end, is loaded anew by the next import. */
  forgetUnfinished(): void {
    this.#numCuts += 1;
    for (const { path } of this.#unfinished) this.#forget(path);
    this.#unfinished.clear();
  }

  /** Drops every module whose file has changed, and every module that imports one of these. */
  #forgetChanged(): void {
    for (const module of [...this.#modules.values()]) {
      if (versionOf(module.path) !== module.version) this.#forget(module.path);
    }
  }

  #forget(path: string): void {
    if (!this.#modules.delete(path)) return;
    for (const { path: other, dependencies } of [...this.#modules.values()]) {
      if (dependencies.includes(path)) this.#forget(other);
    }
  }

  #get(path: string): Module {
    const known = this.#modules.get(path);
    if (known !== undefined) return known;
    const module: Module = {
      path,
      version: versionOf(path),
      namespace: Object.create(null) as Namespace,
      importers: new Map(),
      dependencies: [],
      ready: Promise.resolve(),
      execute: () => undefined,
      executed: undefined,
    };
    Object.defineProperty(module.namespace, Symbol.toStringTag, { value: "Module" });
    this.#modules.set(path, module);
    module.ready = this.#orForget(module, this.#prepare(module));
    module.ready.catch(() => undefined); // told to whoever waits for it, and perhaps nobody does
    return module;
  }

  /** A module that fails is tried again by the next import. */
  async #orForget(module: Module, work: Promise<unknown>): Promise<void> {
    this.#unfinished.add(module);
    try {
      await work;
    } catch (failure) {
      if (this.#modules.get(module.path) === module) this.#forget(module.path);
      throw failure;
    } finally {
      this.#unfinished.delete(module);
    }
  }

  async #readyWithImports(path: string, seen: Set<string>): Promise<void> {
    if (seen.has(path)) return;
    seen.add(path);
    const module = this.#get(path);
    await module.ready;
    await Promise.all(module.dependencies.map((next) => this.#readyWithImports(next, seen)));
  }

  /** Runs imports before what imports them; in a cycle, where it was entered first. */
  async #execute(path: string, seen: Set<string>, numCuts: number): Promise<void> {
    if (seen.has(path)) return;
    seen.add(path);
    const module = this.#get(path);
    for (const next of module.dependencies) await this.#execute(next, seen, numCuts);
    if (numCuts !== this.#numCuts) throw new InterruptedError();
    module.executed ??= this.#orForget(module, run(module));
    await module.executed;
  }

  async #prepare(module: Module): Promise<void> {
    const source = await readFile(module.path, "utf8");
    if (module.path.endsWith(".json")) {
      fill(module, { default: JSON.parse(source) as unknown });
      return;
    }
    const answer = await this.#compile(module.path, source);
    if ("mistake" in answer) throw new SyntaxError(answer.mistake);
    if (answer.format === "commonjs") fill(module, requireAgain(module.path));
    else await this.#register(module, answer);
  }

  async #register(module: Module, { code, url }: { code: string; url: string }): Promise<void> {
    const { specifiers, declare } = evaluate(code, url);
    const parent = pathToFileURL(module.path).href;
    const context = {
      id: url,
      meta: { url: parent, dirname: new URL(".", parent).pathname, filename: module.path },
      import: (specifier: string) => this.import(specifier, parent),
    };
    const { setters, execute } = declare(exporter(module), context);
    module.execute = execute;
    for (const [index, specifier] of specifiers.entries()) {
      await this.#link(module, resolveImport(specifier, parent), setters[index]);
    }
  }

  /** Imports what `specifier` names in the file at `parent`. */
  async import(specifier: string, parent: string): Promise<Namespace> {
    const url = resolveImport(specifier, parent);
    const path = localPath(url);
    return path === undefined ? importElsewhere(url) : this.load(path);
  }

  async #link(
    module: Module,
    url: string,
    setter: ((namespace: Namespace) => void) | undefined,
  ): Promise<void> {
    const path = localPath(url);
    if (path === undefined) {
      setter?.(await importElsewhere(url));
      return;
    }
    const imported = this.#get(path);
    module.dependencies.push(path);
    const update = (): void => setter?.(imported.namespace);
    imported.importers.set(module.path, update);
    update();
  }
}

/** By Node's own loader. */
async function importElsewhere(url: string): Promise<Namespace> {
  return withCommonJsNames((await import(url)) as Namespace, url);
}

async function run({ execute }: Module): Promise<void> {
  await execute();
}

function versionOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? "absent" : `${stats.mtimeMs} ${stats.size}`;
}

/** Runs `System.register(specifiers, declare)` and returns what it was given. */
function evaluate(code: string, url: string): { specifiers: readonly string[]; declare: Declare } {
  let found: { specifiers: readonly string[]; declare: Declare } | undefined;
  const system = {
    register: (specifiers: readonly string[], declare: Declare) => {
      found = { specifiers, declare };
    },
  };
  const head = "(function (System) {";
  const script = new Script(`${head}${code}\n})`, { filename: url, columnOffset: -head.length });
  (script.runInThisContext() as (given: object) => void)(system);
  if (found === undefined) throw new Error(`${url} was not compiled to the System format`);
  return found;
}

function exporter({ namespace, importers }: Module): Export {
  return (names, value) => {
    if (typeof names === "string") namespace[names] = value;
    else Object.assign(namespace, names);
    for (const update of importers.values()) update();
    return value;
  };
}

/** A CommonJS file, evaluated anew. */
function requireAgain(path: string): Namespace {
  const require = createRequire(path);
  delete require.cache[require.resolve(path)];
  const exported: unknown = require(path);
  return typeof exported === "object" ? { ...exported, default: exported } : { default: exported };
}

function fill({ namespace }: Module, exported: Namespace): void {
  const { default: whole } = exported;
  if (typeof whole === "object" && !Array.isArray(whole)) Object.assign(namespace, whole);
  Object.assign(namespace, exported);
}
