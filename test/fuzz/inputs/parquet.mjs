// Parquet as pyarrow wrote it: nested columns, dictionaries, several row groups, all encodings; see seeds/write_seeds.py.
import { fileInput } from "../file-input.mjs";
import { readContents } from "../read-contents.mjs";
import { seedsOf } from "../seeds.mjs";

export const parquet = fileInput({
  extension: "parquet",
  constantMb: 900, // the thread that reads it may take 512 MB
  timeMs: 12_000,
  seeds: () => seedsOf("parquet"),
  words: [
    "PAR1",
    "\x15\x00",
    "\x15\x02",
    "\x19\x1c",
    "\x18",
    "\x16\x80\x80\x80\x80\x08",
    "\xff\xff\xff\xff\x0f",
    "\x00\x00",
    "\x2c",
    "\x4c",
    "element",
    "messages",
  ],
  read: readContents,
});
