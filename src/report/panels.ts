// What a picture of a run shows, apart from how it is drawn: a panel for each quantity that the run knows, over its steps.
// Every figure (PNG, Plotly, the live plot) draws these. A unit is named where it is known: what a loop gives as its loss may
// be in any.

import { requireRun } from "./arguments.js";
import { type MergedStep, mergeRanks, ranksOf } from "./merge.js";
import type { MetricsMetadata, MetricsRow } from "./metrics.js";

/** A line of a panel. */
export interface PanelSeries {
  /** Shown in the legend. */
  readonly name: string;
  /** Optimizer steps, the horizontal axis. */
  readonly steps: readonly number[];
  /** In the panel's unit; null where unknown, NaN and infinities as they are. */
  readonly values: readonly (number | null)[];
}

/** One quantity over optimizer steps. */
export interface Panel {
  /** Shown above the panel. */
  readonly title: string;
  /** Unit of the vertical axis, in words; empty where it is not known. */
  readonly unit: string;
  /** Lines of the panel. */
  readonly series: readonly PanelSeries[];
  /** The axis starts at 0, because the size of the quantity matters and not only its change. */
  readonly fromZero: boolean;
  /** What the horizontal axis counts, "step" unless it says. */
  readonly across?: string;
  /** How the quantity is defined, where that needs saying. */
  readonly note?: string;
}

/** The panels of a run; a run's own metrics whose name ends in "loss" are drawn beside its loss. */
export function panelsOf(rows: readonly MetricsRow[], metadata: MetricsMetadata): readonly Panel[] {
  requireRun("panelsOf", rows, metadata);
  const merged = mergeRanks(rows);
  const names = [...new Set(merged.flatMap(({ others }) => Object.keys(others)))];
  const losses = names.filter((name) => /loss$/i.test(name));
  const own = names.filter((name) => !losses.includes(name));
  const panels = [
    merge(merged, { title: "Loss", key: "loss" }),
    ...own.map((name) => panelOf(name, [ownSeries(merged, name)])),
    merge(merged, { title: "Gradient norm", key: "grad_norm" }),
    merge(merged, { title: "Learning rate", key: "learning_rate" }),
    merge(merged, { title: "Throughput", unit: "tokens/s", key: "tokens_per_s", fromZero: true }),
    utilisationPanel(merged, metadata),
    memoryPanel(rows),
  ];
  return withLosses(
    panels,
    losses.map((name) => ownSeries(merged, name)),
  ).filter(isKnown);
}

/** The loss and its relatives in one panel. */
function withLosses([loss, ...rest]: readonly Panel[], relatives: readonly PanelSeries[]): Panel[] {
  if (loss === undefined) return [];
  const [own] = loss.series;
  const series = [...(own ? [{ ...own, name: "loss" }] : []), ...relatives].filter(hasValues);
  return [panelOf(loss.title, series), ...rest];
}

function panelOf(title: string, series: readonly PanelSeries[]): Panel {
  return { title, unit: "", fromZero: false, series };
}

/** A metric of the run's own: it need not be there at every step, and is drawn from one value to the next. */
function ownSeries(merged: readonly MergedStep[], name: string): PanelSeries {
  const points = merged.filter(({ others }) => others[name] !== undefined);
  const values = points.map(({ others }) => others[name] ?? null);
  return { name, steps: points.map(({ step }) => step), values };
}

function isKnown({ series }: Panel): boolean {
  return series.some(hasValues);
}

function hasValues({ values }: PanelSeries): boolean {
  return values.some((value) => value !== null);
}

interface MergedPanel {
  readonly title: string;
  readonly unit?: string;
  readonly key: Exclude<keyof MergedStep, "others">;
  readonly factor?: number;
  readonly fromZero?: boolean;
}

function merge(merged: readonly MergedStep[], panel: MergedPanel): Panel {
  const { title, unit = "", key, factor = 1, fromZero = false } = panel;
  const steps = merged.map((point) => point.step);
  const values = merged.map((point) => scaled(point[key], factor));
  return { title, unit, fromZero, series: [{ name: title, steps, values }] };
}

function utilisationPanel(merged: readonly MergedStep[], metadata: MetricsMetadata): Panel {
  if (merged.every((point) => point.mfu === null)) {
    return merge(merged, { title: "Step time", unit: "ms", key: "step_ms", fromZero: true });
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
  return value === null ? null : value * factor;
}
