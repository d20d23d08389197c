// Imports of cells, as of a module in the notebook's folder. What is not a local file comes from Node's own loader.

import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { IMPORT, META } from "../link/cell-globals.js";
import type { ModuleAnswer, WantedNames } from "../link/messages.js";
import type { Send } from "./kernel-link.js";
import type { Namespace } from "./local-module.js";
import { LocalModules } from "./local-modules.js";
import { requireExports } from "./missing-export.js";
import { resolveImport } from "./module-resolution.js";

export class Importer {
  readonly #send: Send;
  readonly #notebook: string;
  readonly #asked = new Map<number, (answer: ModuleAnswer) => void>();
  readonly #modules = new LocalModules((path, source) => this.#compile(path, source));
  #numAsked = 0;

  /** `folder` is the notebook's folder. */
  constructor(folder: string, send: Send) {
    this.#send = send;
    this.#notebook = pathToFileURL(join(folder, "notebook.ts")).href;
  }

  /** Makes imports, `import.meta` and `require` work in cells. */
  install(folder: string): void {
    const notebook = this.#notebook;
    const meta = {
      url: notebook,
      dirname: folder,
      filename: join(folder, "notebook.ts"),
      resolve: (specifier: string) => resolveImport(specifier, notebook),
    };
    const importer = (
      specifier: unknown,
      values: readonly string[] = [],
      others: readonly string[] = [],
    ): Promise<Namespace> =>
      this.#import({ specifier: String(specifier), values, others, places: {} });
    Object.defineProperty(globalThis, IMPORT, { value: importer });
    Object.defineProperty(globalThis, META, { value: meta });
    const commonJs = {
      require: createRequire(notebook),
      __dirname: meta.dirname,
      __filename: meta.filename,
    };
    for (const [name, value] of Object.entries(commonJs)) {
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
    }
  }

  /** After a cell was cut off. */
  forgetUnfinished(): void {
    this.#modules.forgetUnfinished();
  }

  /** Takes what the kernel made of a local module. */
  receive(id: number, answer: ModuleAnswer): void {
    this.#asked.get(id)?.(answer);
    this.#asked.delete(id);
  }

  #compile(path: string, source: string): Promise<ModuleAnswer> {
    const id = ++this.#numAsked;
    return new Promise((resolve) => {
      this.#asked.set(id, resolve);
      this.#send({ kind: "compile-module", id, path, source });
    });
  }

  async #import(wanted: WantedNames): Promise<Namespace> {
    const module = await this.#modules.import(wanted.specifier, this.#notebook);
    requireExports(module, resolveImport(wanted.specifier, this.#notebook), wanted);
    return module;
  }
}
