// The newest values of a run in one line: what stands above its picture and in place of it where only text shows.

import { requireRun } from "./arguments.js";
import { mergeRanks, ranksOf } from "./merge.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";
import { clock } from "./progress-text.js";
import { shortNumber } from "./ticks.js";

/** `step 90/200 · loss 3.2101 · lr 3e-4 · grad norm 0.9 · 12.3k tokens/s · MFU 41.2 % · 2 ranks · 0:42` */
export function summaryLine(rows: readonly MetricsRow[], metadata: MetricsMetadata): string {
  requireRun("summaryLine", rows, metadata);
  const merged = mergeRanks(rows);
  const last = merged.at(-1);
  if (!last) return "waiting for the first step";
  const complete = merged.findLast((point) => point.tokens_per_s !== null);
  const numRanks = ranksOf(rows).length;
  const total = metadata.totalSteps === undefined ? "" : `/${metadata.totalSteps}`;
  const parts = [
    `step ${last.step}${total}`,
    last.loss === null ? "" : `loss ${last.loss.toFixed(4)}`,
    last.learning_rate === null ? "" : `lr ${shortNumber(last.learning_rate)}`,
    last.grad_norm === null ? "" : `grad norm ${last.grad_norm.toPrecision(3)}`,
    throughputOf(complete?.tokens_per_s ?? null),
    last.mfu === null ? "" : `MFU ${(last.mfu * 100).toFixed(1)} %`,
    numRanks > 1 ? `${numRanks} ranks` : "",
    clock(rows.reduce((latest, row) => Math.max(latest, row.wall_ms), 0)),
  ];
  return parts.filter(Boolean).join(" · ");
}

function throughputOf(tokensPerS: number | null): string {
  return tokensPerS === null ? "" : `${shortNumber(Number(tokensPerS.toPrecision(3)))} tokens/s`;
}
