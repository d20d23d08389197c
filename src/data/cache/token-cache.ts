// Tokens of files, kept for the next run: found again by the files' paths, the tokenizer's files and the options, and used only when the
// files' contents are those that they were made of. An entry is a file of tokens and an index beside it, which appears last and names it.
import { createHash, randomBytes } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { makeFolder } from "../../files/folder.js";
import { explained } from "../../files/write-problem.js";
import { DataError, dataProblem } from "../data-error.js";
import type { SupervisedOptions } from "../supervised-options.js";
import type { SupervisedReport } from "../supervised-report.js";
import { type SourceFile, sameFile, sourceFile } from "./source-files.js";
import { ExampleWriter, type StoredCounts, StoredExamples } from "./stored-examples.js";

/** Raised when the same rows come to be other tokens. */
const VERSION = 1;

interface Index extends StoredCounts {
  readonly version: number;
  /** Name of the file of tokens. */
  readonly tokens: string;
  readonly sources: readonly SourceFile[];
  readonly report: SupervisedReport;
}

export interface CachedTokens {
  readonly examples: StoredExamples;
  readonly report: SupervisedReport;
}

export class TokenCache {
  readonly #folder: string;
  readonly #files: readonly string[];
  readonly #key: string;

  constructor(folder: string, files: readonly string[], options: SupervisedOptions) {
    this.#folder = path.resolve(folder);
    this.#files = files.map((file) => path.resolve(file));
    this.#key = keyOf(this.#files, options);
  }

  /** Undefined when there is no entry, or the files have changed since. */
  open(): CachedTokens | undefined {
    const index = this.#read();
    const sources = index?.sources.map(sameFile);
    if (index === undefined || !isWhole(sources)) return undefined;
    if (sources.some((source, i) => source !== index.sources[i]))
      this.#write({ ...index, sources });
    try {
      return this.#entry(index);
    } catch (error) {
      if (error instanceof DataError) return undefined; // cut off: it is made again
      throw error;
    }
  }

  /** Makes an entry of the examples that `make` adds, and opens it. */
  create(make: (writer: ExampleWriter) => SupervisedReport): CachedTokens {
    const sources = this.#files.map(sourceFile);
    makeFolder(this.#folder, { what: "folder for tokens", problem: dataProblem });
    const tokens = `${this.#key}-${randomBytes(4).toString("hex")}.tokens`;
    const file = path.join(this.#folder, tokens);
    try {
      return explained(this.#folder, dataProblem, () => {
        const writer = new ExampleWriter(file);
        const report = make(writer);
        const index = { version: VERSION, tokens, sources, report, ...writer.close() };
        if (!isWhole(sources.map(sameFile)))
          throw new DataError(
            "the files of rows changed while they were read; make the dataset again",
          );
        this.#write(index);
        this.#removeOthers(tokens);
        return this.#entry(index);
      });
    } catch (error) {
      fs.rmSync(file, { force: true });
      throw error;
    }
  }

  /** Of the same key: what runs read them has them open. */
  #removeOthers(tokens: string): void {
    const others = fs
      .readdirSync(this.#folder)
      .filter(
        (name) => name.startsWith(`${this.#key}-`) && name.endsWith(".tokens") && name !== tokens,
      );
    for (const name of others) fs.rmSync(path.join(this.#folder, name), { force: true });
  }

  #entry(index: Index): CachedTokens {
    const examples = new StoredExamples(path.join(this.#folder, index.tokens), index);
    return { examples, report: index.report };
  }

  get #indexFile(): string {
    return path.join(this.#folder, `${this.#key}.json`);
  }

  /** What is no index, or of another version, counts as none: it is made again. */
  #read(): Index | undefined {
    try {
      const index = JSON.parse(fs.readFileSync(this.#indexFile, "utf8")) as Index;
      const isThere =
        index.version === VERSION && fs.existsSync(path.join(this.#folder, index.tokens));
      return isThere ? index : undefined;
    } catch {
      return undefined;
    }
  }

  #write(index: Index): void {
    const aside = `${this.#indexFile}.${randomBytes(4).toString("hex")}`;
    fs.writeFileSync(aside, JSON.stringify(index));
    fs.renameSync(aside, this.#indexFile);
  }
}

function isWhole<T>(list: readonly (T | undefined)[] | undefined): list is readonly T[] {
  return list?.every((one) => one !== undefined) ?? false;
}

function keyOf(files: readonly string[], options: SupervisedOptions): string {
  const { tokenizer, padToMultipleOf: _, cacheFolder: __, ...others } = options;
  const { origin } = tokenizer;
  if (origin === undefined) {
    throw new DataError(
      "cacheFolder needs a tokenizer that tells its files, as await AutoTokenizer.fromPretrained(folder); leave out cacheFolder",
    );
  }
  const date = origin.usesDate ? new Date().toDateString() : "";
  const parts = JSON.stringify([VERSION, files, others, origin.digest, date]);
  return createHash("sha256").update(parts).digest("hex").slice(0, 32);
}
