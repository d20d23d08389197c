// Rows of an imagined run for the tests of this folder.

import type { MetricsMetadata, MetricsRow } from "notebooster/report";

export const metadata: MetricsMetadata = {
  runId: "20260101-000000-imagined-0000",
  title: "imagined",
  startedAtMs: 1_767_225_600_000,
  totalSteps: 400,
  mfuFormula: "MFU = tokens/s × FLOP/token ÷ peak",
};

export function rowAt(step: number, changes: Partial<MetricsRow> = {}): MetricsRow {
  return {
    step,
    wall_ms: step * 100,
    loss: 2 + 3 * Math.exp(-step / 80),
    learning_rate: 3e-4,
    grad_norm: 1,
    tokens_per_s: 1000,
    mfu: 0.4,
    step_ms: 100,
    memory_allocated_bytes: 2 ** 31,
    memory_reserved_bytes: null,
    host_memory_bytes: 2 ** 29,
    rank: 0,
    ...changes,
  };
}

export function rowsTo(lastStep: number, changes: Partial<MetricsRow> = {}): MetricsRow[] {
  return Array.from({ length: lastStep }, (_, index) => rowAt(index + 1, changes));
}
