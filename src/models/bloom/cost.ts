// What BLOOM's layers keep between the passes, in the order in which it is made. C hidden.
import type { BloomConfig } from "./config.js";

/** Widths of what a layer keeps of each row. */
export function keptWidths({ hiddenSize: c }: BloomConfig): readonly number[] {
  const attention = [c, c, 3 * c, c]; // input, norm, queries with keys and values, output
  const mlp = [c, c, 4 * c, 4 * c]; // sum, norm, inner, activation
  return [...attention, ...mlp];
}
