// Why the system refuses to write something, with the remedy.
import type { FileProblem } from "./file-error.js";

const REASONS: Record<string, string> = {
  ENOSPC: "the disk is full; free some space or save elsewhere. Nothing was changed",
  EDQUOT: "the disk quota is used up; free some space or save elsewhere. Nothing was changed",
  EACCES: "no permission to write here; choose another folder",
  EPERM: "no permission to write here; choose another folder",
  EROFS: "the file system is read-only; choose another folder",
  ENOENT: "its folder does not exist, or takes no files; choose another folder",
  ENOTDIR: "a part of its path is a file, not a folder; choose another path",
  EEXIST: "is a link to something that does not exist; remove it or choose another path",
  ENAMETOOLONG: "is longer than a path may be; choose a shorter one",
  EIO: "the disk or its connection failed (EIO); see the system's log (dmesg), or save elsewhere",
  ESTALE: "the network file system has lost this folder (ESTALE); mount it again or save elsewhere",
  EFBIG: "larger than the file size limit of this process (see `ulimit -f`). Nothing was changed",
};

/** The error for a failure to write at `path`; a failure that is none of the system's stays as it is. */
export function explainWriteFailure(path: string, cause: unknown, problem: FileProblem): unknown {
  const { code = "", syscall } = cause as NodeJS.ErrnoException;
  const other = `cannot be written here (${code} of ${syscall}); save elsewhere`;
  const reason = REASONS[code] ?? (typeof syscall === "string" ? other : undefined);
  return reason === undefined ? cause : problem(reason, { path, cause });
}

/**
 * Runs `body`, which writes at or below `path`.
 * @throws what `problem` makes, when the system refuses
 */
export function explained<T>(path: string, problem: FileProblem, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw explainWriteFailure(path, cause, problem);
  }
}
