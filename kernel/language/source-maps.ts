// From lines of compiled cells back to the lines the person wrote.

import { SourceMap, type SourceMapPayload } from "node:module";

export interface Position {
  readonly line: number;
  readonly column: number;
}

interface Compiled {
  readonly label: string;
  readonly source: string;
  readonly map: SourceMap;
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

  add(cell: string, compiled: Compiled & { readonly map: SourceMap }): void {
    this.#cells.set(cell, compiled);
  }

  /** Where the compiled `position` (from 1) of `cell` is in its source, or undefined when unknown. */
  locate(cell: string, position: Position): CellPosition | undefined {
    const compiled = this.#cells.get(cell);
    if (compiled === undefined) return undefined;
    const line = position.line - 1 - compiled.numPrefixLines;
    const entry = compiled.map.findEntry(line, position.column - 1);
    if (!("originalLine" in entry)) return undefined;
    const { originalLine, originalColumn } = entry;
    const text = compiled.source.split("\n")[originalLine] ?? "";
    return { label: compiled.label, line: originalLine + 1, column: originalColumn + 1, text };
  }
}

export function parseMap(json: string): SourceMap {
  return new SourceMap(JSON.parse(json) as SourceMapPayload);
}
