// Everything of a file of rows, as far as it goes before tokens.

import { DataError } from "../../dist/src/data/data-error.js";
import { BadRows } from "../../dist/src/data/rows/bad-rows.js";
import { formatOf } from "../../dist/src/data/rows/formats.js";
import { readRows } from "../../dist/src/data/rows/read-rows.js";

/** @param {string} file */
export function readContents(file) {
  const bad = new BadRows();
  const kinds = new Set();
  let read;
  for (const row of readRows(file, bad)) {
    read ??= formatOf(row);
    kinds.add(kindOf(read, row.value));
  }
  return [...kinds, ...(bad.count > 0 ? [bad.kept[0].problem] : [])].join(", ");
}

function kindOf(read, value) {
  try {
    return read(value).kind;
  } catch (error) {
    if (error instanceof DataError) return `bad: ${error.message}`;
    throw error;
  }
}
