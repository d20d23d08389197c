// Two folders change places in one step: renameat2(RENAME_EXCHANGE) of Linux. ext4, XFS, Btrfs, tmpfs, F2FS, ZFS from 2.2
// and overlays of them can; NFS, Lustre, CephFS, CIFS and 9p refuse with EINVAL. There a folder is written where none
// stands, by a plain rename, and one that does is not replaced: with renames alone there is a moment without either.
import fs from "node:fs";
import { getSystemErrorName } from "node:util";
import { exchangeAddon } from "../native/exchange.js";
import { CheckpointError } from "./checkpoint-error.js";
import { discard } from "./leftovers.js";
import { temporaryPath } from "./temporary-names.js";

const REFUSALS = new Set(["EINVAL", "ENOSYS", "EOPNOTSUPP", "EXDEV"]);

/** Afterwards each of the two paths leads to what the other led to. */
export function exchangeFolders(one: string, other: string): void {
  const errno = exchangeAddon().exchange(one, other);
  if (errno === 0) return;
  const code = getSystemErrorName(-errno);
  throw Object.assign(new Error(`${code}: exchange ${one} and ${other}`), { code, path: other });
}

/**
 * Tries it with `folder`, which is empty, before much is written.
 * @throws CheckpointError when `target` stands on a file system that cannot exchange folders
 */
export function requireExchange(folder: string, target: string): void {
  const beside = temporaryPath(target, "new");
  fs.mkdirSync(beside);
  try {
    exchangeFolders(folder, beside);
  } catch (cause) {
    if (!REFUSALS.has((cause as NodeJS.ErrnoException).code ?? "")) throw cause;
    throw new CheckpointError(
      "is there already, and this file system cannot replace a folder in one step (network file systems often cannot); " +
        "save to another folder, or remove this one first",
      { path: target, cause },
    );
  } finally {
    discard(beside);
  }
}
