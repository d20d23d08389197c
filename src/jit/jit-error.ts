/** A function given to `jit` does what cannot be fused; the message names the operation and where it stands. */
export class JitError extends Error {
  override readonly name = "JitError";
}

/** "at FILE:LINE:COLUMN" of the code that called into src/jit, as the current stack tells. */
export function placeOfCall(): string {
  const frames = (new Error().stack ?? "").split("\n").slice(1);
  const outside = frames.find((frame) => !OWN_FOLDER.test(frame));
  return outside === undefined ? "" : ` (${outside.trim()})`;
}

// Compiled or mapped back to its source.
const OWN_FOLDER = /\/src\/jit\//;
