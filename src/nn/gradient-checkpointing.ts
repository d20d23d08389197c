// Which layers of a model are computed again in the backward pass, and what of them.
import { integer, oneOf } from "../arguments/checks.js";
import { checkOptions, type OptionTable } from "../arguments/options.js";

/** What of a layer is computed again: all of it, or what norms and activations give to linear layers. */
export type RecomputeGranularity = "full" | "selective";

/** Options of `gradientCheckpointingEnable`. */
export interface GradientCheckpointingOptions {
  /** So many layers, from the first on, are computed again; default all, 0 is none. */
  readonly layers?: number;
  /**
   * What of a layer is computed again, by the names of Megatron-LM: "full", all of it from its input, or "selective", only what norms and
   * activations give to the linear layers right after them, which costs no product (Korthikanti et al. 2022). Default "full".
   */
  readonly granularity?: RecomputeGranularity;
  /** With "selective": so many of these layers, from the first on, are computed again in full; default 0. */
  readonly fullLayers?: number;
}

const OPTIONS: OptionTable<GradientCheckpointingOptions> = {
  layers: integer({ min: 0 }),
  granularity: oneOf("full", "selective"),
  fullLayers: integer({ min: 0 }),
};

/** Layers counted from the first on: up to `full` all of them is computed again, from there to `end` norms and activations. */
export interface RecomputedLayers {
  readonly full: number;
  readonly end: number;
}

export const NO_LAYERS: RecomputedLayers = { full: 0, end: 0 };

/**
 * @param of who asks, for errors
 * @throws TypeError or RangeError of `gradientCheckpointingEnable`
 */
export function recomputedLayers(
  of: string,
  options: GradientCheckpointingOptions,
): RecomputedLayers {
  checkOptions(of, options, OPTIONS);
  const { layers = Number.POSITIVE_INFINITY, granularity = "full", fullLayers } = options;
  if (granularity === "selective" && (fullLayers ?? 0) <= layers)
    return { full: fullLayers ?? 0, end: layers };
  if (fullLayers === undefined) return { full: layers, end: 0 };
  throw new RangeError(
    granularity === "full"
      ? `${of}: fullLayers is for granularity "selective", got ${fullLayers} with "full"; say layers: ${fullLayers} in its place`
      : `${of}: fullLayers must be at most layers, got ${fullLayers} of ${layers}`,
  );
}
