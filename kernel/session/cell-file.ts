// `%%writefile`: the text of a cell as a file, written once, whatever the number of ranks.

import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { MagicError } from "../language/magic-error.js";

interface CellFile {
  readonly path: string;
  readonly text: string;
  /** Whether it goes behind what the file holds. */
  readonly isMore: boolean;
}

/** Returns what to say, in IPython's words. */
export function writeCellFile({ path, text, isMore }: CellFile): string {
  const file = resolve(path.replace(/^~(?=\/|$)/, homedir()));
  const isThere = existsSync(file);
  try {
    if (isMore) appendFileSync(file, text);
    else writeFileSync(file, text);
  } catch (failure) {
    const { code, message } = failure as NodeJS.ErrnoException;
    const isFolderAbsent = code === "ENOENT";
    const why = isFolderAbsent ? `there is no folder ${dirname(file)}; make it first` : message;
    throw new MagicError(`%%writefile ${path}: ${why}`, { cause: failure });
  }
  if (isMore && isThere) return `Appending to ${path}`;
  return `${isThere ? "Overwriting" : "Writing"} ${path}`;
}
