// Where code is, for a person and for V8. A cell is a path made of its text's hash, as JupyterLab computes it too, and
// a script `cell:<id>` for each time it ran; a module is its file, and a script `file:<path>?v=<version>` for each version.

import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CellMaps, Position } from "../language/source-maps.js";
import { type DapSource, DebugError } from "./dap.js";
import { murmur2 } from "./murmur2.js";

export const HASH_METHOD = "Murmur2";
export const HASH_SEED = 0xc70f6907;
export const SUFFIX = ".ts";

export interface Place extends Position {
  readonly source: DapSource;
}

interface Location {
  readonly lineNumber: number;
  readonly columnNumber?: number | undefined;
}

export class Sources {
  /** Names of cells begin with it; nothing is written there. */
  readonly prefix = `${join(tmpdir(), `notebooster-${process.pid}`)}/`;
  readonly #maps: CellMaps;
  readonly #texts = new Map<string, string>();
  /** Cells that ran while nobody debugged, and so have no path yet: hashing would delay each of them. */
  #unnamed: (readonly [cell: string, text: string])[] = [];
  readonly #pathOfCell = new Map<string, string>();
  readonly #cellsAtPath = new Map<string, string[]>();
  readonly #modulesAtPath = new Map<string, Set<string>>();

  constructor(maps: CellMaps) {
    this.#maps = maps;
  }

  /** Remembers the text of a cell and returns its path. */
  dump(text: string): string {
    const path = `${this.prefix}${murmur2(text, HASH_SEED)}${SUFFIX}`;
    this.#texts.set(path, text);
    return path;
  }

  /** Notes a cell for later. */
  note(cell: string, text: string): void {
    this.#unnamed.push([cell, text]);
  }

  /** Gives the cells noted so far their paths. */
  nameNoted(): void {
    for (const [cell, text] of this.#unnamed) this.ran(cell, text);
    this.#unnamed = [];
  }

  /** Notes that the cell with this text runs as `cell`; returns its path. */
  ran(cell: string, text: string): string {
    const path = this.dump(text);
    this.#pathOfCell.set(cell, path);
    this.#cellsAtPath.set(path, [...(this.#cellsAtPath.get(path) ?? []), cell]);
    return path;
  }

  /** Notes that a module was loaded; returns its path. */
  loaded(url: string): string {
    const path = fileURLToPath(url);
    this.#modulesAtPath.set(path, (this.#modulesAtPath.get(path) ?? new Set()).add(url));
    return path;
  }

  /** Text of a cell or file; throws `DebugError` for what is neither. */
  text(path: string): string {
    const known = this.#texts.get(path);
    if (known !== undefined) return known;
    try {
      return readFileSync(path, "utf8");
    } catch (cause) {
      throw new DebugError(`${path} is neither a cell of this session nor a readable file`, {
        cause,
      });
    }
  }

  /** Where V8 can break for `line` (from 1) of `path`: once for each time a cell ran, or in the file. */
  breakable(path: string, line: number): { readonly url: string; readonly location: Location }[] {
    const cells = this.#cellsAtPath.get(path) ?? [];
    const modules = this.#modulesAtPath.get(path) ?? [];
    return [
      ...cells.map((cell) => ({ url: `cell:${cell}`, at: this.#maps.compiled(cell, line) })),
      ...[...modules].map((url) => ({ url, at: this.#compiledInModule(url, line) })),
    ].flatMap(({ url, at }) =>
      at === undefined
        ? []
        : [{ url, location: { lineNumber: at.line - 1, columnNumber: at.column - 1 } }],
    );
  }

  /** The person's place of a location in the script with this URL, or undefined for code that is not theirs. */
  place(url: string, location: Location): Place | undefined {
    const compiled = { line: location.lineNumber + 1, column: (location.columnNumber ?? 0) + 1 };
    if (url.startsWith("file:")) {
      const path = fileURLToPath(url);
      const { line, column } = this.#maps.locate(url, compiled) ?? compiled;
      return { source: { name: basename(path), path }, line, column };
    }
    const cell = url.replace(/^cell:/, "");
    const path = this.#pathOfCell.get(cell);
    const own = path === undefined ? undefined : this.#maps.locate(cell, compiled);
    if (path === undefined || own === undefined) return undefined;
    const { label, line, column } = own;
    if (line > this.text(path).split("\n").length) return undefined; // V8's end of the script
    return { source: { name: label, path }, line, column };
  }

  /** A module that was not compiled by us has its lines where they are. */
  #compiledInModule(url: string, line: number): Position | undefined {
    return this.#maps.has(url) ? this.#maps.compiled(url, line) : { line, column: 1 };
  }
}
