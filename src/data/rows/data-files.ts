// Which files a dataset is made of: one, several, or all of a folder or a pattern that hold rows, in the order of their names.
import fs from "node:fs";
import path from "node:path";
import { isThere } from "../../files/plain-file.js";
import { DataError } from "../data-error.js";
import { EXTENSIONS } from "./read-rows.js";

/**
 * The files that paths name. A list keeps its order; a folder and a pattern such as "data/train-*.parquet" give names in the order of
 * their characters, numbers by value: part-2 before part-10.
 * @throws DataError for a folder or pattern without files of rows
 */
export function dataFiles(given: string | readonly string[]): string[] {
  return (typeof given === "string" ? [given] : given).flatMap(filesOf);
}

function filesOf(given: string): string[] {
  if (isFolder(given)) return inFolder(given, () => true, "");
  const name = path.basename(given);
  if (isThere(given) || !/[*?]/.test(name)) return [given];
  const pattern = new RegExp(
    `^${name
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
  );
  return inFolder(path.dirname(given), (each) => pattern.test(each), ` whose name is like ${name}`);
}

function isFolder(given: string): boolean {
  try {
    return fs.statSync(given).isDirectory();
  } catch {
    return false; // reading it says why
  }
}

/** Names that begin with . or _ are others' notes: _SUCCESS, .gitattributes. */
function inFolder(folder: string, fits: (name: string) => boolean, like: string): string[] {
  const names = namesIn(folder).filter(
    (name) => !/^[._]/.test(name) && isOfRows(name) && fits(name),
  );
  if (names.length > 0) return names.sort(byName).map((name) => path.join(folder, name));
  throw new DataError(
    `${folder}: holds no file of rows${like}; they are told by their names' ends: ${EXTENSIONS.join(", ")}`,
  );
}

function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch (cause) {
    throw new DataError(`${folder}: cannot be read (${(cause as NodeJS.ErrnoException).code})`, {
      cause,
    });
  }
}

function isOfRows(name: string): boolean {
  return EXTENSIONS.includes(path.extname(name).toLowerCase());
}

/** The same on every machine: no locale decides. */
function byName(a: string, b: string): number {
  const [left, right] = [sortable(a), sortable(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** With numbers of equal length. */
function sortable(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
}
