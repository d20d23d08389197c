// What the readers of Parquet and Arrow are: groups of rows, one after the other.
import { readFully } from "../../files/plain-file.js";
import type { DataRow } from "../rows/read-rows.js";

export interface OpenFile {
  readonly descriptor: number;
  readonly size: number;
  /** How many rows are passed over. */
  readonly skip: number;
}

/** Throws an Error of what is wrong with the file, without its path. */
export type ReadGroups = (file: OpenFile) => AsyncIterable<readonly DataRow[]>;

/** Bytes `begin` to `end` of a file. */
export function bytesOf(
  { descriptor, size }: OpenFile,
  begin: number,
  end: number,
): Uint8Array<ArrayBuffer> {
  if (!(begin >= 0 && begin <= end && end <= size))
    throw new Error(`names bytes ${begin} to ${end}; the file has ${size}`);
  const bytes = new Uint8Array(end - begin);
  if (readFully(descriptor, bytes, begin) < bytes.length)
    throw new Error("became shorter while it was read");
  return bytes;
}

/** What readers say behind what is wrong. */
export const DAMAGED = "it is damaged or cut off; fetch or write it again";
