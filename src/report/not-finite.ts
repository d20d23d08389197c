// Where a curve has no finite value: NaN and infinities have no place on an axis, so the steps that have one are marked as a
// band across the panel, with what it is.

import type { Panel } from "./panels.js";

export interface Band {
  /** First and last step; a single step is both. */
  readonly from: number;
  readonly to: number;
  /** "NaN", "∞" or "-∞". */
  readonly text: string;
}

/** A run that goes in and out of NaN is marked this often; the last band then reaches to the end. */
const MAX_BANDS = 12;

/** The bands of a panel, of all its series, in order of steps. */
export function bandsOf({ series }: Panel): Band[] {
  const bands = series.flatMap(({ steps, values }) => bandsOfSeries(steps, values));
  return joined(bands.sort((a, b) => a.from - b.from));
}

/** "NaN", "∞" or "-∞"; undefined for a value that has a place on an axis. */
export function nameOfNotFinite(value: number | null): string | undefined {
  if (value === null || Number.isFinite(value)) return undefined;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "∞" : "-∞";
}

function bandsOfSeries(steps: readonly number[], values: readonly (number | null)[]): Band[] {
  const bands: Band[] = [];
  let open: { from: number; to: number; text: string } | undefined;
  for (const [index, step] of steps.entries()) {
    const text = nameOfNotFinite(values[index] ?? null);
    if (text !== open?.text) open = undefined;
    if (text === undefined) continue;
    if (open === undefined) {
      open = { from: step, to: step, text };
      bands.push(open);
    } else open.to = step;
  }
  return bands;
}

/** The same band of two series is one. */
function joined(bands: readonly Band[]): Band[] {
  const different = new Map(bands.map((band) => [JSON.stringify(band), band]));
  const all = [...different.values()];
  const last = all[MAX_BANDS - 1];
  if (all.length <= MAX_BANDS || last === undefined) return all;
  const to = Math.max(...all.map((band) => band.to));
  return [...all.slice(0, MAX_BANDS - 1), { ...last, to }];
}
