// Working folder and environment of a notebook's processes, which %cd and %env change: here at once, for completion, the
// shell and workers to come, and in the workers that run by code in front of the cell's own.

import { homedir } from "node:os";
import { resolve } from "node:path";
import { MagicError } from "../language/magic-error.js";

/** What to say, and the code by which workers follow. */
export interface StateChange {
  readonly text: string;
  readonly code: string;
}

const SECRET = /key|token|secret|password|credential/i;

/** `%cd PATH`; without a path to the person's home, `~` in front of it likewise. */
export function changeFolder(path: string): StateChange {
  const folder = resolve(path === "" ? homedir() : path.replace(/^~(?=\/|$)/, homedir()));
  try {
    process.chdir(folder);
  } catch (failure) {
    const { code } = failure as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such folder" : String(code);
    throw new MagicError(`%cd ${path}: ${why} (${folder}); the folder is still ${process.cwd()}`, {
      cause: failure,
    });
  }
  return { text: `${folder}\n`, code: `process.chdir(${JSON.stringify(folder)});` };
}

/** `%env`, `%env NAME` and `%env NAME=VALUE`. */
export function changeEnvironment(
  name: string | undefined,
  value: string | undefined,
): StateChange {
  if (name === undefined) return { text: environmentText(), code: "" };
  if (value === undefined) {
    const known = process.env[name];
    if (known === undefined)
      throw new MagicError(`%env ${name}: it is not set; %env ${name}=VALUE sets it`);
    return { text: `${known}\n`, code: "" };
  }
  process.env[name] = value;
  const [key, text] = [name, value].map((each) => JSON.stringify(each));
  return { text: `${name}=${value}\n`, code: `process.env[${key}] = ${text};` };
}

/** Every variable, with secrets by name only: what a cell shows is saved. */
function environmentText(): string {
  const names = Object.keys(process.env).sort();
  const lines = names.map(
    (name) => `${name}=${SECRET.test(name) ? "<hidden>" : process.env[name]}`,
  );
  return `${lines.join("\n")}\n`;
}
