// `samples.jsonl` of one run: what the model said, a JSON object a line. A line that a full disk left in part is written over.

import { open } from "node:fs/promises";
import { join } from "node:path";
import type { RunSample } from "notebooster/host";
import { linesOfSamples, SAMPLES_FILE } from "notebooster/report";
import { fileProblem } from "../../src/files/file-error.js";
import { makeFolder } from "../../src/files/folder.js";

export class SamplesFile {
  readonly #folder: string;
  /** Bytes of whole lines. */
  #size = 0;

  /** @param folder of the run; made with the first sample, unless it is there */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Await it before appending again. */
  async append(samples: readonly RunSample[]): Promise<void> {
    makeFolder(this.#folder, { what: "folder of a run", problem: fileProblem });
    await using file = await open(join(this.#folder, SAMPLES_FILE), this.#size === 0 ? "w" : "r+");
    await file.truncate(this.#size);
    const bytes = Buffer.from(linesOfSamples(samples));
    for (let written = 0; written < bytes.length; ) {
      const left = bytes.length - written;
      written += (await file.write(bytes, written, left, this.#size + written)).bytesWritten;
    }
    this.#size += bytes.length;
  }
}
