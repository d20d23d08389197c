// Whether files are those that tokens were made of. A look at their sizes and times is enough where the system changes a file's time of
// change whenever it is written; what was changed just before it was looked at may be changed again within the same tick, so it counts
// only when some time lies between. Otherwise the contents are compared.
import { createHash } from "node:crypto";
import fs from "node:fs";
import { openPlainFile } from "../../files/plain-file.js";
import { dataProblem } from "../data-error.js";

export interface SourceFile {
  readonly path: string;
  /** Of its contents. */
  readonly sha256: string;
  /** Size and times; none when it changed too shortly before. */
  readonly stat?: string;
}

/** Ticks of file systems are at most two seconds long. */
const TICK_NS = 2_000_000_000n;
const PIECE_BYTES = 1 << 22;

export function sourceFile(path: string): SourceFile {
  const before = statOf(path);
  const sha256 = digestOf(path);
  const stat = statOf(path);
  const isSettled = stat !== undefined && stat === before;
  return { path, sha256, ...(isSettled && { stat }) };
}

/** The file as it is now, when it has the same contents; its digest is computed only when its times say nothing. */
export function sameFile(known: SourceFile): SourceFile | undefined {
  const stat = statOf(known.path);
  if (stat !== undefined && stat === known.stat) return known;
  const now = sourceFile(known.path);
  return now.sha256 === known.sha256 ? now : undefined;
}

/** Undefined for a file that changed just now. */
function statOf(path: string): string | undefined {
  const { dev, ino, size, mtimeNs, ctimeNs } = fs.statSync(path, { bigint: true });
  if (BigInt(Date.now()) * 1_000_000n - ctimeNs < TICK_NS) return undefined;
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
}

function digestOf(path: string): string {
  const descriptor = openPlainFile(path, dataProblem);
  try {
    const hash = createHash("sha256");
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    for (;;) {
      const count = fs.readSync(descriptor, piece, 0, PIECE_BYTES, null);
      if (count === 0) return hash.digest("hex");
      hash.update(piece.subarray(0, count));
    }
  } finally {
    fs.closeSync(descriptor);
  }
}
