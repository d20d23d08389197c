// Where code is, for a person and for V8. A cell is a path made of its text's hash, as JupyterLab computes it too, and
// a script `cell:<id>` for each time it ran; a module is its file.

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
  readonly #pathOfCell = new Map<string, string>();
  readonly #cellsAtPath = new Map<string, string[]>();

  constructor(maps: CellMaps) {
    this.#maps = maps;
  }

  /** Remembers the text of a cell and returns its path. */
  dump(text: string): string {
    const path = `${this.prefix}${murmur2(text, HASH_SEED)}${SUFFIX}`;
    this.#texts.set(path, text);
    return path;
  }

  /** Notes that the cell with this text runs as `cell`; returns its path. */
  ran(cell: string, text: string): string {
    const path = this.dump(text);
    this.#pathOfCell.set(cell, path);
    this.#cellsAtPath.set(path, [...(this.#cellsAtPath.get(path) ?? []), cell]);
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
    if (!path.startsWith(this.prefix)) {
      return [{ url: `file://${path}`, location: { lineNumber: line - 1 } }];
    }
    return (this.#cellsAtPath.get(path) ?? []).flatMap((cell) => {
      const found = this.#maps.compiled(cell, line);
      if (found === undefined) return [];
      const location = { lineNumber: found.line - 1, columnNumber: found.column - 1 };
      return [{ url: `cell:${cell}`, location }];
    });
  }

  /** The person's place of a location in the script with this URL, or undefined for code that is not theirs. */
  place(url: string, location: Location): Place | undefined {
    const compiled = { line: location.lineNumber + 1, column: (location.columnNumber ?? 0) + 1 };
    if (url.startsWith("file:")) {
      const path = fileURLToPath(url);
      return { source: { name: basename(path), path }, ...compiled };
    }
    const cell = url.replace(/^cell:/, "");
    const path = this.#pathOfCell.get(cell);
    const own = path === undefined ? undefined : this.#maps.locate(cell, compiled);
    if (path === undefined || own === undefined) return undefined;
    const { label, line, column } = own;
    if (line > this.text(path).split("\n").length) return undefined; // V8's end of the script
    return { source: { name: label, path }, line, column };
  }
}
