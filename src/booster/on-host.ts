// Whose optimizer state lies in host memory: of a fraction of all weights that are trained, those that a forward pass comes to last. Their
// gradients come first, and their weights are needed last: what moves has the most time to do so.
import type { Parameter } from "../tensor/parameter.js";

/** State of so small a part of all is not worth copies of its own, unless all of it is to lie on the host. */
const MIN_PART = 1e-4;

/**
 * As few as make up the fraction: on the device there is no more than what is left of it.
 * @param trained in the order in which backward passes come to them
 */
export function stateOnHost(trained: readonly Parameter[], fraction: number): Set<Parameter> {
  if (fraction >= 1) return new Set(trained);
  const all = trained.reduce((sum, { numel }) => sum + numel, 0);
  const chosen = new Set<Parameter>();
  let left = fraction * all;
  for (const each of trained) {
    if (left <= 0) break;
    if (each.numel < MIN_PART * all) continue;
    left -= each.numel;
    chosen.add(each);
  }
  return chosen;
}
