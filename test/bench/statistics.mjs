// Medians and percentiles of a list of measurements, and rounding for print.

/** The p-th percentile (0 to 100) by the nearest-rank rule. */
export function percentile(values, p) {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((p / 100) * sorted.length);
  return sorted[Math.max(rank - 1, 0)];
}

export function median(values) {
  return percentile(values, 50);
}

/** Three significant digits: more would be noise. */
export function rounded(value) {
  return Number(value.toPrecision(3));
}

/** Prints one measurement as a JSON line. */
export function report(line) {
  const isNumber = (value) => typeof value === "number";
  const entries = Object.entries(line).map(([key, value]) => [
    key,
    isNumber(value) ? rounded(value) : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(entries)));
}
