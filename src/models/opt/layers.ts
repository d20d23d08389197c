// The parts of an OPT (Zhang et al. 2022): attention and a plain MLP, with layer norms before them or after.
// Shapes: B batch, T tokens, C hidden, H heads, D head dim.
import { productsOf } from "../../lora/shared-input.js";
import { Dropout } from "../../nn/dropout.js";
import { Embedding } from "../../nn/embedding.js";
import { LayerNorm } from "../../nn/layer-norm.js";
import { Linear } from "../../nn/linear.js";
import { Module } from "../../nn/module.js";
import type { Tensor } from "../../tensor/tensor.js";
import { activation } from "../activation.js";
import type { CausalLMInput } from "../causal-lm-input.js";
import { joinHeads, splitHeads } from "../decoder/attention.js";
import { causalAttention, type VisibleTokens } from "../visible-tokens.js";
import type { OPTConfig } from "./config.js";

/** What all blocks of a forward pass see. */
export interface Pass extends CausalLMInput {
  /** (T) or (B, T) int64, -1 for padding */
  readonly positions: Tensor;
  readonly visible: VisibleTokens | undefined;
}

/** The first rows of the table of positions: one of padding, and one without a use. */
const POSITION_OFFSET = 2;

class OPTAttention extends Module {
  readonly kProj: Linear;
  readonly vProj: Linear;
  readonly qProj: Linear;
  readonly outProj: Linear;
  readonly #headDim: number;
  /** Of attention weights, while training. */
  readonly dropoutRate: number;
  readonly #layer: number;

  constructor({ hiddenSize, headDim, enableBias, attentionDropout }: OPTConfig, layer: number) {
    super();
    const options = { bias: enableBias, initialize: false };
    this.kProj = new Linear(hiddenSize, hiddenSize, options);
    this.vProj = new Linear(hiddenSize, hiddenSize, options);
    this.qProj = new Linear(hiddenSize, hiddenSize, options);
    this.outProj = new Linear(hiddenSize, hiddenSize, options);
    this.#headDim = headDim;
    this.dropoutRate = attentionDropout;
    this.#layer = layer;
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, { cache, visible }: Pass): Tensor {
    const projected = productsOf(x, [this.qProj, this.kProj, this.vProj]);
    const heads = projected.map((each) => splitHeads(each, this.#headDim)); // (B, H, T, D)
    const [queries, k, v] = heads as [Tensor, Tensor, Tensor];
    const { keys, values } = cache?.append(this.#layer, k, v) ?? { keys: k, values: v };
    const dropout = this.training ? this.dropoutRate : 0;
    return this.outProj.forward(
      joinHeads(causalAttention([queries, keys, values], visible, { dropout })),
    );
  }
}

export class OPTLayer extends Module {
  readonly selfAttn: OPTAttention;
  readonly selfAttnLayerNorm: LayerNorm;
  readonly fc1: Linear;
  readonly fc2: Linear;
  readonly finalLayerNorm: LayerNorm;
  readonly dropout: Dropout;
  readonly #activation: (x: Tensor) => Tensor;
  readonly #normsBefore: boolean;

  constructor(config: OPTConfig, layer: number) {
    super();
    const { hiddenSize, ffnDim, enableBias: bias } = config;
    this.selfAttn = new OPTAttention(config, layer);
    this.selfAttnLayerNorm = normOf(config);
    this.fc1 = new Linear(hiddenSize, ffnDim, { bias, initialize: false });
    this.fc2 = new Linear(ffnDim, hiddenSize, { bias, initialize: false });
    this.finalLayerNorm = normOf(config);
    this.dropout = new Dropout(config.dropout);
    this.#activation = activation(config.activationFunction);
    this.#normsBefore = config.doLayerNormBefore;
  }

  /** x (B, T, C) -> (B, T, C) */
  forward(x: Tensor, pass: Pass): Tensor {
    const attend = (given: Tensor): Tensor =>
      this.dropout.forward(this.selfAttn.forward(given, pass));
    if (this.#normsBefore) {
      const attended = attend(this.selfAttnLayerNorm.forward(x));
      const { normed, sum } = this.finalLayerNorm.forwardAdd(attended, x);
      return sum.add(this.#mlp(normed));
    }
    const middle = this.selfAttnLayerNorm.forwardAdd(attend(x), x).normed;
    return this.finalLayerNorm.forwardAdd(this.#mlp(middle), middle).normed;
  }

  #mlp(x: Tensor): Tensor {
    return this.dropout.forward(this.fc2.forward(this.#activation(this.fc1.forward(x))));
  }
}

/** Everything below the head. */
export class OPTDecoder extends Module {
  readonly embedTokens: Embedding;
  readonly embedPositions: Embedding;
  readonly projectOut: Linear | undefined;
  readonly projectIn: Linear | undefined;
  readonly finalLayerNorm: LayerNorm | undefined;
  readonly layers: OPTLayer[];

  constructor(config: OPTConfig) {
    super();
    const { hiddenSize, wordEmbedProjDim, maxPositionEmbeddings } = config;
    const drawnLater = { initialize: false };
    const unbiased = { bias: false, initialize: false };
    this.embedTokens = new Embedding(config.vocabSize, wordEmbedProjDim, {
      paddingIdx: config.padTokenId, // as in transformers: its vector is not trained
      ...drawnLater,
    });
    const numPositions = maxPositionEmbeddings + POSITION_OFFSET;
    this.embedPositions = new Embedding(numPositions, hiddenSize, drawnLater);
    const isProjected = wordEmbedProjDim !== hiddenSize;
    this.projectOut = isProjected ? new Linear(hiddenSize, wordEmbedProjDim, unbiased) : undefined;
    this.projectIn = isProjected ? new Linear(wordEmbedProjDim, hiddenSize, unbiased) : undefined;
    const hasNorm = config.doLayerNormBefore && !config.removeFinalLayerNorm;
    this.finalLayerNorm = hasNorm ? normOf(config) : undefined;
    this.layers = Array.from(
      { length: config.numHiddenLayers },
      (_, layer) => new OPTLayer(config, layer),
    );
  }

  /** (B, T) -> (B, T, C) */
  embed({ inputIds, positions }: Pass): Tensor {
    const words = this.embedTokens.forward(inputIds);
    const rows = positions.add(POSITION_OFFSET);
    return (this.projectIn?.forward(words) ?? words).add(this.embedPositions.forward(rows));
  }

  /** (B, T, C), as layers give it, -> (B, T, width of the head) */
  finish(hidden: Tensor): Tensor {
    const normed = this.finalLayerNorm?.forward(hidden) ?? hidden;
    return this.projectOut?.forward(normed) ?? normed;
  }
}

function normOf({
  hiddenSize,
  layerNormElementwiseAffine: elementwiseAffine,
}: OPTConfig): LayerNorm {
  return new LayerNorm(hiddenSize, { elementwiseAffine });
}
