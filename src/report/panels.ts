// What a picture of a run shows, apart from how it is drawn: six panels, each a quantity over optimizer steps,
// with the unit of its axis. Every figure (PNG, Plotly, the live plot) draws these.

import { requireRun } from "./arguments.js";
import { type MergedStep, mergeRanks, ranksOf } from "./merge.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";

/** A line of a panel. */
export interface PanelSeries {
  /** Shown in the legend. */
  readonly name: string;
  /** Optimizer steps, the horizontal axis. */
  readonly steps: readonly number[];
  /** In the panel's unit; null where unknown. */
  readonly values: readonly (number | null)[];
}

/** One quantity over optimizer steps. */
export interface Panel {
  /** Shown above the panel. */
  readonly title: string;
  /** Unit of the vertical axis, in words. */
  readonly unit: string;
  /** Lines of the panel. */
  readonly series: readonly PanelSeries[];
  /** The axis starts at 0, because the size of the quantity matters and not only its change. */
  readonly fromZero: boolean;
  /** How the quantity is defined, where that needs saying. */
  readonly note?: string;
}

/** The six panels of a run: loss, gradient norm, learning rate, throughput, MFU or step time, memory. */
export function panelsOf(rows: readonly MetricsRow[], metadata: MetricsMetadata): readonly Panel[] {
  requireRun("panelsOf", rows, metadata);
  const merged = mergeRanks(rows);
  return [
    merge(merged, { title: "Training loss", unit: "nats per token", key: "loss" }),
    merge(merged, { title: "Gradient norm", unit: "L2 norm, before clipping", key: "grad_norm" }),
    merge(merged, { title: "Learning rate", unit: "per step", key: "learning_rate" }),
    merge(merged, { title: "Throughput", unit: "tokens/s", key: "tokens_per_s", fromZero: true }),
    utilisationPanel(merged, metadata),
    memoryPanel(rows),
  ];
}

interface MergedPanel {
  readonly title: string;
  readonly unit: string;
  readonly key: keyof MergedStep;
  readonly factor?: number;
  readonly fromZero?: boolean;
}

function merge(merged: readonly MergedStep[], panel: MergedPanel): Panel {
  const { title, unit, key, factor = 1, fromZero = false } = panel;
  const steps = merged.map((point) => point.step);
  const values = merged.map((point) => scaled(point[key], factor));
  return { title, unit, fromZero, series: [{ name: title, steps, values }] };
}

function utilisationPanel(merged: readonly MergedStep[], metadata: MetricsMetadata): Panel {
  if (merged.every((point) => point.mfu === null)) {
    return merge(merged, {
      title: "Step time",
      unit: "ms per step",
      key: "step_ms",
      fromZero: true,
    });
  }
  const unit = "% of peak FLOP/s";
  const panel = merge(merged, { title: "MFU", unit, key: "mfu", factor: 100, fromZero: true });
  return { ...panel, ...(metadata.mfuFormula ? { note: metadata.mfuFormula } : {}) };
}

const MEMORY_KEYS = [
  "memory_allocated_bytes",
  "memory_reserved_bytes",
  "host_memory_bytes",
] as const;
type MemoryKey = (typeof MEMORY_KEYS)[number];
const MEMORY_NAMES: Record<MemoryKey, string> = {
  memory_allocated_bytes: "allocated",
  memory_reserved_bytes: "reserved",
  host_memory_bytes: "process (RSS)",
};

function memoryPanel(rows: readonly MetricsRow[]): Panel {
  const ranks = ranksOf(rows);
  const known = MEMORY_KEYS.filter((key) => rows.some((row) => row[key] !== null));
  const shown = ranks.length > 1 ? known.slice(0, 1) : known;
  const largest = rows.reduce((top, row) => Math.max(top, ...shown.map((key) => row[key] ?? 0)), 0);
  const [unit, bytes] = largest >= 2 ** 30 ? ["GiB", 2 ** 30] : ["MiB", 2 ** 20];
  const series = ranks.flatMap((rank) => {
    const ofRank = rows.filter((row) => row.rank === rank).sort((a, b) => a.step - b.step);
    return shown.map((key) => ({
      name: ranks.length > 1 ? `rank ${rank}` : MEMORY_NAMES[key],
      steps: ofRank.map((row) => row.step),
      values: ofRank.map((row) => scaled(row[key], 1 / Number(bytes))),
    }));
  });
  const kind = shown.length === 1 && shown[0] ? `, ${MEMORY_NAMES[shown[0]]}` : "";
  return { title: "Memory per rank", unit: `${unit}${kind}`, fromZero: true, series };
}

function scaled(value: number | null, factor: number): number | null {
  return value === null || !Number.isFinite(value) ? null : value * factor;
}
