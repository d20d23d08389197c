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
const IN_CELL = /\bcell:\d/;
/** A line of a stack that console.log has printed; the last one may open or close what is printed around it. */
const PRINTED_FRAME = /^(\s+)(at (?:.*?:\d+:\d+\)?|.*\((?:<anonymous>|index \d+)\)))([\s{}[\],]*)$/;

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

  /** Printed text, stacks in it as those of errors that are thrown. */
  readable(text: string): string {
    if (!IN_CELL.test(text)) return text;
    const lines: string[] = [];
    for (const line of text.split("\n")) {
      const [, indent = "", frame = "", tail = ""] = PRINTED_FRAME.exec(line) ?? [];
      const shown = frame === "" ? line : this.#frame(`    ${frame}`);
      if (shown === undefined) lines.push(`${lines.pop() ?? ""}${tail}`);
      else lines.push(frame === "" ? line : `${indent}${shown.trimStart()}${tail}`);
    }
    return lines.join("\n");
  }

  /** Message and frames of an error, then of those inside as far as they say something new. */
  #lines(error: ErrorReport): string[] {
    const { name, message, details, errors = [], cause } = error;
    const head = message === "" ? name : `${name}: ${message}`;
    const lines = [head, ...this.#frames(error.stack)];
    if (details !== undefined) lines.push(...details.split("\n"));
    for (const [i, each] of errors.entries())
      lines.push(...this.#inner(`Error ${i + 1}: `, each, lines));
    if (cause !== undefined) lines.push(...this.#inner("Caused by ", cause, lines));
    return lines;
  }

  #inner(title: string, error: ErrorReport, known: readonly string[]): string[] {
    const [head = "", ...rest] = this.#lines(error);
    return [title + head, ...rest.filter((line) => !known.includes(line))];
  }

  /** The place in a cell to quote: where it does not parse, or its topmost frame. */
  #place(error: ErrorReport): CellPosition | undefined {
    if (error.position !== undefined) {
      return this.#locate(error.position.url, error.position);
    }
    const stacks = [error.stack, ...(error.errors ?? []).map(({ stack }) => stack)];
    for (const line of stacks.join("\n").split("\n")) {
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
