// The blocks of a T5: the embedding and each layer of the encoder, its norm, the same of the decoder, and the head. Between the
// encoder's travel the stream and what distances add to scores; between the decoder's what the encoder gave as well.
import { blockCost } from "../../nn/cost.js";
import type { Linear } from "../../nn/linear.js";
import { type Block, block, type Carried } from "../../nn/model.js";
import type { Tensor } from "../../tensor/tensor.js";
import { tokenLoss } from "../classification.js";
import type { MaskedTokens } from "../visible-tokens.js";
import type { T5Config } from "./config.js";
import { embeddingCost, headCost, layerCost } from "./cost.js";
import type { WholeInput } from "./input.js";
import type { T5DecoderBlock, T5EncoderBlock, T5Stack } from "./layers.js";
import { positionBias } from "./position-bias.js";

/** What all blocks of a forward pass see. */
export interface Pass extends WholeInput {
  /** Of the encoder's tokens. */
  readonly encoderVisible: MaskedTokens | undefined;
  /** Of the decoder's, for one another. */
  readonly decoderVisible: MaskedTokens;
}

type Encoding = { readonly hidden: Tensor; readonly bias: Tensor }; // (B, Te, C), (1 or B, H, Te, Te)
type Decoding = Encoding & { readonly encoded: Tensor }; // (B, T, C), (1 or B, H, T, Tk), (B, Te, C)

/** They do nothing where what they would give is given. */
export function encoderBlocks(
  encoder: T5Stack<T5EncoderBlock>,
  config: T5Config,
): readonly Block<Pass>[] {
  const embeddings = [encoder.embedTokens, encoder.distances] as const;
  return [
    block(
      "encoder.embed_tokens",
      embeddings,
      (_, { inputIds, encoderOutput, encoderVisible }: Pass): Carried => {
        if (inputIds === undefined || encoderOutput !== undefined) return {};
        const numTokens = inputIds.shape[1] as number;
        const places = { numQueries: numTokens, numKeys: numTokens };
        const bias = positionBias(encoder.distances, places, { ...config, bothWays: true });
        const mask = encoderVisible?.mask;
        return {
          hidden: encoder.embed(inputIds),
          bias: mask === undefined ? bias : bias.add(mask),
        };
      },
      { cost: (shape) => embeddingCost(embeddings, config, shape) },
    ),
    ...encoder.block.map((layer, index) =>
      block(
        `encoder.block.${index}`,
        [layer],
        ({ hidden, bias }: Encoding, { encoderOutput, encoderVisible }: Pass): Carried =>
          encoderOutput === undefined
            ? { hidden: layer.forward(hidden, { ...encoderVisible, mask: bias }), bias }
            : {},
        { isLayer: true, cost: (shape) => layerCost(layer, config, { shape, numAttentions: 1 }) },
      ),
    ),
    block(
      "encoder.final_layer_norm",
      [encoder.finalLayerNorm],
      ({ hidden }: Encoding, { encoderOutput }: Pass) => ({
        encoded: encoderOutput ?? encoder.finish(hidden),
      }),
      { cost: (shape) => blockCost([encoder.finalLayerNorm], shape) },
    ),
  ];
}

/** The decoder's and the head's. */
export function decoderBlocks(
  decoder: T5Stack<T5DecoderBlock>,
  lmHead: Linear,
  config: T5Config,
): readonly Block<Pass>[] {
  const embeddings = [decoder.embedTokens, decoder.distances] as const;
  const head = [decoder.finalLayerNorm, lmHead] as const;
  return [
    block(
      "decoder.embed_tokens",
      embeddings,
      ({ encoded }: Pick<Decoding, "encoded">, pass: Pass) => {
        const { decoderInputIds: ids, decoderVisible, cache } = pass;
        const numQueries = ids.shape[1] as number;
        const numKeys = cache?.tokens.numKeys(numQueries) ?? numQueries;
        const places = { queries: cache?.tokens.slot, numQueries, numKeys };
        const bias = positionBias(decoder.distances, places, { ...config, bothWays: false });
        return { hidden: decoder.embed(ids), bias: bias.add(decoderVisible.mask), encoded };
      },
      { cost: (shape) => embeddingCost(embeddings, config, shape) },
    ),
    ...decoder.block.map((layer, index) =>
      block(
        `decoder.block.${index}`,
        [layer],
        ({ hidden, encoded, bias }: Decoding, pass: Pass) => {
          const visible = { ...pass.decoderVisible, mask: bias };
          const read = { encoded, visible: pass.encoderVisible };
          const place = { cache: pass.cache, layer: index };
          return { hidden: layer.forward(hidden, visible, read, place), encoded, bias };
        },
        { isLayer: true, cost: (shape) => layerCost(layer, config, { shape, numAttentions: 2 }) },
      ),
    ),
    block(
      "lm_head",
      head,
      ({ hidden, encoded }: Decoding, { labels }: Pass): Carried => {
        const finished = decoder.finish(hidden);
        const { scaleDecoderOutputs, dModel } = config;
        const logits = lmHead.forward(
          scaleDecoderOutputs ? finished.mul(dModel ** -0.5) : finished,
        );
        if (labels === undefined) return { logits, encoded };
        return { logits, encoded, loss: tokenLoss(logits, labels) };
      },
      { cost: (shape) => headCost(head, config, shape) },
    ),
  ];
}
