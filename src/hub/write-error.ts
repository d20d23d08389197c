// Why the cache cannot be written, in words.
import { HubError } from "./hub-error.js";

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your quota on this disk is used up",
  EROFS: "the disk may only be read",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
};

/** The HubError of a failed write, or the error as it is where it is none of the system's. */
export function writtenProblem(
  cause: unknown,
  { id, cache }: { readonly id: string; readonly cache: string },
): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (cause instanceof HubError || code === undefined) return cause;
  const reason = REASONS[code] ?? `the system says ${code}`;
  return new HubError(
    `cannot be kept in ${cache}: ${reason}; make room there, or set HF_HUB_CACHE to another folder. What has come is kept`,
    { id, cause },
  );
}
