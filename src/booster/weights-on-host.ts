// Which weights lie in host memory: a fraction of those of all blocks. To copy a layer takes about twice as long as to compute it, so layers
// on the host do not stand side by side while others are left. The head is the larger part of what comes after them, and needed in
// the middle of a step; embeddings come last.
import type { Module } from "../nn/module.js";
import type { Parameter } from "../tensor/parameter.js";
import { homesOf, unitsOf } from "./weight-units.js";

/** Weights that move together. */
interface Home {
  readonly parameters: Parameter[];
  readonly isLayer: boolean;
  numel: number;
}

/** As few as make up the fraction by elements; none that stand in no block. */
export function weightsOnHost(model: Module, fraction: number): ReadonlySet<Parameter> {
  if (fraction <= 0) return new Set();
  const homes = homesIn(model);
  const wanted = fraction * numelOf(homes);
  const layers = homes.filter(({ isLayer }) => isLayer);
  const chosen = spread(layers, wanted);
  for (const home of homes.filter(({ isLayer }) => !isLayer).reverse()) {
    if (numelOf(chosen) >= wanted) break;
    chosen.push(home);
  }
  return new Set(chosen.flatMap(({ parameters }) => parameters));
}

/** In the order of forward passes. */
function homesIn(model: Module): Home[] {
  const units = unitsOf(model);
  const layers = new Set(units.filter(({ isLayer }) => isLayer).map(({ name }) => name));
  const homes = new Map<string, Home>();
  for (const [parameter, name] of homesOf(units)) {
    const home = homes.get(name) ?? { parameters: [], isLayer: layers.has(name), numel: 0 };
    homes.set(name, home);
    home.parameters.push(parameter);
    home.numel += parameter.numel;
  }
  return [...homes.values()];
}

/** The fewest at equal distances that have so many elements, else all. */
function spread(layers: readonly Home[], wanted: number): Home[] {
  const { length } = layers;
  for (let count = 1; count <= length; count += 1) {
    const some = Array.from(
      { length: count },
      (_, i) => layers[Math.floor(((i + 0.5) * length) / count)] as Home,
    );
    if (numelOf(some) >= wanted) return some;
  }
  return [...layers];
}

function numelOf(homes: readonly Home[]): number {
  return homes.reduce((sum, { numel }) => sum + numel, 0);
}
