// Arrow as pyarrow wrote it, in files (Feather) and streams: nested columns, dictionaries, both packings, and columns of kinds that are laid
// out otherwise; see seeds/write_seeds.py.
import { fileInput } from "../file-input.mjs";
import { readContents } from "../read-contents.mjs";
import { seedsOf } from "../seeds.mjs";

export const arrow = fileInput({
  extension: "arrow",
  constantMb: 900, // the thread that reads it may take 512 MB
  timeMs: 12_000,
  seeds: () => seedsOf("arrow"),
  words: [
    "ARROW1\0\0",
    "\xff\xff\xff\xff",
    "\xff\xff\xff\xff\0\0\0\0",
    "\x04\0\0\0",
    "\x08\0\0\0\0\0\0\0",
    "\x10\0\0\0\x0c\0",
    "\xff\xff\xff\x7f",
    "\0\0\0\0\0\0\0\x80",
    "\x04\x22\x4d\x18",
    "\x28\xb5\x2f\xfd",
    "\0".repeat(64),
    "messages",
  ],
  read: readContents,
});
