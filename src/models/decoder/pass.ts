// What all layers of a forward pass see. Layers of one type see the same: tokens turned by the same angles, and as many of them.

import type { DType } from "../../tensor/dtype.js";
import { type CausalLMInput, checkInput, type InputLimits } from "../causal-lm-input.js";
import type { RotaryEmbedding, Rotation } from "../rotary/embedding.js";
import { type VisibleTokens, visibleTokens } from "../visible-tokens.js";
import type { LayerType } from "./windows.js";

/** What layers of one type see. */
export interface LayerView {
  readonly rotation: Rotation;
  /** Undefined also where a cache whose shapes are fixed knows it, within the window. */
  readonly visible: VisibleTokens | undefined;
  /** Tokens that each token sees, itself included; infinite: all earlier ones. */
  readonly window: number;
}

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
  const views = [...sights].map(([type, { rotary, window }]) => [
    type,
    {
      ...{ rotation: rotationOf(rotary), window },
      visible: cache?.slot === undefined ? visibleTokens(input, dtype, window) : undefined,
    },
  ]);
  return { ...input, views: Object.fromEntries(views) };
}
