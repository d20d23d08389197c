// Where a save goes, as data: a checkpoint of a series, or a folder that is replaced.
import path from "node:path";
import { AtomicDirectory } from "./atomic-directory.js";
import { CheckpointInProgress } from "./latest-checkpoint.js";

export interface Destination {
  /** The folder that will stand there. */
  readonly target: string;
  /** Of a checkpoint of a series: how many are kept besides it; all, unless said. */
  readonly series?: { readonly keep: number | undefined };
}

/** A folder being filled; exactly one of `commit` and `abort` ends it. */
export interface Writing {
  readonly folder: string;
  commit(): void;
  abort(): void;
}

export function beginWriting({ target, series }: Destination): Writing {
  if (series === undefined) return AtomicDirectory.begin(target);
  const checkpoint = CheckpointInProgress.begin(path.dirname(target), path.basename(target));
  const { keep } = series;
  return {
    folder: checkpoint.folder,
    commit: () => void checkpoint.commit(keep === undefined ? {} : { keep }),
    abort: () => checkpoint.abort(),
  };
}
