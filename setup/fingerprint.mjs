// Says quickly whether files changed: a hash over contents for short lists, over size and time for source trees.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Hash of values and file contents: pass strings, or `{ file }` for the bytes of a file. */
export function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) {
    const bytes = typeof part === "string" ? part : readFileSync(part.file);
    hash.update(`${bytes.length}\n`).update(bytes);
  }
  return hash.digest("hex");
}

/** One line per file below `folder`: path, size and modification time. Reads no contents. */
export function treeListing(folder, keep = () => true) {
  if (!existsSync(folder)) return "";
  const lines = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    if (!entry.isFile() || !keep(path)) continue;
    const { size, mtimeMs } = statSync(path);
    lines.push(`${path} ${size} ${mtimeMs}`);
  }
  return lines.sort().join("\n");
}
