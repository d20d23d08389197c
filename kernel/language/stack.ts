// Error reports of workers as a person reads them: frames in cells by label and TypeScript line, frames of
// the machinery left out, the failing line quoted.

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { ErrorReport } from "../link/messages.js";
import type { CellMaps, CellPosition, Position } from "./source-maps.js";

const MAX_FRAMES = 20;
/** The function that TypeScript's System format puts the code of a module in. */
const MODULE_BODY = /^(?:Object\.)?execute$/;
const FRAME =
  /^\s+at (?:(.*?) \()?(?:async )?(cell:\S+?|file:\/\/\S+?|\/\S+?|node:\S+?):(\d+):(\d+)\)?$/;

export interface Traceback {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: string[];
}

export class StackFormatter {
  readonly #maps: CellMaps;
  readonly #folder: string;
  readonly #machinery: string;

  /** Paths are shown relative to `folder`; frames of files under `machinery` are left out. */
  constructor(maps: CellMaps, folder: string, machinery: string) {
    this.#maps = maps;
    this.#folder = folder;
    this.#machinery = machinery;
  }

  format(error: ErrorReport): Traceback {
    const [head = "", ...frames] = this.#lines(error);
    const first = this.#place(error);
    const traceback = [head, ...(first === undefined ? [] : quote(first)), ...frames];
    return { ename: error.name, evalue: error.message, traceback };
  }

  /** Message and frames of an error, then of its causes as far as they say something new. */
  #lines(error: ErrorReport): string[] {
    const lines = [`${error.name}: ${error.message}`, ...this.#frames(error.stack)];
    if (error.cause !== undefined) {
      const [head = "", ...rest] = this.#lines(error.cause);
      lines.push(`Caused by ${head}`, ...rest.filter((line) => !lines.includes(line)));
    }
    return lines;
  }

  /** The place in a cell to quote: where it does not parse, or its topmost frame. */
  #place(error: ErrorReport): CellPosition | undefined {
    if (error.position !== undefined) {
      return this.#locate(error.position.url, error.position);
    }
    for (const line of error.stack.split("\n")) {
      const [, , file = "", row, column] = FRAME.exec(line) ?? [];
      const place = this.#locate(file, { line: Number(row), column: Number(column) });
      if (place !== undefined) return place;
    }
    return undefined;
  }

  /** A place in a cell or in a local module. */
  #locate(file: string, position: Position): CellPosition | undefined {
    return this.#maps.locate(file.replace(/^cell:/, ""), position);
  }

  #frames(stack: string): string[] {
    const frames = stack.split("\n").flatMap((line) => {
      const frame = this.#frame(line);
      return frame === undefined ? [] : [frame];
    });
    if (frames.length <= MAX_FRAMES) return frames;
    return [...frames.slice(0, MAX_FRAMES), `    ... ${frames.length - MAX_FRAMES} more frames`];
  }

  #frame(line: string): string | undefined {
    const [, name, file = "", row, column] = FRAME.exec(line) ?? [];
    if (file === "" || file.startsWith("node:")) return undefined;
    const place = this.#describe(file, { line: Number(row), column: Number(column) });
    if (place === undefined) return undefined;
    const isBody = file.startsWith("file:") && MODULE_BODY.test(name ?? "");
    return name === undefined || isBody ? `    at ${place}` : `    at ${name} (${place})`;
  }

  #describe(file: string, position: Position): string | undefined {
    const own = this.#locate(file, position);
    if (own !== undefined) return `${own.label}, line ${own.line}`;
    if (file.startsWith("cell:")) return undefined;
    const path = file.startsWith("file:") ? fileURLToPath(file) : file;
    if (path.startsWith(this.#machinery)) return undefined;
    return `${relative(this.#folder, path)}, line ${position.line}`;
  }
}

function quote({ label, line, column, text }: CellPosition): string[] {
  const number = `  ${line} | `;
  const pointer = `${" ".repeat(number.length + column - 1)}^`;
  return [`${label}, line ${line}`, `${number}${text}`, pointer];
}
