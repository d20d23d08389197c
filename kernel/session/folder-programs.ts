// Programs that magics start in the notebook's folder. Each leads a process group, which an interrupt ends whole.

import { type ChildProcess, spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

export interface ProgramEnd {
  /** How it failed, or undefined when it did not. */
  readonly failure: string | undefined;
  /** What it wrote to stderr. */
  readonly errors: string;
}

export class FolderPrograms {
  readonly folder: string;
  readonly #running = new Set<ChildProcess>();

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Runs a program to its end, in `folder`; `say` hears what it writes, as it comes. This Node and its programs are first on
   * its path.
   */
  async run(
    words: readonly string[],
    say: (text: string) => void,
    folder = this.folder,
  ): Promise<ProgramEnd> {
    const [program = "", ...args] = words;
    const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
    const child = spawn(program, args, {
      cwd: folder,
      env: { ...process.env, PATH: path },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    this.#running.add(child);
    let errors = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        if (stream === child.stderr) errors += text;
        say(text);
      });
    }
    const failure = await endOf(child, program);
    this.#running.delete(child);
    return { failure, errors };
  }

  /** Ends the programs that run. */
  interrupt(): void {
    for (const { pid } of this.#running) {
      try {
        if (pid !== undefined) process.kill(-pid, "SIGTERM");
      } catch {
        // it has just ended
      }
    }
  }
}

function endOf(child: ChildProcess, program: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    child.on("error", (failure) => resolve(`${program} could not be started: ${failure.message}`));
    child.on("close", (code, signal) => {
      if (signal !== null) resolve("it was interrupted");
      else resolve(code === 0 ? undefined : `it ended with code ${code}`);
    });
  });
}
