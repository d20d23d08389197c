// Where the executed notebook goes. It is tried before the first cell and written whole after every cell, so a run that is
// killed leaves what it had. A page is made at the end; until then its notebook is kept beside it.

import { existsSync, realpathSync, statSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { requireConverter, writeHtml } from "./html.js";
import { type Notebook, writeNotebook } from "./notebook.js";
import { UsageError } from "./usage-error.js";

export class OutputFile {
  readonly #path: string;
  readonly #page: string | undefined;
  #isWarned = false;

  private constructor(target: string) {
    this.#page = /\.html?$/.test(target) ? target : undefined;
    this.#path = this.#page === undefined ? target : `${target}.ipynb`;
  }

  /** Throws `UsageError` when `path` cannot be written. */
  static async open(path: string): Promise<OutputFile> {
    const target = existsSync(path) ? realpathSync(path) : path; // a link stays a link
    if (existsSync(target) && !statSync(target).isFile())
      throw new UsageError(`${path} is no file that could be written; name another with -o`);
    const output = new OutputFile(target);
    if (output.#page !== undefined) requireConverter();
    const probe = `${target}.${process.pid}.probe`;
    try {
      await writeFile(probe, "");
    } catch (cause) {
      throw new UsageError(`${path} cannot be written (${codeOf(cause)}); name another with -o`, {
        cause,
      });
    } finally {
      await rm(probe, { force: true });
    }
    return output;
  }

  /** Writes what there is so far; a failure is told once and stops nothing. */
  async keep(notebook: Notebook): Promise<void> {
    if (await this.#write(notebook)) this.#isWarned = false;
    else this.#isWarned = true;
  }

  /** Writes the end; false, with the reason on stderr, when that fails. */
  async finish(notebook: Notebook): Promise<boolean> {
    this.#isWarned = false;
    if (!(await this.#write(notebook))) return false;
    if (this.#page !== undefined) {
      await writeHtml(this.#page, notebook);
      await rm(this.#path);
    }
    console.error(`wrote ${this.#page ?? this.#path}`);
    return true;
  }

  async #write(notebook: Notebook): Promise<boolean> {
    try {
      await writeNotebook(this.#path, notebook);
      return true;
    } catch (failure) {
      if (!this.#isWarned)
        console.error(
          `${this.#path} cannot be written (${codeOf(failure)}); its folder must be there, with room`,
        );
      return false;
    }
  }
}

function codeOf(failure: unknown): string {
  const { code, message } = failure as NodeJS.ErrnoException;
  return code ?? message;
}
