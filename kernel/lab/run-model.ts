// What the kernel puts into a notebook for a run.

import type { RunOutcome } from "notebooster/host";
import type { MetricsMetadata, Snapshot } from "notebooster/report";

export const RUN_MIME = "application/vnd.notebooster.run.v1+json";

export interface RunModel {
  readonly metadata: MetricsMetadata;
  /** Whether it has ended. */
  readonly finished: boolean;
  /** How it ended; absent in notebooks of earlier versions. */
  readonly outcome?: RunOutcome | null;
  readonly problem: string | null;
  readonly snapshot: Snapshot;
}

/** How the run of a saved output ended; undefined where it had not. */
export function outcomeOf({ finished, outcome }: RunModel): RunOutcome | undefined {
  return finished ? (outcome ?? "finished") : undefined;
}
