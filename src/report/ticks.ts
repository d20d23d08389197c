// Axis ticks at 1, 2 or 5 times a power of ten, and numbers short enough to stand beside them.

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly ticks: readonly number[];
}

/** A scale of about `numTicks` round steps that covers the finite values; [0, 1] when there are none. */
export function scaleOf(values: Iterable<number | null>, numTicks: number): Scale {
  const [low, high] = widened(extentOf(values));
  const step = roundStep((high - low) / numTicks);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    roundTo(step, (first + i) * step),
  );
  return { min: first * step, max: last * step, ticks };
}

/** `12000` -> `12k`, `0.0003` -> `3e-4`, `2.5` -> `2.5`. */
export function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (!Number.isFinite(value)) return String(value);
  if (size >= 1e6) return `${trim(value / 1e6)}M`;
  if (size >= 1e4) return `${trim(value / 1e3)}k`;
  if (size < 1e-3) return value.toExponential(2).replace(/\.?0+e/, "e");
  return trim(value);
}

/** From the least to the greatest finite value; [0, 1] when there are none. */
export function extentOf(values: Iterable<number | null>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value === null || !Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 1] : [low, high];
}

/** What an axis shows: of values that are all but equal, what is around them. */
export function widened([low, high]: readonly [number, number]): [number, number] {
  const margin = Math.abs(low) * 0.05 || 1;
  return isFlat([low, high]) ? [low - margin, high + margin] : [low, high];
}

/** All but equal. */
export function isFlat([low, high]: readonly [number, number]): boolean {
  return high - low <= Math.abs(high) * 1e-6;
}

function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function roundTo(step: number, value: number): number {
  const digits = Math.max(0, Math.min(20, 1 - Math.floor(Math.log10(step))));
  return Number(value.toFixed(digits));
}

function trim(value: number): string {
  return String(Number(value.toPrecision(4)));
}
