// Names of what is not finished: hidden, beside the place it is for, and with the identity of its writer, so that a later
// process can tell whether that one lives: `.name.<kind>-<pid>-<start time>-<host>-<random>`.
import { randomBytes } from "node:crypto";
import path from "node:path";
import { ownIdentity, type ProcessIdentity } from "./process-identity.js";

/** Being written (or, after an exchange, what it replaced), to be removed, or a lock. Each goes with its writer's end. */
export type TemporaryKind = "new" | "gone" | "lock";

const PATTERN =
  /^\..+\.(?<kind>new|gone|lock)-(?<pid>\d+)-(?<started>\d*)-(?<host>.*)-[0-9a-f]{8}$/;

/** A fresh name beside `target`. */
export function temporaryPath(target: string, kind: TemporaryKind): string {
  const { pid, started, host } = ownIdentity();
  const random = randomBytes(4).toString("hex");
  const name = `.${path.basename(target)}.${kind}-${pid}-${started}-${host}-${random}`;
  return path.join(path.dirname(target), name);
}

/** What a name says; undefined for names of other things. */
export function readTemporaryName(
  name: string,
): { readonly kind: TemporaryKind; readonly writer: ProcessIdentity } | undefined {
  const { kind, pid, started = "", host = "" } = PATTERN.exec(name)?.groups ?? {};
  if (pid === undefined) return undefined;
  return { kind: kind as TemporaryKind, writer: { pid: Number(pid), started, host } };
}
