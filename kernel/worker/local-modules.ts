// Modules of the notebook's folder: loaded when they are first imported, and again, with whatever imports them, once their
// file has changed. They come from the kernel in the System format, and this is its registry.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { ModuleAnswer } from "../link/messages.js";
import { withCommonJsNames } from "./commonjs-names.js";
import { InterruptedError } from "./interruption.js";
import {
  exporter,
  fill,
  type Module,
  type Namespace,
  newModule,
  requireAgain,
  requireImports,
  versionOf,
} from "./local-module.js";
import { localPath, resolveImport } from "./module-resolution.js";
import { evaluate } from "./system-format.js";

type SystemModule = Extract<ModuleAnswer, { format: "system" }>;
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
    const reached = new Set<string>();
    await this.#readyWithImports(path, reached);
    for (const each of reached) requireImports(this.#get(each));
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
    const module = newModule(path);
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

  async #register(module: Module, compiled: SystemModule): Promise<void> {
    const { code, url, imports, exports } = compiled;
    const { specifiers, declare } = evaluate(code, url);
    const parent = pathToFileURL(module.path).href;
    const context = {
      id: url,
      meta: { url: parent, dirname: new URL(".", parent).pathname, filename: module.path },
      import: (specifier: string) => this.import(specifier, parent),
    };
    const add = exporter(module);
    const { setters, execute } = declare(add, context);
    module.execute = execute;
    module.imports = imports;
    // as in Node, all names are there before any code runs
    add(Object.fromEntries(exports.map((name) => [name, module.namespace[name]])));
    for (const [index, specifier] of specifiers.entries()) {
      const url = resolveImport(specifier, parent);
      const namespace = await this.#link(module, url, setters[index]);
      module.links.push({ specifier, url, namespace });
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
  ): Promise<Namespace> {
    const path = localPath(url);
    if (path === undefined) {
      const namespace = await importElsewhere(url);
      setter?.(namespace);
      return namespace;
    }
    const imported = this.#get(path);
    module.dependencies.push(path);
    const update = (): void => setter?.(imported.namespace);
    imported.importers.set(module.path, update);
    update();
    return imported.namespace;
  }
}

/** By Node's own loader. */
async function importElsewhere(url: string): Promise<Namespace> {
  return withCommonJsNames((await import(url)) as Namespace, url);
}

async function run({ execute }: Module): Promise<void> {
  await execute();
}
