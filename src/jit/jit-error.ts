import { fileURLToPath } from "node:url";

/** A function given to `jit` does what cannot be fused; the message names the operation and where it stands. */
export class JitError extends Error {
  override readonly name = "JitError";
}

/** "at FILE:LINE:COLUMN" of the code that called into this package, as the current stack tells. */
export function placeOfCall(): string {
  const frames = (new Error().stack ?? "").split("\n").slice(1);
  const outside = frames.find((frame) => !OWN_FOLDERS.some((folder) => frame.includes(folder)));
  return outside === undefined ? "" : ` (${outside.trim()})`;
}

/** Of what was compiled, and of its sources where the stack is mapped back to them. */
const OWN_FOLDERS = ["dist/", "src/"].map((folder) =>
  fileURLToPath(new URL(`../../../${folder}`, import.meta.url)),
);
