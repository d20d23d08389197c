// Whether an open file was written to. A descriptor goes on to show the file that was opened when another takes its name, or none:
// then nothing has changed.
import fs from "node:fs";

/** Size and time of the last write, as text. */
export function fileState(descriptor: number): string {
  const { size, mtimeNs } = fs.fstatSync(descriptor, { bigint: true });
  return `${size} ${mtimeNs}`;
}

/** Of a file that was written to since it was opened, for an error. */
export const WRITTEN_TO =
  "was written to since it was opened, so what is read would be of several files; load it again";
