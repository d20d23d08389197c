// What a notebook knows of its TypeScript: the types of its cells, checked beside them by a thread of their own, and the
// packages they import.

import { existsSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { MimeBundle } from "notebooster/host";
import type {
  CallName,
  CheckerCalls,
  Completions,
  Hover,
  Place,
} from "../language/checker/messages.js";
import { CheckerError, TypeChecker } from "../language/checker/type-checker.js";
import { warmUpCompiler } from "../language/compile.js";
import {
  type CheckMode,
  firstCheckMode,
  type LanguageCommand,
} from "../language/magic-arguments.js";
import { MagicError } from "../language/magic-error.js";
import { magicsText } from "../language/magic-words.js";
import { type CellSource, countProblems, describeProblems } from "../language/problem-report.js";
import { writeCellFile } from "./cell-file.js";
import { CheckQueue } from "./check-queue.js";
import { FolderPrograms } from "./folder-programs.js";
import { installPackages } from "./npm-install.js";
import { changeEnvironment, changeFolder, type StateChange } from "./process-state.js";

/** The workers start in this time after the kernel, and need the processors more. */
const WARM_UP_DELAY_MS = 500;
/** A `%check` alone waits this long for the cells before it. */
const SETTLE_MS = 30_000;
const MEANINGS: Record<CheckMode, string> = {
  strict: "a cell whose types are wrong is not run",
  warn: "a cell whose types are wrong runs, and says so below its result",
  off: "wrong types are not mentioned",
};

/** A cell was refused because its types are wrong. */
export class TypeCheckError extends Error {
  override readonly name = "TypeCheckError";
  /** Every problem with its place. */
  readonly report: readonly string[];

  constructor(message: string, report: readonly string[]) {
    super(message);
    this.report = report;
  }
}

export class Language {
  readonly #checker: TypeChecker;
  readonly #checks: CheckQueue;
  readonly #programs: FolderPrograms;
  readonly #folder: string;
  #mode: CheckMode = firstCheckMode(process.env);
  /** Whether %cd has left the notebook's folder. */
  #hasMoved: boolean = false;

  /** `folder` is the notebook's folder. */
  constructor(folder: string) {
    this.#checker = new TypeChecker(folder);
    this.#checks = new CheckQueue(this.#checker);
    this.#programs = new FolderPrograms(folder);
    this.#folder = folder;
  }

  /** Loads the compiler, then, where types are looked at, those of the libraries; resolves at once. */
  warmUp(): void {
    void warmUpCompiler()
      .then(() => delay(WARM_UP_DELAY_MS))
      .then(() => {
        if (this.#mode !== "off") this.#checker.start();
      });
  }

  /**
   * Checks a cell once it runs and no other follows at once; `show` gets what is wrong. In strict mode the cell has to wait,
   * and `TypeCheckError` is thrown where it is wrong.
   */
  async check(cell: CellSource, show: (bundle: MimeBundle) => void): Promise<void> {
    if (this.#mode === "strict") await this.#checkFirst(cell);
    else this.#checks.add(cell, this.#mode === "off" ? "unchecked" : "always", show);
  }

  /** Resolves when what is wrong with the cells so far has been shown. */
  settled(): Promise<void> {
    return this.#checks.settled();
  }

  /** What can be typed at a place; undefined when there is no answer within `limitMs`. */
  complete(place: Place, limitMs: number): Promise<Completions | null | undefined> {
    return withinLimit(this.#ask("complete", place), limitMs);
  }

  /** What stands at a place; undefined when there is no answer within `limitMs`. */
  hover(place: Place, limitMs: number): Promise<Hover | null | undefined> {
    return withinLimit(this.#ask("hover", place), limitMs);
  }

  /** Obeys magics; `say` hears what comes of them. Returns code for the workers to run in front of the cell's. */
  async obey(commands: readonly LanguageCommand[], say: (text: string) => void): Promise<string> {
    let code = "";
    for (const command of commands) code += await this.#obeyOne(command, say);
    return code;
  }

  async #obeyOne(command: LanguageCommand, say: (text: string) => void): Promise<string> {
    if (command.kind === "cd") {
      const change = changeFolder(command.path);
      this.#hasMoved = true;
      return told(change, say);
    }
    if (command.kind === "env") return told(changeEnvironment(command.name, command.value), say);
    if (command.kind === "help") say(magicsText());
    else if (command.kind === "check") await this.#choose(command.mode, say);
    else if (command.kind === "writefile") say(`${writeCellFile(command)}\n`);
    else if (command.kind === "sh") await this.#runScript(command.script, say);
    else {
      await installPackages(this.#programs, command.packages, say);
      await this.#checker.call("lookAgain", null);
    }
    return "";
  }

  async #choose(mode: CheckMode | undefined, say: (text: string) => void): Promise<void> {
    if (mode === undefined) await withinLimit(this.settled(), SETTLE_MS);
    this.#mode = mode ?? this.#mode;
    say(`%check ${this.#mode}: ${MEANINGS[this.#mode]}\n`);
  }

  /** Ends what a magic started. */
  interrupt(): void {
    this.#programs.interrupt();
  }

  /** The variables of every cell are gone, and fresh workers begin in the notebook's folder. */
  forget(): void {
    if (this.#hasMoved && existsSync(this.#folder)) process.chdir(this.#folder);
    this.#hasMoved = false;
    void this.#ask("reset", null).catch(ignoreLoss);
  }

  /** Asks the checker, which hears of every cell before. */
  #ask<C extends CallName>(
    name: C,
    argument: CheckerCalls[C]["from"],
  ): Promise<CheckerCalls[C]["to"]> {
    this.#checks.flush();
    return this.#checker.call(name, argument);
  }

  /** Runs a script of the shell; one that fails fails the cell. */
  async #runScript(script: string, say: (text: string) => void): Promise<void> {
    const { failure } = await this.#programs.run(["/bin/sh", "-c", script], say, process.cwd());
    if (failure !== undefined) throw new MagicError(`the shell failed: ${failure}`);
  }

  async #checkFirst(cell: CellSource): Promise<void> {
    const { code } = cell;
    const [problems = []] = await this.#ask("check", [{ code, keep: "unless wrong" }]);
    if (problems.length === 0) return;
    const report = describeProblems(problems, cell);
    const remedy = "the cell was not run; %check warn runs it all the same";
    throw new TypeCheckError(`${countProblems(problems)}; ${remedy}`, report);
  }
}

function told({ text, code }: StateChange, say: (text: string) => void): string {
  say(text);
  return code;
}

async function withinLimit<T>(answer: Promise<T>, limitMs: number): Promise<T | undefined> {
  const late = delay(limitMs, undefined, { ref: false });
  return Promise.race([answer.catch(ignoreLoss), late]);
}

/** Without the thread the live values still answer, and the next cell says what happened. */
function ignoreLoss(failure: unknown): undefined {
  if (!(failure instanceof CheckerError)) throw failure;
  return undefined;
}
