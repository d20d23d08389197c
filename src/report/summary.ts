// The newest values of a run in one line: what stands above its picture and in place of it where only text shows.

import type { RunOutcome } from "../host/index.js";
import { requireRun } from "./arguments.js";
import { type MergedStep, mergeRanks, ranksOf } from "./merge.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";
import { nameOfNotFinite } from "./not-finite.js";
import { clock } from "./progress-text.js";
import { shortNumber } from "./ticks.js";

/** An MFU above this is no speed: the peak or the FLOPs per token are wrong. */
const MAX_MFU = 1;

/** `step 90/200 · loss 3.2101 · lr 3e-4 · grad norm 0.9 · 12.3k tokens/s · MFU 41.2 % · 2 ranks · 0:42` */
export function summaryLine(
  rows: readonly MetricsRow[],
  metadata: MetricsMetadata,
  outcome?: RunOutcome,
): string {
  requireRun("summaryLine", rows, metadata);
  const merged = mergeRanks(rows);
  const last = merged.at(-1);
  const end = outcome === "finished" ? "" : (outcome ?? "");
  if (!last) return outcome ? `${outcome} before the first step` : "waiting for the first step";
  const names = [...new Set(merged.flatMap(({ others }) => Object.keys(others)))];
  const complete = merged.findLast((point) => point.tokens_per_s !== null);
  const numRanks = ranksOf(rows).length;
  const total = metadata.totalSteps === undefined ? "" : `/${metadata.totalSteps}`;
  const parts = [
    end,
    `step ${last.step}${total}`,
    newest(
      merged,
      "loss",
      ({ loss }) => loss,
      (loss) => loss.toFixed(4),
    ),
    ...names.map((name) => newest(merged, name, ({ others }) => others[name] ?? null, fourDigits)),
    newest(merged, "lr", (point) => point.learning_rate, shortNumber),
    newest(
      merged,
      "grad norm",
      (point) => point.grad_norm,
      (norm) => norm.toPrecision(3),
    ),
    throughputOf(complete?.tokens_per_s ?? null),
    mfuOf(last.mfu),
    numRanks > 1 ? `${numRanks} ranks` : "",
    clock(rows.reduce((latest, row) => Math.max(latest, row.wall_ms), 0)),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** A quantity's newest value; one that is not finite with the step since which it is none. */
function newest(
  merged: readonly MergedStep[],
  name: string,
  read: (point: MergedStep) => number | null,
  textOf: (value: number) => string,
): string {
  const known = merged.filter((point) => read(point) !== null);
  const value = known.at(-1) && read(known.at(-1) as MergedStep);
  if (value === null || value === undefined) return "";
  const odd = nameOfNotFinite(value);
  if (odd === undefined) return `${name} ${textOf(value)}`;
  const lastFinite = known.findLastIndex((point) => Number.isFinite(read(point)));
  return `${name} ${odd} (since step ${known[lastFinite + 1]?.step})`;
}

function fourDigits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function mfuOf(mfu: number | null): string {
  if (mfu === null) return "";
  const percent = `MFU ${(mfu * 100).toFixed(1)} %`;
  return mfu <= MAX_MFU
    ? percent
    : `${percent} (over 100 %: are peakFlops and flopsPerToken right?)`;
}

function throughputOf(tokensPerS: number | null): string {
  return tokensPerS === null ? "" : `${shortNumber(Number(tokensPerS.toPrecision(3)))} tokens/s`;
}
