// Says whether files changed, by their contents: times change with every checkout, clone and copy.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Hash of values and file contents: pass strings, or `{ file }` for the bytes of a file, none where it is missing. */
export function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? part : contentsOf(part.file);
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** Hash of the names and contents of the files below `folder`. */
export function treeHash(folder, keep = () => true) {
  if (!existsSync(folder)) return "";
  const files = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter(keep)
    .sort();
  return hashOf(files.flatMap((file) => [relative(folder, file), { file }]));
}

function contentsOf(file) {
  return existsSync(file) ? readFileSync(file) : "";
}
