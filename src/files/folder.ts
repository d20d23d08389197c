// A folder that is to be read, and what stands in its place instead.
import fs from "node:fs";
import type { FileProblem } from "./file-error.js";

/**
 * @param what says what the folder is, for the error: "model folder"
 * @throws what `problem` makes, when nothing is there, or something else than a folder
 */
export function requireFolder(
  path: string,
  { what, problem }: { readonly what: string; readonly problem: FileProblem },
): void {
  const stats = statOf(path);
  if (stats === undefined) throw problem(`no such ${what}; check the path`, { path });
  if (typeof stats === "string")
    throw problem(`cannot be read (${stats}); check the path`, { path });
  if (!stats.isDirectory()) throw problem(`is not a folder; give the path of a ${what}`, { path });
}

/** What `path` leads to, undefined where nothing is, or the system's code for why it cannot be told. */
function statOf(path: string): fs.Stats | string | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return code === "ENOTDIR" ? undefined : code;
  }
}
