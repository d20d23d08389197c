// Compiles local modules for the workers, each version of a file once for all ranks.

import { createHash } from "node:crypto";
import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { compileModule } from "../language/compile-module.js";
import { type CellMaps, parseMap } from "../language/source-maps.js";
import type { ModuleAnswer } from "../link/messages.js";

const MAX_MODULES = 1000;

export class ModuleCompiler {
  readonly #folder: string;
  readonly #maps: CellMaps;
  readonly #compiled = new Map<string, Promise<ModuleAnswer>>();

  /** Paths are shown relative to `folder`; `maps` learns where compiled lines come from. */
  constructor(folder: string, maps: CellMaps) {
    this.#folder = folder;
    this.#maps = maps;
  }

  /** The compiled module, or why there is none. */
  compile(path: string, source: string): Promise<ModuleAnswer> {
    const version = createHash("sha256").update(source).digest("hex").slice(0, 12);
    const url = `${pathToFileURL(path).href}?v=${version}`;
    const known = this.#compiled.get(url);
    if (known !== undefined) return known;
    const compiled = this.#compile(path, source, url);
    this.#compiled.set(url, compiled);
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size > MAX_MODULES && oldest !== undefined) this.#compiled.delete(oldest);
    return compiled;
  }

  async #compile(path: string, source: string, url: string): Promise<ModuleAnswer> {
    const label = relative(this.#folder, path);
    try {
      const { map, ...module } = await compileModule(source, path, label);
      this.#maps.add(url, { label, source, map: parseMap(map), numPrefixLines: 0 });
      return { ...module, url };
    } catch (mistake) {
      // told to whoever imports the module
      return { mistake: mistake instanceof Error ? mistake.message : String(mistake) };
    }
  }
}
