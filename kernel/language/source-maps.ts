// From lines of compiled cells back to the lines the person wrote.

import { SourceMap, type SourceMapPayload } from "node:module";
import { decodeMappings } from "./mappings.js";

export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Compiled {
  readonly label: string;
  readonly source: string;
  /** Undefined when compiled and written positions are the same. */
  readonly map: SourceMap | undefined;
  /** Lines put before the compiled code. */
  readonly numPrefixLines: number;
}

export interface CellPosition extends Position {
  readonly label: string;
  /** The person's own line. */
  readonly text: string;
}

/** Every compiled cell of a session: functions of early cells throw in late ones. */
export class CellMaps {
  readonly #cells = new Map<string, Compiled>();

  add(cell: string, compiled: Compiled): void {
    this.#cells.set(cell, compiled);
  }

  has(cell: string): boolean {
    return this.#cells.has(cell);
  }

  /** Where the compiled `position` (from 1) of `cell` is in its source, or undefined when unknown. */
  locate(cell: string, position: Position): CellPosition | undefined {
    const compiled = this.#cells.get(cell);
    if (compiled === undefined) return undefined;
    const line = position.line - 1 - compiled.numPrefixLines;
    if (line < 0) return undefined; // V8 names the beginning for want of a place: `const NaN = 1`
    const own = originalPosition(compiled.map, { line, column: position.column - 1 });
    if (own === undefined) return undefined;
    const text = compiled.source.split("\n")[own.line] ?? "";
    return { label: compiled.label, line: own.line + 1, column: own.column + 1, text };
  }

  /** Where compiled code of `line` (from 1) begins, or of the next line that has any; from 1. */
  compiled(cell: string, line: number): Position | undefined {
    const compiled = this.#cells.get(cell);
    if (compiled === undefined) return undefined;
    const { map, numPrefixLines } = compiled;
    if (map === undefined) return { line: line + numPrefixLines, column: 1 };
    const first = firstMapping(map, line - 1);
    return first && { line: first.line + 1 + numPrefixLines, column: first.column + 1 };
  }
}

/** The leftmost mapping of the first line at or below `line` that has one; positions from 0. */
function firstMapping(map: SourceMap, line: number): Position | undefined {
  const below = decodeMappings(map.payload.mappings).filter(
    ({ originalLine }) => originalLine >= line,
  );
  const [first] = below.sort(
    (a, b) => a.originalLine - b.originalLine || a.originalColumn - b.originalColumn,
  );
  return first;
}

/** Positions from 0. */
function originalPosition(map: SourceMap | undefined, position: Position): Position | undefined {
  if (map === undefined) return position;
  const entry = map.findEntry(position.line, position.column);
  return "originalLine" in entry
    ? { line: entry.originalLine, column: entry.originalColumn }
    : undefined;
}

export function parseMap(json: string | undefined): SourceMap | undefined {
  return json === undefined ? undefined : new SourceMap(JSON.parse(json) as SourceMapPayload);
}
