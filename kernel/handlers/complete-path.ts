// Completion of the paths of files in strings, as in `readFile("data/`.

import { type Dirent, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { CompletionEntry } from "../language/checker/messages.js";

const MAX_FILES = 500;

interface Found {
  readonly start: number;
  readonly end: number;
  readonly entries: readonly CompletionEntry[];
}

/** Files that go on with `typed`, which ends at UTF-16 index `end`; relative paths begin in the notebook's folder. */
export function completePath(typed: string, end: number): Found {
  const [, folder = "", prefix = ""] = /^(.*\/)?(.*)$/s.exec(typed) ?? [];
  const isWanted = ({ name }: Dirent): boolean =>
    name.startsWith(prefix) && (prefix !== "" || !name.startsWith("."));
  const isBare = typed.trim() === ""; // a string that has just begun may be anything
  const found = isBare ? [] : filesIn(folder).filter(isWanted).slice(0, MAX_FILES);
  const entries = found.map((file) => ({
    text: file.isDirectory() ? `${file.name}/` : file.name,
    type: "path",
  }));
  return { start: end - prefix.length, end, entries };
}

function filesIn(folder: string): Dirent[] {
  try {
    return readdirSync(resolve(folder.replace(/^~(?=\/)/, homedir())), { withFileTypes: true });
  } catch {
    return []; // no such folder: nothing to offer
  }
}
