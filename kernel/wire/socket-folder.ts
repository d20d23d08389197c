// Folders for ipc sockets: only this user may enter them, and their paths are short, because a Unix socket's
// path has at most 107 bytes.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MAX_BASE_BYTES = 48;

/** Makes a fresh folder of mode 0700 whose name begins with `prefix`. */
export function makeSocketFolder(prefix: string): string {
  const base = Buffer.byteLength(tmpdir()) <= MAX_BASE_BYTES ? tmpdir() : "/tmp";
  return mkdtempSync(join(base, prefix));
}
