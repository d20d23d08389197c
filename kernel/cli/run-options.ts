// Options of `notebooster run`.

import { parseArgs } from "node:util";
import { parseParameter } from "./parameters.js";
import { UsageError } from "./usage-error.js";

export const USAGE = `usage: notebooster run NOTEBOOK [options]

Executes a notebook through the kernel, without a browser, and writes the executed notebook.

  -o, --output OUT   file to write, as a notebook or, if it ends in .html, as a page with plots as pictures
                     (NOTEBOOK with .executed.ipynb when left out)
  --param NAME=VALUE give a parameter of the cell tagged \`parameters\` another value; may be repeated
  --ranks N          worker processes, one rank each (1 when left out)
  --timeout S        seconds that one cell may run (no limit when left out)
  --check MODE       strict: a cell whose types are wrong fails and is not run; warn: it says so below its result, as
                     without this option; off: wrong types are not mentioned
  --allow-errors     go on after a cell that fails
  --timing           print how long each cell took (the notebook's metadata says it in any case)
`;

export interface RunOptions {
  readonly notebook: string;
  readonly output: string;
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly numRanks: number;
  readonly timeoutMs: number | undefined;
  /** Taken as `%check` takes it. */
  readonly check: string | undefined;
  readonly allowErrors: boolean;
  readonly printsTiming: boolean;
}

/** Options in `argv`, or undefined when help was asked for; throws `UsageError`. */
export function parseRunOptions(argv: readonly string[]): RunOptions | undefined {
  const { values, positionals } = parse(argv);
  if (values.help) return undefined;
  const [notebook, ...more] = positionals;
  if (notebook === undefined || more.length > 0) {
    throw new UsageError(`run takes one notebook, got ${positionals.length}\n\n${USAGE}`);
  }
  return {
    notebook,
    output: values.output ?? `${notebook.replace(/\.ipynb$/, "")}.executed.ipynb`,
    parameters: new Map((values.param ?? []).map(parseParameter)),
    numRanks: readNumber("--ranks", values.ranks ?? "1", Number.isInteger),
    timeoutMs:
      values.timeout === undefined
        ? undefined
        : 1000 * readNumber("--timeout", values.timeout, Number.isFinite),
    check: values.check,
    allowErrors: values["allow-errors"] ?? false,
    printsTiming: values.timing ?? false,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        output: { type: "string", short: "o" },
        param: { type: "string", multiple: true },
        ranks: { type: "string" },
        timeout: { type: "string" },
        check: { type: "string" },
        "allow-errors": { type: "boolean" },
        timing: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (failure) {
    throw new UsageError(`${(failure as Error).message}\n\n${USAGE}`, { cause: failure });
  }
}

function readNumber(name: string, text: string, accepts: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() !== "" && accepts(value) && value > 0) return value;
  throw new UsageError(`${name} must be a positive number, not '${text}'`);
}
