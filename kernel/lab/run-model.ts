// What the kernel puts into a notebook for a run.

import type { MetricsMetadata, Snapshot } from "notebooster/report";

export const RUN_MIME = "application/vnd.notebooster.run.v1+json";

export interface RunModel {
  readonly metadata: MetricsMetadata;
  readonly finished: boolean;
  readonly problem: string | null;
  readonly snapshot: Snapshot;
}
