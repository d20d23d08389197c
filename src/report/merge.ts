// One series per quantity from the rows of many ranks: loss, learning rate, gradient norm, MFU and a run's own metrics are
// means over the ranks that know them, tokens/s is their sum, step time their maximum.

import { integer, requireValue } from "../arguments/checks.js";
import { requireRows } from "./arguments.js";
import { type MetricsRow, namesOfOthers } from "./metrics.js";

/** The whole run at one step. */
export interface MergedStep {
  /** Optimizer steps done, counting this one. */
  readonly step: number;
  /** Mean over the ranks that know it, nats per token. */
  readonly loss: number | null;
  /** Mean over the ranks that know it. */
  readonly learning_rate: number | null;
  /** Mean over the ranks that know it, before clipping. */
  readonly grad_norm: number | null;
  /** Null until every rank of the run has reported the step. */
  readonly tokens_per_s: number | null;
  /** Mean over the ranks that know it, 0 to 1. */
  readonly mfu: number | null;
  /** The slowest rank's time for the step, in milliseconds. */
  readonly step_ms: number;
  /** The run's own metrics at this step, by name. */
  readonly others: Readonly<Record<string, number>>;
}

/** Ranks that appear in the rows, ascending. */
export function ranksOf(rows: readonly MetricsRow[]): number[] {
  requireRows("ranksOf", rows);
  return [...new Set(rows.map((row) => row.rank))].sort((a, b) => a - b);
}

/** Merges the rows of all ranks step by step, in ascending order of step. */
export function mergeRanks(rows: readonly MetricsRow[]): MergedStep[] {
  requireRows("mergeRanks", rows);
  const numRanks = ranksOf(rows).length;
  const bySteps = new Map<number, MetricsRow[]>();
  for (const row of rows) {
    const group = bySteps.get(row.step);
    if (group) group.push(row);
    else bySteps.set(row.step, [row]);
  }
  return [...bySteps.entries()]
    .sort(([a], [b]) => a - b)
    .map(([step, group]) => mergeStep(step, group, numRanks));
}

function mergeStep(step: number, group: readonly MetricsRow[], numRanks: number): MergedStep {
  const tokens = known(group.map((row) => row.tokens_per_s));
  const complete = ranksOf(group).length === numRanks && tokens.length > 0;
  return {
    step,
    loss: mean(group.map((row) => row.loss)),
    learning_rate: mean(group.map((row) => row.learning_rate)),
    grad_norm: mean(group.map((row) => row.grad_norm)),
    tokens_per_s: complete ? sum(tokens) : null,
    mfu: mean(group.map((row) => row.mfu)),
    step_ms: Math.max(...group.map((row) => row.step_ms)),
    others: mergeOthers(group),
  };
}

function mergeOthers(group: readonly MetricsRow[]): Record<string, number> {
  const values = namesOfOthers(group).map((name) => [
    name,
    mean(group.map(({ others }) => others?.[name] ?? null)),
  ]);
  return Object.fromEntries(values) as Record<string, number>;
}

/**
 * At most `maxSteps` steps' rows. The steps are cut into equal runs, and each run keeps the step of its
 * lowest and of its highest loss, so that a spike survives; first and last step always stay, and so do steps with metrics of
 * the run's own, as long as they are few.
 */
export function decimate(rows: readonly MetricsRow[], maxSteps: number): MetricsRow[] {
  requireRows("decimate", rows);
  requireValue("decimate: maxSteps", maxSteps, integer({ min: 1 }));
  const merged = mergeRanks(rows);
  if (merged.length <= maxSteps) return [...rows];
  const noted = merged.filter(({ others }) => Object.keys(others).length > 0);
  const numNoted = noted.length <= maxSteps / 2 ? noted.length : 0;
  const kept = new Set([merged[0]?.step, merged.at(-1)?.step]);
  for (const { step } of noted.slice(0, numNoted)) kept.add(step);
  const numBuckets = Math.max(1, Math.floor((maxSteps - numNoted) / 2) - 1);
  for (let bucket = 0; bucket < numBuckets; bucket++) {
    const from = Math.floor((bucket * merged.length) / numBuckets);
    const to = Math.floor(((bucket + 1) * merged.length) / numBuckets);
    const byLoss = merged.slice(from, to).sort((a, b) => orderOf(a) - orderOf(b));
    kept.add(byLoss[0]?.step).add(byLoss.at(-1)?.step);
  }
  return rows.filter((row) => kept.has(row.step));
}

function orderOf(point: MergedStep): number {
  return point.loss === null || !Number.isFinite(point.loss) ? Number.MAX_VALUE : point.loss;
}

function known(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly (number | null)[]): number | null {
  const present = known(values);
  return present.length === 0 ? null : sum(present) / present.length;
}
