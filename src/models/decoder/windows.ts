// Layers that see only the last tokens, as configurations say it.
import { boolean, type Check, integer, listOf, nullable, oneOf } from "../../arguments/checks.js";
import { size } from "../config-checks.js";

/** transformers' names: of layers that see all earlier tokens, and of those that see the last ones, as many as the window holds. */
export const LAYER_TYPES = ["full_attention", "sliding_attention"] as const;
/** What a layer sees. */
export type LayerType = (typeof LAYER_TYPES)[number];

/** All layers are of one type. */
export function allLayers(
  { numHiddenLayers }: { readonly numHiddenLayers: number },
  type: LayerType,
): readonly LayerType[] {
  return Array.from({ length: numHiddenLayers }, () => type);
}

/** Tokens that a token sees, itself included; null: all earlier ones. */
export const aWindow: Check<number | null> = nullable(size);

/** The types of all layers. */
export interface TypedLayers {
  /** What each layer sees: all earlier tokens, or those within `slidingWindow`. */
  readonly layerTypes: readonly LayerType[];
  /** Tokens that a token sees in sliding layers, itself included. */
  readonly slidingWindow: number | null;
}

/** The field that says the types; @param typeOf what a layer is where a file does not say it */
export function layerTypesField<C extends { readonly numHiddenLayers: number }>(
  typeOf: (config: C, index: number) => LayerType,
) {
  const typesOf = (config: C): readonly LayerType[] =>
    Array.from({ length: config.numHiddenLayers }, (_, index) => typeOf(config, index));
  const check: Check<readonly LayerType[]> = listOf({
    ...oneOf(...LAYER_TYPES),
    each: LAYER_TYPES.map((type) => `"${type}"`).join(" or "),
  });
  return { stored: "layer_types", check, default: typesOf, mayBeNull: true } as const;
}

/** What is wrong with the types, in words. @param window of the sliding layers */
export function layerTypesProblem<C extends TypedLayers & { readonly numHiddenLayers: number }>(
  { layerTypes, numHiddenLayers }: C,
  window: number | null,
  name: (field: keyof C & string) => string,
): string | undefined {
  if (layerTypes.length !== numHiddenLayers)
    return `${name("layerTypes")} must be as many as ${name("numHiddenLayers")}, got ${layerTypes.length} and ${numHiddenLayers}`;
  if (window === null && layerTypes.includes("sliding_attention"))
    return `${name("layerTypes")} has sliding layers, for which ${name("slidingWindow")} must say how many tokens they see, got none`;
  return undefined;
}

/** Windows that are switched on, for the layers after the first, as Qwen's. */
export interface SwitchedWindow extends TypedLayers {
  /** Whether there are sliding layers. */
  readonly useSlidingWindow: boolean;
  /** So many layers, from the first on, see all earlier tokens. */
  readonly maxWindowLayers: number;
}

type Switched = SwitchedWindow & { readonly numHiddenLayers: number };

/** The fields of `SwitchedWindow`. */
export const SWITCHED_WINDOW = {
  useSlidingWindow: { stored: "use_sliding_window", check: boolean, default: () => false },
  slidingWindow: { stored: "sliding_window", check: aWindow, default: () => 4096 },
  maxWindowLayers: { stored: "max_window_layers", check: integer({ min: 0 }), default: () => 28 },
  layerTypes: layerTypesField<Switched>((config, index) =>
    switchedWindow(config) !== null && index >= config.maxWindowLayers
      ? "sliding_attention"
      : "full_attention",
  ),
} as const;

/** Null: there is none. */
export function switchedWindow({ useSlidingWindow, slidingWindow }: SwitchedWindow): number | null {
  return useSlidingWindow ? slidingWindow : null;
}
