// What all layers of a forward pass see. Layers of one type see the same: tokens turned by the same angles, and as many of them.

import type { DType } from "../../tensor/dtype.js";
import { type CausalLMInput, checkInput, type InputLimits } from "../causal-lm-input.js";
import type { RotaryEmbedding, Rotation } from "../rotary/embedding.js";
import {
  type MaskedTokens,
  maskedTokens,
  type VisibleTokens,
  visibleTokens,
} from "../visible-tokens.js";
import type { LayerType } from "./windows.js";

/** What layers of one type see. */
export interface LayerView {
  readonly rotation: Rotation;
  /** Tokens that each token sees, itself included; infinite: all earlier ones. */
  readonly window: number;
  readonly scores: SeenScores;
}

/**
 * Which scores are made, and whether they stay below a cap: cap tanh(score / cap). No kernel of whole texts bends them, so those have masks.
 * What is visible is undefined also where a cache whose shapes are fixed knows it, within the window.
 */
export type SeenScores =
  | { readonly softCap: null; readonly visible: VisibleTokens | undefined }
  | { readonly softCap: number; readonly visible: MaskedTokens | undefined };

/** What all blocks of a forward pass see. */
export interface DecoderPass extends CausalLMInput {
  /** Of the types that the model's layers have. */
  readonly views: Readonly<Partial<Record<LayerType, LayerView>>>;
}

/** How the layers of one type see. */
export interface Sight {
  readonly rotary: RotaryEmbedding;
  /** Tokens that each token sees, itself included; infinite: all earlier ones. */
  readonly window: number;
  /** Scores stay below it; null: they are not bent. */
  readonly softCap: number | null;
}

/** Checks the input and makes what the layers share. */
export function beginPass(
  input: CausalLMInput,
  model: InputLimits & { readonly dtype: DType },
  sights: ReadonlyMap<LayerType, Sight>,
): DecoderPass {
  checkInput(input, model);
  const { inputIds, positionIds, cache } = input;
  const { dtype } = model;
  const place = { dtype, device: inputIds.device };
  const rotationOf = (rotary: RotaryEmbedding): Rotation =>
    positionIds === undefined
      ? rotary.at(cache?.length ?? 0, inputIds.shape[1] as number, place)
      : rotary.of(positionIds, place);
  const views = [...sights].map(([type, { rotary, window, softCap }]) => {
    const view = {
      rotation: rotationOf(rotary),
      window,
      scores: scoresOf(input, dtype, { window, softCap }),
    };
    return [type, view satisfies LayerView];
  });
  return { ...input, views: Object.fromEntries(views) };
}

function scoresOf(
  input: CausalLMInput,
  dtype: DType,
  { window, softCap }: Pick<Sight, "window" | "softCap">,
): SeenScores {
  const isKnown = input.cache?.slot !== undefined;
  return softCap === null
    ? { softCap, visible: isKnown ? undefined : visibleTokens(input, dtype, window) }
    : { softCap, visible: isKnown ? undefined : maskedTokens(input, dtype, window) };
}
