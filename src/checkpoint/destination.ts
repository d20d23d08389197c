// Where a save goes, as data: a checkpoint of a series, or a folder that is replaced.
import path from "node:path";
import { AtomicDirectory } from "./atomic-directory.js";
import type { Fingerprints } from "./fingerprint.js";
import { CheckpointInProgress } from "./latest-checkpoint.js";
import type { DirectoryKind } from "./manifest.js";

export interface Destination {
  /** The folder that will stand there. */
  readonly target: string;
  /** What it will hold, unless it is of a series; default "model". A folder of another kind is not replaced. */
  readonly kind?: DirectoryKind;
  /** Of a checkpoint of a series: how many are kept besides it; all, unless said. */
  readonly series?: { readonly keep: number | undefined };
}

/** A folder being filled; exactly one of `commit` and `abort` ends it. */
export interface Writing {
  readonly folder: string;
  /** @param written fingerprints of its files */
  commit(written: Fingerprints): void;
  abort(): void;
}

export function beginWriting({ target, kind, series }: Destination): Writing {
  if (series === undefined) return AtomicDirectory.begin(target, kind);
  const checkpoint = CheckpointInProgress.begin(path.dirname(target), path.basename(target));
  const { keep } = series;
  return {
    folder: checkpoint.folder,
    commit: (written) => void checkpoint.commit({ written, ...(keep !== undefined && { keep }) }),
    abort: () => checkpoint.abort(),
  };
}
