// From the text of a cell to what its ranks evaluate, and from errors back to the person's own lines.

import type { MimeBundle } from "notebooster/host";
import { CellSyntaxError, compileCell, NUM_PREFIX_LINES } from "../language/compile.js";
import { isMagic } from "../language/magics.js";
import { CellMaps, parseMap } from "../language/source-maps.js";
import { StackFormatter, type Traceback } from "../language/stack.js";
import type { ErrorReport } from "../link/messages.js";
import { Language, TypeCheckError } from "./language.js";
import { ModuleCompiler } from "./module-compiler.js";

export interface CellWork {
  readonly cell: string;
  readonly code: string;
  readonly wantsResult: boolean;
  readonly expressions: Record<string, string>;
}

export interface CellText {
  readonly cell: string;
  readonly executionCount: number;
  /** The cell without its magics. */
  readonly code: string;
  /** Extra expressions by name. */
  readonly expressions: Record<string, string>;
  /** Gets what is wrong with the cell's types, perhaps after the cell has ended. */
  readonly warn?: (bundle: MimeBundle) => void;
}

export class CellCompiler {
  readonly language: Language;
  readonly maps = new CellMaps();
  readonly modules: ModuleCompiler;
  readonly #formatter: StackFormatter;

  /** Paths in errors are relative to `folder`; frames of files under `machinery` are left out. */
  constructor(folder: string, machinery: string) {
    this.language = new Language(folder);
    this.modules = new ModuleCompiler(folder, this.maps);
    this.#formatter = new StackFormatter(this.maps, folder, machinery);
  }

  /**
   * Throws `CellSyntaxError` when the cell does not parse, and `TypeCheckError` when its types are wrong and the person
   * wants no such cell to run.
   */
  async compile({ cell, executionCount, code, expressions, warn }: CellText): Promise<CellWork> {
    const source = { label: labelOf(executionCount), code };
    const checked = this.language.check(source, warn ?? (() => undefined)); // in its own thread
    const [compiled] = await Promise.all([compileCell(code, cell), checked]);
    this.maps.add(cell, {
      label: labelOf(executionCount),
      source: code,
      map: parseMap(compiled.map),
      numPrefixLines: NUM_PREFIX_LINES,
    });
    const extra: Record<string, string> = {};
    for (const [name, source] of Object.entries(expressions)) {
      extra[name] = await compileExpression(source, `${cell}-${name}`);
    }
    return { cell, code: compiled.code, wantsResult: compiled.hasResult, expressions: extra };
  }

  /** An error of a worker. */
  format(error: ErrorReport): Traceback {
    return this.#formatter.format(error);
  }

  /** Text that a worker has printed, with the stacks in it made readable. */
  readable(text: string): string {
    return this.#formatter.readable(text);
  }

  /** An error found before any worker ran the cell. */
  formatMistake(mistake: Error, source: string, executionCount: number): Traceback {
    const { name, message } = mistake;
    if (mistake instanceof TypeCheckError) {
      const traceback = [`${name}: ${message}`, ...mistake.report];
      return { ename: name, evalue: mistake.report[0] ?? message, traceback };
    }
    if (!(mistake instanceof CellSyntaxError)) {
      return { ename: name, evalue: message, traceback: [`${name}: ${message}`] };
    }
    const { line, column } = mistake;
    const head = `  ${line} | `;
    const place = `${labelOf(executionCount)}, line ${line}`;
    const text = source.split("\n")[line - 1] ?? "";
    const advice = isMagic(text) ? ["magics stand at the head of a cell, above its code"] : [];
    const quote = [place, `${head}${text}`, `${" ".repeat(head.length + column - 1)}^`, ...advice];
    return {
      ename: name,
      evalue: `${message} (${place})`,
      traceback: [`${name}: ${message}`, ...quote],
    };
  }
}

function labelOf(executionCount: number): string {
  return `cell [${executionCount}]`;
}

/** An expression that does not parse becomes one that throws the same error, for its own entry. */
async function compileExpression(source: string, cell: string): Promise<string> {
  try {
    return (await compileCell(source, cell)).code;
  } catch (mistake) {
    return `throw new SyntaxError(${JSON.stringify((mistake as Error).message)})`;
  }
}
