// Reading files whose path or folder came from outside. Only regular files are opened: a FIFO would wait for ever, a
// device has no end or does something when opened. What is read is bounded before room for it is made.
import fs from "node:fs";
import type { FileProblem } from "./file-error.js";

/**
 * A descriptor of the regular file at `path`, opened for reading; links are followed. Never waits.
 * @param problem makes the error for anything else: nothing there, a folder, FIFO, socket or device, a link that leads
 * nowhere or in a circle, no permission
 */
export function openPlainFile(path: string, problem: FileProblem): number {
  try {
    requireRegular(path, fs.statSync(path), problem);
    // What stands there may have changed since we looked, so opening must not wait either.
    const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = fs.constants;
    const descriptor = fs.openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    try {
      requireRegular(path, fs.fstatSync(descriptor), problem);
      return descriptor;
    } catch (error) {
      fs.closeSync(descriptor);
      throw error;
    }
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    throw problem(openProblem(path, code), { path, cause });
  }
}

/**
 * All bytes of the regular file at `path`.
 * @param problem makes the error for what is no regular file, longer than `maxBytes`, or cannot be read
 */
export function readPlainFile(
  path: string,
  { maxBytes, problem }: { readonly maxBytes: number; readonly problem: FileProblem },
): Uint8Array<ArrayBuffer> {
  const descriptor = openPlainFile(path, problem);
  try {
    const { size } = fs.fstatSync(descriptor);
    if (size > maxBytes)
      throw problem(`has ${size} bytes; such a file has at most ${maxBytes}`, { path });
    const bytes = new Uint8Array(size);
    const count = readFully(descriptor, bytes, 0);
    if (count === size) return bytes;
    throw problem(`became shorter while it was read: ${count} of ${size} bytes left`, { path });
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Whether anything has this name, a link that leads nowhere included: reading it then says what is wrong. */
export function isThere(path: string): boolean {
  try {
    return fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    // A part of the path is no folder. What else hinders us (permissions, a circle of links) reading says.
    return (error as NodeJS.ErrnoException).code !== "ENOTDIR";
  }
}

/** Fills `target` from byte `position` of the file on; returns the bytes read, fewer only at the end of the file. */
export function readFully(descriptor: number, target: Uint8Array, position: number): number {
  const chunkBytes = 256 * 1024 * 1024; // the system refuses more than 2^31 at once
  let done = 0;
  while (done < target.length) {
    const wanted = Math.min(chunkBytes, target.length - done);
    const count = fs.readSync(descriptor, target, done, wanted, position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}

function requireRegular(path: string, stats: fs.Stats, problem: FileProblem): void {
  if (stats.isFile()) return;
  throw problem(`is ${kindOf(stats)}; expected a regular file`, { path });
}

function kindOf(stats: fs.Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a FIFO (named pipe)";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

function openProblem(path: string, code: string): string {
  const problems: Record<string, string> = {
    ENOENT: isThere(path) ? "is a link to something that does not exist" : "no such file",
    ENOTDIR: "no such file: a part of its path is a file, not a folder",
    ELOOP: "is a link that leads back to itself",
    EACCES: "may not be read by this user; change its permissions",
    EPERM: "may not be read by this user; change its permissions",
    ENAMETOOLONG: "is longer than a path may be",
  };
  return problems[code] ?? `cannot be opened (${code})`;
}
