// The execution that a process is at, in a file: its number and its bytes, so that they are known when the process ends otherwise.
import { ftruncateSync, openSync, readFileSync, writevSync } from "node:fs";

const NUMBER_BYTES = 4;

/** @param {string} file @returns a function that writes down what is tried next */
export function writesExecutions(file) {
  const descriptor = openSync(file, "w");
  const number = Buffer.alloc(NUMBER_BYTES);
  return (/** @type {Uint8Array} */ bytes, /** @type {number} */ index) => {
    number.writeUInt32LE(index);
    ftruncateSync(descriptor, NUMBER_BYTES + bytes.length);
    writevSync(descriptor, [number, bytes], 0);
  };
}

/** @param {string} file @param {number} first of a process that ended before any */
export function executionIn(file, first) {
  const written = readFileSync(file);
  if (written.length < NUMBER_BYTES) return { index: first, bytes: written };
  return { index: written.readUInt32LE(), bytes: written.subarray(NUMBER_BYTES) };
}
