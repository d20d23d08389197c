// The cache of the Hub as Python's huggingface_hub lays it out, so that both use one: a folder a model, in which `refs` says
// which commit a branch is at, `snapshots` has a folder a commit, and its files are links to `blobs`, named by their digests.
import fs from "node:fs";
import path from "node:path";
import { writtenProblem } from "./write-error.js";

/** The cached files of one model. */
export class CacheFolder {
  /** Of the model. */
  readonly folder: string;
  readonly #cache: string;
  readonly #id: string;

  constructor(cache: string, id: string) {
    this.#cache = cache;
    this.#id = id;
    this.folder = path.join(cache, folderName(id));
  }

  snapshot(commit: string): string {
    return path.join(this.folder, "snapshots", commit);
  }

  blob(etag: string): string {
    return path.join(this.folder, "blobs", etag);
  }

  /** What Python locks while it fetches this blob. */
  lock(etag: string): string {
    return path.join(this.#cache, ".locks", folderName(this.#id), `${etag}.lock`);
  }

  /** The commit at which a branch or tag was when it was last asked for. */
  commitAt(revision: string): string | undefined {
    const file = this.#ref(revision);
    return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : undefined;
  }

  /** Keeps the commit of a branch or tag. */
  keepCommit(revision: string, commit: string): void {
    if (this.commitAt(revision) === commit) return;
    const file = this.#ref(revision);
    this.writing(() => {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(`${file}.${process.pid}`, commit);
      fs.renameSync(`${file}.${process.pid}`, file);
    });
  }

  /** Names of the files that a snapshot has. */
  filesOf(commit: string): ReadonlySet<string> {
    const folder = this.snapshot(commit);
    if (!fs.existsSync(folder)) return new Set();
    const entries = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
    return new Set(entries.filter((name) => fs.existsSync(path.join(folder, name))));
  }

  /** Puts a blob into a snapshot under the name of its file. */
  link(commit: string, name: string, etag: string): void {
    const file = path.join(this.snapshot(commit), name);
    this.writing(() => {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.rmSync(file, { force: true });
      try {
        fs.symlinkSync(path.relative(path.dirname(file), this.blob(etag)), file);
      } catch (error) {
        // Another process was quicker.
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      }
    });
  }

  /** Does what writes into the cache. @throws HubError that says why it cannot be written */
  writing<T>(body: () => T): T {
    try {
      return body();
    } catch (cause) {
      throw writtenProblem(cause, { id: this.#id, cache: this.#cache });
    }
  }

  #ref(revision: string): string {
    return path.join(this.folder, "refs", revision);
  }
}

function folderName(id: string): string {
  return `models--${id.replaceAll("/", "--")}`;
}
