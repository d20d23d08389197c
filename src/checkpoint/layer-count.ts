// The number of layers that a configuration claims, beside those that the files hold. It is compared before anything is
// built: a model of a billion layers fills the memory with empty objects alone.
import { CheckpointError } from "./checkpoint-error.js";
import type { StoredWeights } from "./stored-weights.js";

export interface LayerCount {
  /** Field of config.json: "num_hidden_layers". */
  readonly field: string;
  readonly count: number;
  /** Beginning of the name of a layer's tensor, with the layer's number in parentheses. */
  readonly names: RegExp;
}

/** @throws CheckpointError naming both numbers when they differ */
export function requireLayerCount(
  weights: StoredWeights,
  { field, count, names }: LayerCount,
): void {
  const layers = new Set(weights.names.flatMap((name) => names.exec(name)?.[1] ?? []));
  if (layers.size === count) return;
  throw new CheckpointError(
    `holds the weights of ${layers.size} layers, its config.json says "${field}": ${count}; one of the two is of another model`,
    { path: weights.path },
  );
}
