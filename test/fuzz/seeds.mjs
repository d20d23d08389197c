// Files that inputs are made of.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("./seeds/", import.meta.url);

/** @param {string} extension */
export function seedsOf(extension) {
  const names = readdirSync(folder).filter((name) => name.endsWith(`.${extension}`));
  return names.sort().map((name) => new Uint8Array(readFileSync(new URL(name, folder))));
}
