// What TypeScript finds wrong with types, and where that is about tensors, what is told instead.

import type * as TypeScript from "typescript";
import type { Ts } from "../typescript.js";
import { Adviser } from "./tensor-advice.js";
import { TensorCode } from "./tensor-code.js";

/** A program that does not have this file knows no tensors. */
const TENSOR_FILE = /[\\/]src[\\/]tensor[\\/]tensor\.d\.ts$/;
/** Operands of a wrong type, comparisons that are never true, a comma without effect: said better here. */
const REPLACED = new Set([2356, 2362, 2363, 2365, 2367, 2447, 2538, 2695]);
/** What would be computed does not fit where it is wanted: it is not going to be computed like this. */
const FOLLOWING = new Set([2322, 2345, 2769]);

/**
 * What is wrong with types in files as they are when the first is asked about; what is wrong with tensors in the words of
 * tensors. The language service itself would look anew at every file of the program for each one that is asked about.
 */
export class Findings {
  readonly #ts: Ts;
  readonly #service: TypeScript.LanguageService;
  #program: TypeScript.Program | undefined;
  #knowsTensors: boolean = false;

  constructor(ts: Ts, service: TypeScript.LanguageService) {
    this.#ts = ts;
    this.#service = service;
  }

  /** Undefined for a file that is not in the program, and for one that does not parse. */
  in(fileName: string): readonly TypeScript.Diagnostic[] | undefined {
    this.#program ??= this.#take();
    const file = this.#program.getSourceFile(fileName);
    if (file === undefined || this.#program.getSyntacticDiagnostics(file).length > 0)
      return undefined;
    const diagnostics = this.#program.getSemanticDiagnostics(file);
    if (!this.#knowsTensors) return diagnostics;
    return this.#withAdvice(diagnostics, file, this.#program.getTypeChecker());
  }

  #take(): TypeScript.Program {
    const program = this.#service.getProgram();
    if (program === undefined) throw new Error("the language service has no program");
    const names = program.getSourceFiles().map(({ fileName }) => fileName);
    this.#knowsTensors = names.some((name) => TENSOR_FILE.test(name));
    return program;
  }

  #withAdvice(
    diagnostics: readonly TypeScript.Diagnostic[],
    file: TypeScript.SourceFile,
    checker: TypeScript.TypeChecker,
  ): readonly TypeScript.Diagnostic[] {
    const code = new TensorCode(this.#ts, checker, file);
    const found = new Adviser(this.#ts, code, file).look();
    const isReplaced = ({ code: number, start = 0, length = 0 }: TypeScript.Diagnostic): boolean =>
      (REPLACED.has(number) && code.hasRewritten(start)) ||
      (FOLLOWING.has(number) && code.isRewritten(start, start + length));
    return [...diagnostics.filter((old) => !isReplaced(old)), ...found];
  }
}
