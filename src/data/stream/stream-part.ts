// Rows held out of a stream: which they are depends on the seed and on where a row stands, so it is the same in every run and every epoch.
import path from "node:path";

export interface StreamPart {
  readonly heldOut: number;
  readonly seed: number;
  readonly is: "train" | "heldOut";
}

export function isInPart(
  { file, line }: { readonly file: string; readonly line: number },
  part: StreamPart | undefined,
): boolean {
  if (part === undefined) return true;
  const isHeldOut = fraction(`${part.seed} ${path.basename(file)} ${line}`) < part.heldOut;
  return isHeldOut === (part.is === "heldOut");
}

/** FNV-1a, and MurmurHash3's last steps, which spread it: a number from 0 to 1. */
function fraction(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
