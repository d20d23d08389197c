// An input that stands in a file, as readers are given it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DataError } from "../../dist/src/data/data-error.js";
import { memoryFolder } from "./memory-folder.mjs";

/**
 * @param {{ extension: string, constantMb: number, timeMs: number, seeds: () => Uint8Array[], words: string[],
 *   typed?: new (...args: never[]) => Error, read(file: string): string }} of `read` says in short what it found
 */
export function fileInput({ extension, read, typed = DataError, ...rest }) {
  const file = join(memoryFolder(), `input.${extension}`);
  return {
    ...rest,
    /** @param {Uint8Array} bytes */
    run(bytes) {
      writeFileSync(file, bytes);
      return read(file);
    },
    /** @param {unknown} error */
    isTyped: (error) => error instanceof typed,
  };
}
