// A directory that appears whole or not at all. It is filled under a temporary name beside its place; commit flushes every
// file, writes the manifest, and puts it in place in one step: a rename where nothing stands, else an exchange of the two
// names (exchange-folders.ts), after which the older directory is removed. A death at any moment leaves the old one or the
// new one in place, and at most something under a temporary name, which the next save or load removes.
//
// Relied on: rename is one step for all who look, and what fsync of a file or a folder has returned from outlasts a crash.
// Local file systems, NFS and Lustre give both. Whoever reads through NFS may see the older state for as long as his client
// remembers it. All ranks write into the one folder that rank 0 makes, so they must see one file system.
import fs from "node:fs";
import path from "node:path";
import {
  type FolderPurpose,
  makeFolder,
  removeEmptyFolders,
  requirePath,
} from "../files/folder.js";
import { type OpenEffect, openEffect, wholly } from "../host/index.js";
import { checkpointProblem, filling, fillingProblem } from "./checkpoint-error.js";
import { syncPath } from "./durable-files.js";
import { exchangeFolders, requireExchange } from "./exchange-folders.js";
import type { Fingerprints } from "./fingerprint.js";
import { discardFolder, removeLeftovers } from "./leftovers.js";
import { type DirectoryKind, writeManifest } from "./manifest.js";
import { carryOver, requireReplaceable } from "./replaced-folder.js";
import { temporaryPath } from "./temporary-names.js";

const PURPOSE: FolderPurpose = { what: "folder to write", problem: checkpointProblem };

/** What is to be done once a directory stands, so that both are done or neither. */
export interface Announcement {
  make(): void;
  /** Asked when `make` threw. */
  isMade(): boolean;
}

/** A directory being written. `commit` or `abort` ends it, or the end of its block. */
export class AtomicDirectory implements Disposable {
  /** Where it will stand. */
  readonly target: string;
  /** Where to write files until then. */
  readonly folder: string;
  readonly #kind: DirectoryKind;
  readonly #unfinished: OpenEffect;

  private constructor(target: string, kind: DirectoryKind, made: readonly string[]) {
    this.target = target;
    this.folder = temporaryPath(target, "new");
    this.#kind = kind;
    this.#unfinished = openEffect(() => {
      if (fs.existsSync(this.folder)) discardFolder(this.folder);
      removeEmptyFolders(made);
    });
  }

  /**
   * Begins a directory that will stand at `target`. Leftovers of dead writers are cleared first.
   * @throws CheckpointError when a directory stands there that commit may not replace
   */
  static begin(target: string, kind: DirectoryKind = "model"): AtomicDirectory {
    requirePath(target, PURPOSE);
    const absolute = path.resolve(target);
    const parent = path.dirname(absolute);
    const directory = new AtomicDirectory(absolute, kind, makeFolder(parent, PURPOSE));
    try {
      filling(directory, () => directory.#prepare());
      return directory;
    } catch (error) {
      directory.abort();
      throw error;
    }
  }

  #prepare(): void {
    removeLeftovers(path.dirname(this.target));
    const replaces = requireReplaceable(this.target, this.#kind);
    fs.mkdirSync(this.folder);
    if (replaces) requireExchange(this.folder, this.target);
  }

  /**
   * Makes the directory durable and puts it in place, manifest included. Files that somebody added to the directory it
   * replaces, such as a tokenizer, go along.
   * @param written fingerprints of files that are known; others are read again
   * @throws CheckpointError when that cannot be; unless it is announced, what stood there stands there still
   */
  commit(written: Fingerprints = {}, announcement?: Announcement): void {
    filling(this, () => {
      writeManifest(this.folder, this.#kind, written);
      carryOver(this.target, this.folder);
      syncAll(this.folder);
      wholly(() => this.#putInPlace(announcement));
    });
    this.#unfinished.close(); // with what it replaced
  }

  #putInPlace(announcement?: Announcement): void {
    const takeBack = this.#swap();
    try {
      syncPath(path.dirname(this.target));
      announcement?.make();
    } catch (error) {
      if (announcement?.isMade() !== true) takeBack();
      throw error;
    }
  }

  /** @returns what undoes it */
  #swap(): () => void {
    const { folder, target } = this;
    if (requireReplaceable(target, this.#kind)) {
      exchangeFolders(folder, target);
      return () => exchangeFolders(folder, target);
    }
    fs.renameSync(folder, target);
    return () => fs.renameSync(target, folder);
  }

  /** Removes what was written; the target stays as it was. Does nothing after `commit`. */
  abort(): void {
    this.#unfinished.close();
  }

  [Symbol.dispose](): void {
    this.abort();
  }
}

/** Writes the directory `target` with `write(folder)`: all of it, or on an error nothing. */
export async function writeDirectory(
  target: string,
  write: (folder: string) => void | Promise<void>,
): Promise<void> {
  using directory = AtomicDirectory.begin(target);
  try {
    await write(directory.folder);
  } catch (cause) {
    throw fillingProblem(directory, cause);
  }
  directory.commit();
}

function syncAll(folder: string): void {
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true }))
    syncPath(path.join(entry.parentPath, entry.name));
  syncPath(folder);
}
